import { exportIndicators, getFundCatalogue, listIndicators, type IndicatorItem } from '@sunlit/api-spec';
import { Amount, ListPage, RegionName, useEndpoint, useLocalised } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { ClockTag } from './clock-tag.tsx';

export function IndicatorListPage() {
  return <IndicatorList waiting={false} />;
}

/** For supervisors: what has waited longest comes first. */
export function ClockListPage() {
  return <IndicatorList waiting />;
}

function IndicatorList({ waiting }: { waiting: boolean }) {
  const t = useT();
  const local = useLocalised();
  const { regionCode } = useRegion();
  const funds = useEndpoint(getFundCatalogue, {}, { staleTime: Infinity }).data?.funds ?? [];
  const sorts = [
    { value: '-issued', label: t('fund.sort.issued') },
    { value: 'clock', label: t('fund.sort.clock') },
  ];
  return (
    <ListPage<typeof listIndicators, IndicatorItem>
      name={waiting ? 'fund-clocks' : 'indicators'}
      title={t(waiting ? 'fund.clocks.title' : 'fund.list.title')}
      answer={t(waiting ? 'fund.clocks.answer' : 'fund.list.answer')}
      endpoint={listIndicators}
      fixedQuery={{ regionCode, ...(waiting ? { clock: 'late', sort: 'clock' } : {}) }}
      rowKey={(item) => item.id}
      to={(item) => `/funds/indicators/${item.id}`}
      empty={{ explanation: t(waiting ? 'fund.clocks.empty' : 'fund.list.empty') }}
      sorts={waiting ? [...sorts].reverse() : sorts}
      tools={({ sort: _, ...query }) => (
        <PurposeExport endpoint={exportIndicators} query={query} fileName="indicators.csv" />
      )}
      filters={[
        { key: 'regionCode', label: t('fund.col.region'), kind: 'region' },
        {
          key: 'fundCode',
          label: t('fund.col.fund'),
          kind: 'select',
          options: funds.map((fund) => ({ value: fund.code, label: local(fund.title) })),
        },
        {
          key: 'state',
          label: t('fund.col.state'),
          kind: 'select',
          options: (['in-transit', 'held', 'withdrawn'] as const).map((value) => ({
            value,
            label: t(`fund.state.${value}`),
          })),
        },
        {
          key: 'clock',
          label: t('fund.filter.clock'),
          kind: 'select',
          options: (['late', 'orange', 'red'] as const).map((value) => ({
            value,
            label: t(`fund.filter.clock.${value}`),
          })),
        },
      ]}
      columns={[
        {
          key: 'document',
          title: t('fund.col.document'),
          primary: true,
          render: (item) => <Link to={`/funds/indicators/${item.id}`}>{item.documentNumber}</Link>,
        },
        {
          key: 'region',
          title: t('fund.col.region'),
          render: (item) => (
            <>
              <RegionName region={item.region} /> {item.department ?? ''}
            </>
          ),
        },
        { key: 'fund', title: t('fund.col.fund'), render: (item) => local(item.fund.title) },
        { key: 'year', title: t('fund.col.year'), render: (item) => item.fiscalYear },
        { key: 'clock', title: t('fund.col.clock'), render: (item) => <ClockTag clock={item.clock} /> },
        {
          key: 'amount',
          title: t('fund.col.received'),
          align: 'right',
          render: (item) => <Amount fen={item.balances.receivedFen} />,
        },
        {
          key: 'available',
          title: t('fund.col.available'),
          align: 'right',
          render: (item) => <Amount fen={item.balances.availableFen + item.balances.inTransitFen} />,
        },
        {
          key: 'planned',
          title: t('fund.col.planned'),
          align: 'right',
          render: (item) => <Amount fen={item.balances.plannedFen} />,
        },
        {
          key: 'paid',
          title: t('fund.col.paid'),
          align: 'right',
          render: (item) => <Amount fen={item.balances.paidFen} />,
        },
        {
          key: 'passedOn',
          title: t('fund.col.passedOn'),
          align: 'right',
          render: (item) => <Amount fen={item.balances.passedOnFen} />,
        },
        {
          key: 'issued',
          title: t('fund.col.issued'),
          hidden: true,
          render: (item) => <span className="number nowrap">{item.issuedOn}</span>,
        },
        {
          key: 'arrived',
          title: t('fund.col.arrived'),
          hidden: true,
          render: (item) => <span className="number nowrap">{item.arrivedOn ?? '—'}</span>,
        },
        { key: 'state', title: t('fund.col.state'), hidden: true, render: (item) => t(`fund.state.${item.state}`) },
        { key: 'title', title: t('fund.col.title'), hidden: true, render: (item) => item.title },
      ]}
    />
  );
}
