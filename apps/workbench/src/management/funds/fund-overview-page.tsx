import { getFundSummary } from '@sunlit/api-spec';
import {
  Amount,
  Chart,
  Count,
  DetailPage,
  EmptyState,
  PermissionGate,
  RegionName,
  Section,
  TableFrame,
  formatCount,
  formatFen,
  formatShare,
  palette,
  useEndpoint,
  useLocalised,
  type CallResult,
} from '@sunlit/ui';
import { Select, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { LinkButton } from './link-button.tsx';
import { useT } from '../../messages.ts';
import { useRegion } from '../../shell/region.tsx';
import { RecordDocument } from './record-document.tsx';

type Summary = CallResult<typeof getFundSummary>;

/** All money of a division at a glance: how much came in, what became of it, where it is stuck. */
export function FundOverviewPage() {
  const t = useT();
  const { regionCode } = useRegion();
  const [fiscalYear, setFiscalYear] = useState<number>();
  const reading = useEndpoint(getFundSummary, { query: { regionCode, fiscalYear } }, { keepPrevious: true });
  const summary = reading.data;
  const late = summary ? summary.late.yellow + summary.late.orange + summary.late.red : 0;
  return (
    <DetailPage
      title={t('fund.overview.title', { region: summary?.region.name ?? '' })}
      answer={
        summary && summary.years.length > 0
          ? t('fund.overview.answer', {
              year: summary.fiscalYear,
              received: formatFen(summary.total.receivedFen),
              paid: formatFen(summary.total.paidFen),
              percent: formatShare(summary.total.receivedFen ? summary.total.paidFen / summary.total.receivedFen : 0),
              waiting: formatFen(summary.total.inTransitFen + summary.total.availableFen),
              late: formatCount(late),
            })
          : null
      }
      action={
        <PermissionGate permission="fund.allocate">
          <RecordDocument />
        </PermissionGate>
      }
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {summary ? (
        <>
          <Space wrap style={{ marginBottom: 12 }}>
            {summary.years.length > 0 ? (
              <Select
                aria-label={t('fund.overview.year')}
                value={summary.fiscalYear}
                options={summary.years.map((year) => ({ value: year, label: `${year}` }))}
                onChange={setFiscalYear}
              />
            ) : null}
            <LinkButton to="/funds/indicators">{t('fund.indicators')}</LinkButton>
            <LinkButton to="/funds/documents">{t('fund.documents')}</LinkButton>
            <LinkButton to="/funds/catalogue">{t('fund.catalogue')}</LinkButton>
          </Space>
          {summary.years.length === 0 ? (
            <EmptyState explanation={t('fund.overview.none')} />
          ) : (
            <Overview summary={summary} late={late} />
          )}
        </>
      ) : null}
    </DetailPage>
  );
}

function Overview({ summary, late }: { summary: Summary; late: number }) {
  const t = useT();
  const { total } = summary;
  const tiles = [
    { label: t('fund.tile.received'), fen: total.receivedFen },
    { label: t('fund.tile.paid'), fen: total.paidFen },
    { label: t('fund.tile.planned'), fen: total.plannedFen },
    { label: t('fund.tile.available'), fen: total.availableFen },
    { label: t('fund.tile.in-transit'), fen: total.inTransitFen },
  ];
  const year = `fiscalYear=${summary.fiscalYear}`;
  return (
    <>
      <ul className="tiles">
        {tiles.map((tile) => (
          <li key={tile.label}>
            <Link to={`/funds/indicators?${year}`} className="tile">
              <strong className="nowrap" style={{ fontSize: 22 }}>
                <Amount fen={tile.fen} short />
              </strong>
              <span>{tile.label}</span>
            </Link>
          </li>
        ))}
        <li>
          <Link to={`/funds/clocks?${year}`} className={late ? 'tile urgent' : 'tile'}>
            <strong>
              <Count value={late} />
            </strong>
            <span>{t('fund.tile.late')}</span>
          </Link>
        </li>
      </ul>
      {summary.expectedPercent === null ? null : (
        <p className="soft">{t('fund.overview.expected', { percent: summary.expectedPercent })}</p>
      )}
      <Places summary={summary} />
      <Section title={t('fund.byFund')}>
        <FundTable summary={summary} />
      </Section>
    </>
  );
}

function Places({ summary }: { summary: Summary }) {
  const t = useT();
  const parts = [
    { key: 'paidFen', label: t('fund.col.paid'), color: palette.done },
    { key: 'plannedFen', label: t('fund.col.planned'), color: palette.owed },
    { key: 'availableFen', label: t('fund.col.available'), color: palette.amber },
    { key: 'inTransitFen', label: t('fund.col.inTransit'), color: palette.inkSoft },
  ] as const;
  const places = [...summary.places].reverse();
  const table = (
    <TableFrame label={t('fund.byPlace')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('fund.col.place')}</th>
            {parts.map((part) => (
              <th key={part.key} scope="col" className="right">
                {part.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {summary.places.map((place) => (
            <tr key={place.region.code}>
              <th scope="row">
                <Link to={`/funds/indicators?regionCode=${place.region.code}&fiscalYear=${summary.fiscalYear}`}>
                  <RegionName region={place.region} />
                </Link>
              </th>
              {parts.map((part) => (
                <td key={part.key} className="right">
                  <Amount fen={place.balances[part.key]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
  return (
    <Chart
      title={t('fund.chart.where')}
      height={80 + places.length * 30}
      table={table}
      option={{
        grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
        legend: { top: 0, left: 0 },
        tooltip: {
          trigger: 'axis',
          axisPointer: { type: 'shadow' },
          valueFormatter: (value: unknown) => formatFen(Number(value) * 1_000_000),
        },
        xAxis: { type: 'value', min: 0, name: '', axisLabel: { formatter: (value: number) => formatCount(value) } },
        yAxis: { type: 'category', data: places.map((place) => place.region.name) },
        series: parts.map((part) => ({
          name: part.label,
          type: 'bar',
          stack: 'all',
          itemStyle: { color: part.color },
          data: places.map((place) => place.balances[part.key] / 1_000_000),
        })),
      }}
    />
  );
}

function FundTable({ summary }: { summary: Summary }) {
  const t = useT();
  const local = useLocalised();
  return (
    <TableFrame label={t('fund.byFund')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('fund.col.fund')}</th>
            <th scope="col" className="right">
              {t('fund.col.paid')}
            </th>
            <th scope="col" className="right">
              {t('fund.col.planned')}
            </th>
            <th scope="col" className="right">
              {t('fund.col.available')}
            </th>
            <th scope="col" className="right">
              {t('fund.col.inTransit')}
            </th>
            <th scope="col" className="right">
              {t('fund.col.progress')}
            </th>
          </tr>
        </thead>
        <tbody>
          {summary.funds.map(({ fund, balances }) => {
            const here = balances.paidFen + balances.plannedFen + balances.availableFen + balances.inTransitFen;
            return (
              <tr key={fund.code}>
                <th scope="row">
                  <Link to={`/funds/indicators?fundCode=${fund.code}&fiscalYear=${summary.fiscalYear}`}>
                    {local(fund.title)}
                  </Link>
                </th>
                <td className="right">
                  <Amount fen={balances.paidFen} />
                </td>
                <td className="right">
                  <Amount fen={balances.plannedFen} />
                </td>
                <td className="right">
                  <Amount fen={balances.availableFen} />
                </td>
                <td className="right">
                  <Amount fen={balances.inTransitFen} />
                </td>
                <td className="right">{formatShare(here ? balances.paidFen / here : 0)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}
