import { DownOutlined } from '@ant-design/icons';
import {
  closeFinding,
  followUpFinding,
  recordAnswer,
  requestAnswer,
  startVerification,
  type FindingView,
} from '@sunlit/api-spec';
import { CommandForm, useCommand } from '@sunlit/ui';
import { Button, Checkbox, Dropdown, Form, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { AssignForm } from './assign-findings.tsx';
import { DecideForm } from './decide-finding.tsx';

type Action = FindingView['actions'][number];
type Step = 'start-verification' | 'request-answer' | 'follow-up' | 'close';

const stepEndpoints = {
  'start-verification': startVerification,
  'request-answer': requestAnswer,
  'follow-up': followUpFinding,
  close: closeFinding,
} as const;

/** What usually comes next, per state: this one is the page's main action. */
const order: readonly Action[] = [
  'assign',
  'start-verification',
  'request-answer',
  'record-answer',
  'decide',
  'follow-up',
  'close',
];

/** Hearing comes before deciding: while no answer is recorded, asking or recording it leads. */
function sortActions(finding: FindingView): Action[] {
  const usable = order.filter((action) => finding.actions.includes(action));
  if (finding.state !== 'signal') usable.sort((a, b) => Number(a === 'assign') - Number(b === 'assign'));
  if (finding.answers.length > 0) usable.sort((a, b) => Number(b === 'decide') - Number(a === 'decide'));
  return usable;
}

export function FindingActions({ finding }: { finding: FindingView }) {
  const t = useT();
  const [open, setOpen] = useState<Action>();
  const [main, ...others] = sortActions(finding);
  const close = () => setOpen(undefined);
  if (!main) return null;
  return (
    <>
      <Space.Compact>
        <Button type="primary" size="large" onClick={() => setOpen(main)}>
          {t(`finding.action.${main}`)}
        </Button>
        {others.length > 0 ? (
          <Dropdown
            trigger={['click']}
            menu={{
              items: others.map((key) => ({ key, label: t(`finding.action.${key}`) })),
              onClick: ({ key }) => setOpen(key as Action),
            }}
          >
            <Button type="primary" size="large" icon={<DownOutlined />} aria-label={t('finding.action.more')} />
          </Dropdown>
        ) : null}
      </Space.Compact>
      <Modal
        open={Boolean(open)}
        title={open ? t(`finding.action.${open}`) : ''}
        footer={null}
        onCancel={close}
        destroyOnHidden
        width={640}
      >
        {open ? <ActionForm action={open} finding={finding} onClose={close} /> : null}
      </Modal>
    </>
  );
}

function ActionForm({ action, finding, onClose }: { action: Action; finding: FindingView; onClose: () => void }) {
  if (action === 'assign') return <AssignForm findingIds={[finding.id]} onDone={onClose} onCancel={onClose} />;
  if (action === 'decide') return <DecideForm finding={finding} onClose={onClose} />;
  if (action === 'record-answer') return <AnswerForm finding={finding} onClose={onClose} />;
  if (action === 'attach') return null;
  return <StepForm step={action} finding={finding} onClose={onClose} />;
}

function StepForm({ step, finding, onClose }: { step: Step; finding: FindingView; onClose: () => void }) {
  const t = useT();
  const send = useCommand(stepEndpoints[step]);
  return (
    <CommandForm<{ reason: string }>
      submitLabel={t(`finding.action.${step}`)}
      submitting={send.isPending}
      problem={send.error}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={({ reason }) =>
        send.mutateAsync({ params: { id: finding.id }, body: { reason, expectedVersion: finding.version } })
      }
    >
      {step === 'request-answer' ? <p className="notice-preview">{finding.notice}</p> : null}
      <Form.Item name="reason" label={t(`finding.action.hint.${step}`)} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={4} maxLength={1000} showCount autoFocus />
      </Form.Item>
    </CommandForm>
  );
}

interface Answer {
  text: string;
  channel: 'in-person' | 'phone' | 'paper' | 'online';
  wordForWord?: boolean;
}

function AnswerForm({ finding, onClose }: { finding: FindingView; onClose: () => void }) {
  const t = useT();
  const send = useCommand(recordAnswer);
  return (
    <CommandForm<Answer>
      initialValues={{ channel: 'in-person' }}
      submitLabel={t('finding.action.record-answer')}
      submitting={send.isPending}
      problem={send.error}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={(body) => send.mutateAsync({ params: { id: finding.id }, body })}
    >
      <Form.Item name="channel" label={t('finding.answer.channel')} rules={[{ required: true }]}>
        <Select
          options={(['in-person', 'phone', 'paper', 'online'] as const).map((value) => ({
            value,
            label: t(`finding.channel.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="text" label={t('finding.answer.text')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={6} maxLength={4000} showCount autoFocus />
      </Form.Item>
      <Form.Item name="wordForWord" valuePropName="checked">
        <Checkbox>{t('finding.answer.wordForWord')}</Checkbox>
      </Form.Item>
    </CommandForm>
  );
}
