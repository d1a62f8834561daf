import { bankOutcome, listBankRecords, type BankOutcome, type PayoutBatchView } from '@sunlit/api-spec';
import { Amount, type CallResult } from '@sunlit/ui';
import { Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { PagedSection } from './paged-section.tsx';

type BankRecord = CallResult<typeof listBankRecords>['items'][number];

/** What the bank said, record by record, and what it came to; whatever fits nothing is for somebody to look at. */
export function BankRecords({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const [outcome, setOutcome] = useState<BankOutcome>();
  return (
    <PagedSection<BankRecord>
      key={outcome ?? 'all'}
      title={t('payout.page.records')}
      empty={t('payout.page.records.none')}
      endpoint={listBankRecords}
      params={{ id: batch.id }}
      query={{ outcome }}
      rowKey={(item) => `${item.fileId}-${item.ordinal}`}
      extra={
        <Select
          aria-label={t('payout.col.outcome')}
          style={{ minWidth: 180 }}
          allowClear
          placeholder={t('payout.col.outcome')}
          value={outcome}
          options={bankOutcome.options.map((value) => ({ value, label: t(`payout.outcome.${value}`) }))}
          onChange={setOutcome}
        />
      }
      columns={[
        { title: t('payout.col.ordinal'), render: (item) => <span className="number">{item.line ?? '—'}</span> },
        { title: t('payout.col.outcome'), render: (item) => t(`payout.outcome.${item.outcome}`) },
        { title: t('payout.col.amount'), right: true, render: (item) => <Amount fen={item.amountFen} /> },
        { title: t('payout.col.bank'), render: (item) => `${item.bankCode} ${item.bankText}` },
        { title: t('payout.col.day'), render: (item) => <span className="number nowrap">{item.day}</span> },
      ]}
    />
  );
}
