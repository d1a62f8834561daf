import { answerVoice, exportVoices, getVoiceReceipt, listVoices } from '@sunlit/api-spec';
import {
  CommandForm,
  ListPage,
  PermissionGate,
  RegionName,
  endpointUrl,
  formatMoment,
  useCommand,
  useMay,
  type CallResult,
} from '@sunlit/ui';
import { Button, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { exportTool, useTimeSorts } from '../../shell/list-by-time.tsx';
import { useRegion } from '../../shell/region.tsx';
import { RecordVoice, voiceChannels, voiceSubjects } from './record-voice.tsx';

type VoiceItem = CallResult<typeof listVoices>['items'][number];

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T =>
  (values as readonly string[]).includes(value);

export function VoiceListPage() {
  const t = useT();
  const may = useMay();
  const sorts = useTimeSorts();
  const { regionCode } = useRegion();
  return (
    <ListPage<typeof listVoices, VoiceItem>
      name="voices"
      title={t('voice.list.title')}
      answer={t('voice.list.answer')}
      endpoint={listVoices}
      fixedQuery={{ regionCode }}
      action={
        <PermissionGate permission="voice.record">
          <RecordVoice />
        </PermissionGate>
      }
      rowKey={(item) => item.id}
      empty={{ explanation: t('voice.list.empty') }}
      filters={[
        { key: 'regionCode', label: t('voice.col.region'), kind: 'region' },
        {
          key: 'state',
          label: t('voice.col.state'),
          kind: 'select',
          options: (['received', 'in-progress', 'answered'] as const).map((value) => ({
            value,
            label: t(`voice.state.${value}`),
          })),
        },
        {
          key: 'subject',
          label: t('voice.col.subject'),
          kind: 'select',
          options: voiceSubjects.map((value) => ({ value, label: t(`voice.subject.${value}`) })),
        },
      ]}
      sorts={sorts}
      tools={exportTool(exportVoices, 'voices.csv')}
      columns={[
        {
          key: 'number',
          title: t('voice.col.number'),
          primary: true,
          render: (item) => <span className="number nowrap">{item.number}</span>,
        },
        {
          key: 'text',
          title: t('voice.col.text'),
          render: (item) => (
            <div style={{ minWidth: 200, maxWidth: 460 }}>
              {item.text}
              {item.answer ? (
                <div className="soft">
                  {t('voice.answer')}：{item.answer}
                </div>
              ) : null}
            </div>
          ),
        },
        {
          key: 'subject',
          title: t('voice.col.subject'),
          render: (item) => (isOneOf(voiceSubjects, item.subject) ? t(`voice.subject.${item.subject}`) : item.subject),
        },
        { key: 'region', title: t('voice.col.region'), render: (item) => <RegionName region={item.region} /> },
        {
          key: 'channel',
          title: t('voice.col.channel'),
          render: (item) => (isOneOf(voiceChannels, item.channel) ? t(`voice.channel.${item.channel}`) : item.channel),
        },
        { key: 'state', title: t('voice.col.state'), render: (item) => t(`voice.state.${item.state}`) },
        {
          key: 'at',
          title: t('voice.col.at'),
          render: (item) => <span className="number">{formatMoment(item.recordedAt)}</span>,
        },
        ...(may('voice.record')
          ? [
              {
                key: 'actions',
                title: t('voice.col.actions'),
                render: (item: VoiceItem) => (
                  <Space>
                    <Button
                      size="small"
                      href={endpointUrl(getVoiceReceipt, { params: { id: item.id } })}
                      target="_blank"
                    >
                      {t('voice.receipt')}
                    </Button>
                    {item.state === 'answered' ? null : <AnswerVoice voiceId={item.id} />}
                  </Space>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function AnswerVoice({ voiceId }: { voiceId: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const answer = useCommand(answerVoice);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('voice.answer')}
      </Button>
      <Modal open={open} title={t('voice.answer')} footer={null} onCancel={close} destroyOnHidden>
        <CommandForm<{ answer: string }>
          submitLabel={t('voice.answer')}
          submitting={answer.isPending}
          problem={answer.error}
          onCancel={close}
          onDone={close}
          onSubmit={(body) => answer.mutateAsync({ params: { id: voiceId }, body })}
        >
          <Form.Item name="answer" label={t('voice.answer.text')} rules={[{ required: true, min: 2 }]}>
            <Input.TextArea rows={5} maxLength={4000} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
