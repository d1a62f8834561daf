import { exportTransactions, listTransactions } from '@sunlit/api-spec';
import { Amount, ListPage, RegionName, type CallResult } from '@sunlit/ui';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';

type TransactionItem = CallResult<typeof listTransactions>['items'][number];

const kinds = ['source', 'allocation', 'arrival', 'recall', 'plan', 'payment', 'carry-over', 'reversal'] as const;

export function TransactionListPage() {
  const t = useT();
  const { regionCode } = useRegion();
  return (
    <ListPage<typeof listTransactions, TransactionItem>
      name="ledger"
      title={t('ledger.title')}
      answer={t('ledger.answer')}
      endpoint={listTransactions}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/ledger/${item.id}`}
      empty={{ explanation: t('ledger.empty') }}
      tools={(query) => <PurposeExport endpoint={exportTransactions} query={query} fileName="ledger.csv" />}
      filters={[
        { key: 'regionCode', label: t('ledger.col.book'), kind: 'region' },
        {
          key: 'kind',
          label: t('ledger.col.kind'),
          kind: 'select',
          options: kinds.map((value) => ({ value, label: t(`ledger.kind.${value}`) })),
        },
        { key: 'from', label: t('ledger.from'), kind: 'date' },
        { key: 'to', label: t('ledger.to'), kind: 'date' },
      ]}
      columns={[
        {
          key: 'summary',
          title: t('ledger.col.summary'),
          primary: true,
          render: (item) => <Link to={`/ledger/${item.id}`}>{item.summary}</Link>,
        },
        {
          key: 'kind',
          title: t('ledger.col.kind'),
          render: (item) => (
            <>
              {t(`ledger.kind.${item.kind}`)} {item.reversedById ? <Tag>{t('ledger.reversed')}</Tag> : null}
            </>
          ),
        },
        {
          key: 'day',
          title: t('ledger.col.day'),
          render: (item) => <span className="number nowrap">{item.day}</span>,
        },
        {
          key: 'book',
          title: t('ledger.col.book'),
          render: (item) => (
            <>
              <RegionName region={item.book} />
              {item.otherBook ? (
                <>
                  {' → '}
                  <RegionName region={item.otherBook} />
                </>
              ) : null}
            </>
          ),
        },
        {
          key: 'total',
          title: t('ledger.col.total'),
          align: 'right',
          render: (item) => <Amount fen={item.totalFen} />,
        },
        { key: 'by', title: t('ledger.col.by'), render: (item) => item.postedBy },
      ]}
    />
  );
}
