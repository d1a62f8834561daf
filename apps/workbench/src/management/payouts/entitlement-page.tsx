import { exportEntitlements, listEntitlements, type EntitlementItem } from '@sunlit/api-spec';
import {
  Amount,
  DayInput,
  DetailPage,
  ErrorState,
  MonthInput,
  RegionName,
  RegionPicker,
  formatFen,
  todayLocal,
  useEndpoint,
  useMay,
} from '@sunlit/ui';
import { Alert, InputNumber, Select, Skeleton, Space } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { useSession } from '../../shell/session.tsx';
import { useDictionary } from '../households/use-dictionary.ts';
import { CreateBatch } from './create-batch.tsx';
import { PagedSection } from './paged-section.tsx';

/** The list of a month, computed at every look: who is paid how much and why, and who cannot be paid. */
export function EntitlementPage() {
  const t = useT();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const programmes = useDictionary('programme');
  const chosen = useRegion().regionCode;
  const own = useSession().region.code;
  const regionCode = params.get('regionCode') ?? chosen ?? own;
  const programmeCode = params.get('programmeCode') ?? '';
  const month = params.get('month') ?? todayLocal().slice(0, 7);
  const months = Number(params.get('months') ?? '1');
  const asOf = params.get('asOf') ?? todayLocal();
  const set = (key: string, value: string | undefined) =>
    setParams((before) => {
      if (value) before.set(key, value);
      else before.delete(key);
      return before;
    });
  const query = { programmeCode, month, months: String(months), regionCode, asOf };
  const reading = useEndpoint(
    listEntitlements,
    { query: { programmeCode, month, months, regionCode, asOf, limit: 1 } },
    { enabled: programmeCode !== '' },
  );
  const list = reading.data;
  const programme = programmes.find((one) => one.value === programmeCode)?.label ?? '';
  const others = list?.obstacles.reduce((sum, one) => sum + one.lines, 0) ?? 0;
  return (
    <DetailPage
      back={{ to: '/payouts', label: t('payout.back') }}
      title={t('payout.entitlements.title')}
      answer={
        list
          ? t('payout.entitlements.answer', {
              programme,
              month,
              lines: list.payable.lines,
              households: list.payable.households,
              total: formatFen(list.payable.totalFen),
              others,
            })
          : t('payout.entitlements.choose')
      }
      action={
        list && list.payable.lines > 0 && may('payout.prepare') ? (
          <CreateBatch list={{ programmeCode, month, months, regionCode, asOf }} />
        ) : null
      }
    >
      <Space wrap className="filters noprint" role="search">
        <Select
          aria-label={t('payout.col.programme')}
          placeholder={t('payout.col.programme')}
          style={{ minWidth: 200 }}
          options={programmes}
          value={programmeCode || undefined}
          onChange={(value) => set('programmeCode', value)}
        />
        <RegionPicker label={t('payout.col.region')} value={regionCode} onChange={(code) => set('regionCode', code)} />
        <MonthInput label={t('payout.col.month')} value={month} onChange={(value) => set('month', value)} />
        <InputNumber
          min={1}
          max={12}
          precision={0}
          aria-label={t('payout.col.months')}
          prefix={<span className="soft">{t('payout.col.months')}</span>}
          value={months}
          onChange={(value) => set('months', value ? String(value) : undefined)}
        />
        <DayInput
          label={t('payout.asOf')}
          prefix={t('payout.asOf')}
          max={todayLocal()}
          value={asOf}
          onChange={(day) => set('asOf', day)}
        />
        <Select
          aria-label={t('payout.show')}
          style={{ minWidth: 140 }}
          value={params.get('obstacle') ?? ''}
          options={[
            { value: '', label: t('payout.show.all') },
            { value: 'none', label: t('payout.show.none') },
            { value: 'any', label: t('payout.show.any') },
          ]}
          onChange={(value) => set('obstacle', value || undefined)}
        />
        {list ? <PurposeExport endpoint={exportEntitlements} query={query} fileName="entitlements.csv" /> : null}
      </Space>
      {programmeCode && reading.error ? (
        <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />
      ) : null}
      {programmeCode && reading.isLoading ? <Skeleton active /> : null}
      {list ? (
        <>
          <Alert
            type="info"
            style={{ margin: '12px 0' }}
            title={t('payout.entitlements.standard', {
              amount: formatFen(list.standard.amountFen),
              unit: t(list.standard.perPerson ? 'payout.unit.person' : 'payout.unit.household'),
              from: list.standard.validFrom,
              basis: list.standard.basis,
            })}
            description={list.obstacles
              .map((one) =>
                t('payout.obstacle.count', { obstacle: t(`payout.obstacle.${one.obstacle}`), count: one.lines }),
              )
              .join('；')}
          />
          <PagedSection<EntitlementItem>
            key={JSON.stringify([query, params.get('obstacle')])}
            title={t('payout.entitlements.title')}
            empty={t('payout.entitlements.none')}
            endpoint={listEntitlements}
            query={{ ...query, obstacle: params.get('obstacle') ?? undefined }}
            rowKey={(item) => item.enrolmentId}
            columns={[
              {
                title: t('payout.col.payee'),
                render: (item) => <Link to={`/households/${item.householdId}`}>{item.payee}</Link>,
              },
              { title: t('payout.col.region'), render: (item) => <RegionName region={item.region} /> },
              {
                title: t('payout.col.account'),
                render: (item) => <span className="number">{item.accountMasked ?? '—'}</span>,
              },
              {
                title: t('payout.col.working'),
                render: (item) =>
                  t('payout.working', {
                    standard: formatFen(item.standardFen),
                    units: item.units,
                    months: item.months,
                  }),
              },
              { title: t('payout.col.amount'), right: true, render: (item) => <Amount fen={item.amountFen} /> },
              {
                title: t('payout.col.obstacle'),
                render: (item) => (item.obstacle ? t(`payout.obstacle.${item.obstacle}`) : '—'),
              },
            ]}
          />
        </>
      ) : null}
    </DetailPage>
  );
}
