import { exportPayoutBatches, listPayoutBatches, payoutState, type PayoutBatchItem } from '@sunlit/api-spec';
import { Amount, ListPage, PermissionGate, RegionName, useLocalised } from '@sunlit/ui';
import { Space, Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { LinkButton } from '../funds/link-button.tsx';
import { useDictionary } from '../households/use-dictionary.ts';

/** Who is paid how much, and how far each batch has come. */
export function PayoutBatchListPage() {
  const t = useT();
  const local = useLocalised();
  const { regionCode } = useRegion();
  const programmes = useDictionary('programme');
  return (
    <ListPage<typeof listPayoutBatches, PayoutBatchItem>
      name="payout-batches"
      title={t('payout.list.title')}
      answer={t('payout.list.answer')}
      endpoint={listPayoutBatches}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/payouts/${item.id}`}
      empty={{ explanation: t('payout.list.empty') }}
      action={
        <Space wrap>
          <LinkButton to="/payouts/work">{t('payout.work')}</LinkButton>
          <PermissionGate permission="payout.prepare">
            <LinkButton to="/payouts/new">{t('payout.new')}</LinkButton>
          </PermissionGate>
        </Space>
      }
      sorts={[
        { value: '-made', label: t('sort.newest') },
        { value: 'made', label: t('sort.oldest') },
      ]}
      tools={({ sort: _, ...query }) => (
        <PurposeExport endpoint={exportPayoutBatches} query={query} fileName="payout-batches.csv" />
      )}
      filters={[
        { key: 'regionCode', label: t('payout.col.region'), kind: 'region' },
        { key: 'programmeCode', label: t('payout.col.programme'), kind: 'select', options: programmes },
        {
          key: 'state',
          label: t('payout.col.state'),
          kind: 'select',
          options: payoutState.options.map((value) => ({ value, label: t(`payout.state.${value}`) })),
        },
      ]}
      columns={[
        {
          key: 'number',
          title: t('payout.col.number'),
          primary: true,
          render: (item) => (
            <>
              <Link to={`/payouts/${item.id}`}>{item.number}</Link>{' '}
              {item.kind === 're-issue' ? <Tag>{t('payout.kind.re-issue')}</Tag> : null}
            </>
          ),
        },
        { key: 'programme', title: t('payout.col.programme'), render: (item) => local(item.programme.title) },
        {
          key: 'month',
          title: t('payout.col.month'),
          render: (item) => <span className="number nowrap">{item.month}</span>,
        },
        { key: 'region', title: t('payout.col.region'), render: (item) => <RegionName region={item.region} /> },
        {
          key: 'lines',
          title: t('payout.col.lines'),
          align: 'right',
          render: (item) => <span className="number">{item.lines}</span>,
        },
        {
          key: 'households',
          title: t('payout.col.households'),
          align: 'right',
          hidden: true,
          render: (item) => <span className="number">{item.households}</span>,
        },
        {
          key: 'total',
          title: t('payout.col.total'),
          align: 'right',
          render: (item) => <Amount fen={item.totalFen} />,
        },
        {
          key: 'payDay',
          title: t('payout.col.payDay'),
          render: (item) => <span className="number nowrap">{item.payDay}</span>,
        },
        {
          key: 'state',
          title: t('payout.col.state'),
          render: (item) => <Tag>{t(`payout.state.${item.state}`)}</Tag>,
        },
        { key: 'madeBy', title: t('payout.col.madeBy'), hidden: true, render: (item) => item.madeBy },
      ]}
    />
  );
}
