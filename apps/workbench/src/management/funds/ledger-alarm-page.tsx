import { listLedgerAlarms, settleLedgerAlarm } from '@sunlit/api-spec';
import { DetailPage, RegionName, formatMoment, useCommand, useEndpoint } from '@sunlit/ui';
import { Form, Input } from 'antd';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { PlainTable } from '../projects/plain-table.tsx';
import { CommandDialog } from './command-dialog.tsx';

/** Where balances did not agree with their postings: a task until somebody has said why. */
export function LedgerAlarmPage() {
  const t = useT();
  const reading = useEndpoint(listLedgerAlarms, {});
  const alarms = reading.data;
  return (
    <DetailPage
      back={{ to: '/', label: t('ledger.alarm.back') }}
      title={t('ledger.alarm.title')}
      answer={alarms ? t(alarms.open > 0 ? 'ledger.alarm.open' : 'ledger.alarm.none', { count: alarms.open }) : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {alarms ? (
        <PlainTable
          label={t('ledger.alarm.title')}
          rows={alarms.items}
          empty={t('ledger.alarm.empty')}
          rowKey={(alarm) => alarm.id}
          columns={[
            { title: t('ledger.alarm.county'), render: (alarm) => <RegionName region={alarm.county} /> },
            { title: t('ledger.alarm.differences'), right: true, render: (alarm) => alarm.differences },
            { title: t('ledger.alarm.openedAt'), render: (alarm) => formatMoment(alarm.openedAt) },
            {
              title: t('ledger.alarm.state'),
              render: (alarm) =>
                alarm.settledAt ? (
                  t('ledger.alarm.settled', { by: alarm.settledBy ?? '' })
                ) : (
                  <ToneTag tone={alarm.goneAt ? 'soon' : 'harm'}>
                    {t(alarm.goneAt ? 'ledger.alarm.gone' : 'ledger.alarm.differs')}
                  </ToneTag>
                ),
            },
            {
              title: t('ledger.alarm.cause'),
              render: (alarm) => alarm.cause ?? (alarm.goneAt ? <Settle id={alarm.id} /> : t('ledger.alarm.how')),
            },
          ]}
        />
      ) : null}
    </DetailPage>
  );
}

function Settle({ id }: { id: string }) {
  const t = useT();
  const settle = useCommand(settleLedgerAlarm);
  return (
    <CommandDialog<{ cause: string }>
      label={t('ledger.alarm.settle')}
      pending={settle.isPending}
      problem={settle.error}
      onSubmit={(body) => settle.mutateAsync({ params: { id }, body })}
    >
      <Form.Item name="cause" label={t('ledger.alarm.cause')} rules={[{ required: true, min: 5 }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </CommandDialog>
  );
}
