import { exportPayoutWork, listPayoutWork, type PayoutWorkItem } from '@sunlit/api-spec';
import { Amount, ListPage, RegionName, useLocalised } from '@sunlit/ui';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { useDictionary } from '../households/use-dictionary.ts';

/** What the bank could not pay and what checkers held: put right here, issued again from its batch. */
export function PayoutWorkPage() {
  const t = useT();
  const local = useLocalised();
  const { regionCode } = useRegion();
  const programmes = useDictionary('programme');
  return (
    <ListPage<typeof listPayoutWork, PayoutWorkItem>
      name="payout-work"
      title={t('payout.work.title')}
      answer={t('payout.work.answer')}
      endpoint={listPayoutWork}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/households/${item.householdId}`}
      empty={{ explanation: t('payout.work.empty') }}
      sorts={[
        { value: 'oldest', label: t('sort.oldest') },
        { value: 'newest', label: t('sort.newest') },
      ]}
      tools={({ sort: _, ...query }) => (
        <PurposeExport endpoint={exportPayoutWork} query={query} fileName="payout-work.csv" />
      )}
      filters={[
        { key: 'regionCode', label: t('payout.col.region'), kind: 'region' },
        { key: 'programmeCode', label: t('payout.col.programme'), kind: 'select', options: programmes },
        {
          key: 'state',
          label: t('payout.col.state'),
          kind: 'select',
          options: (['failed', 'held'] as const).map((value) => ({ value, label: t(`payout.line.${value}`) })),
        },
      ]}
      columns={[
        {
          key: 'payee',
          title: t('payout.col.payee'),
          primary: true,
          render: (item) => <Link to={`/households/${item.householdId}`}>{item.payee}</Link>,
        },
        { key: 'region', title: t('payout.col.region'), render: (item) => <RegionName region={item.region} /> },
        { key: 'programme', title: t('payout.col.programme'), render: (item) => local(item.programme.title) },
        {
          key: 'month',
          title: t('payout.col.month'),
          render: (item) => <span className="number nowrap">{item.month}</span>,
        },
        {
          key: 'amount',
          title: t('payout.col.amount'),
          align: 'right',
          render: (item) => <Amount fen={item.amountFen} />,
        },
        { key: 'state', title: t('payout.col.state'), render: (item) => <Tag>{t(`payout.line.${item.state}`)}</Tag> },
        { key: 'bank', title: t('payout.col.bank'), render: (item) => item.bankText ?? '—' },
        {
          key: 'heldUntil',
          title: t('payout.col.heldUntil'),
          render: (item) => (
            <>
              <span className="number nowrap">{item.heldUntil ?? '—'}</span>
              {item.state === 'held' && item.due ? <div className="soft">{t('payout.work.due')}</div> : null}
            </>
          ),
        },
        {
          key: 'account',
          title: t('payout.col.account'),
          hidden: true,
          render: (item) => <span className="number">{item.accountMasked}</span>,
        },
        {
          key: 'batch',
          title: t('payout.col.number'),
          render: (item) => <Link to={`/payouts/${item.batchId}`}>{item.batchNumber}</Link>,
        },
      ]}
    />
  );
}
