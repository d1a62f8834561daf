import { getNoticePoster, publishNotice, takeDownNotice, withdrawNotice, type NoticeView } from '@sunlit/api-spec';
import { DayInput, endpointUrl, todayLocal, useCommand } from '@sunlit/ui';
import { Button, Checkbox, Form, Input, Space } from 'antd';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';

/** The step that is due comes first; taking down stays possible as long as the notice stands. */
export function NoticeActions({ notice }: { notice: NoticeView }) {
  const t = useT();
  const may = (action: NoticeView['actions'][number]) => notice.actions.includes(action);
  return (
    <Space wrap>
      {may('publish') ? <Publish notice={notice} /> : null}
      {may('poster') ? (
        <Button size="large" href={endpointUrl(getNoticePoster, { params: { id: notice.id } })} target="_blank">
          {t('notice.do.poster')}
        </Button>
      ) : null}
      {may('withdraw') ? <Withdraw notice={notice} /> : null}
      {may('take-down') ? <TakeDown notice={notice} /> : null}
    </Space>
  );
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function Publish({ notice }: { notice: NoticeView }) {
  const t = useT();
  const publish = useCommand(publishNotice);
  const earliest = addDays(todayLocal(), notice.minimumDays);
  return (
    <CommandDialog<{ endsOn: string }>
      label={t('notice.do.publish')}
      primary
      size="large"
      initialValues={{ endsOn: earliest }}
      pending={publish.isPending}
      problem={publish.error}
      onSubmit={({ endsOn }) =>
        publish.mutateAsync({ params: { id: notice.id }, body: { expectedVersion: notice.version, endsOn } })
      }
    >
      <p>{t('notice.do.publish.hint')}</p>
      <Form.Item name="endsOn" label={t('notice.do.publish.endsOn')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
    </CommandDialog>
  );
}

function Reason() {
  const t = useT();
  return (
    <Form.Item name="reason" label={t('notice.reason')} rules={[{ required: true, min: 2 }]}>
      <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
    </Form.Item>
  );
}

function Withdraw({ notice }: { notice: NoticeView }) {
  const t = useT();
  const withdraw = useCommand(withdrawNotice);
  return (
    <CommandDialog<{ reason: string }>
      label={t('notice.do.withdraw')}
      danger
      size="large"
      pending={withdraw.isPending}
      problem={withdraw.error}
      onSubmit={(body) => withdraw.mutateAsync({ params: { id: notice.id }, body })}
    >
      <Reason />
    </CommandDialog>
  );
}

function TakeDown({ notice }: { notice: NoticeView }) {
  const t = useT();
  const takeDown = useCommand(takeDownNotice);
  return (
    <CommandDialog<{ leak: boolean; reason: string }>
      label={t('notice.do.take-down')}
      danger
      size="large"
      initialValues={{ leak: false }}
      pending={takeDown.isPending}
      problem={takeDown.error}
      onSubmit={(body) => takeDown.mutateAsync({ params: { id: notice.id }, body })}
    >
      <p>{t('notice.do.take-down.hint')}</p>
      <Form.Item name="leak" valuePropName="checked">
        <Checkbox>{t('notice.do.take-down.leak')}</Checkbox>
      </Form.Item>
      <Reason />
    </CommandDialog>
  );
}
