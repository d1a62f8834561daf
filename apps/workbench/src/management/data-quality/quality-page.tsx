import { exportQualityItems, listQualityChecks, listQualityItems, type QualityItem } from '@sunlit/api-spec';
import { ListPage, RegionName, formatDay, useEndpoint, useLocalised, useMay, type ListColumn } from '@sunlit/ui';
import { Space } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { useSession } from '../../shell/session.tsx';
import { AcceptItem, ReopenItem } from './accept-item.tsx';
import { FixItem } from './fix-item.tsx';
import { QualityOverview } from './quality-overview.tsx';
import { RefreshQuality } from './refresh-quality.tsx';

/** The work list of records that do not add up: how much, where, and each put right in place. */
export function QualityPage() {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const { regionCode } = useRegion();
  const session = useSession();
  const [params] = useSearchParams();
  const region = params.get('regionCode') ?? regionCode ?? session.region.code;
  const checks = useEndpoint(listQualityChecks, { query: { regionCode: region } }, { keepPrevious: true });
  const columns = useQualityColumns();
  const frequent = (checks.data?.items ?? [])
    .filter(({ open, accepted }) => open + accepted > 0)
    .sort((a, b) => b.open - a.open);
  return (
    <ListPage<typeof listQualityItems, QualityItem>
      name="data-quality"
      title={t('quality.title')}
      answer={
        <>
          {t('quality.answer')}{' '}
          <span className="soft">
            {checks.data?.sweptAt
              ? t('quality.swept', { day: formatDay(checks.data.sweptAt) })
              : t('quality.swept.never')}
          </span>
        </>
      }
      endpoint={listQualityItems}
      fixedQuery={{ regionCode }}
      overview={<QualityOverview checks={frequent} regionCode={region} />}
      action={may('household.change') ? <RefreshQuality regionCode={region} /> : null}
      columns={columns}
      filters={[
        { key: 'regionCode', label: t('quality.filter.region'), kind: 'region' },
        {
          key: 'check',
          label: t('quality.filter.check'),
          kind: 'select',
          options: frequent.map((check) => ({ value: check.code, label: `${local(check.title)} (${check.open})` })),
        },
        {
          key: 'state',
          label: t('quality.filter.state'),
          kind: 'select',
          options: [{ value: 'accepted', label: t('quality.state.accepted') }],
        },
      ]}
      rowKey={(item) => item.id}
      tools={
        may('household.export')
          ? (query) => <PurposeExport endpoint={exportQualityItems} query={query} fileName="data-quality.csv" />
          : undefined
      }
      empty={{ explanation: t('quality.empty') }}
    />
  );
}

function useQualityColumns(): ListColumn<QualityItem>[] {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  return [
    {
      key: 'check',
      title: t('quality.col.check'),
      primary: true,
      width: 320,
      render: (item) => (
        <div style={{ minWidth: 200, maxWidth: 340 }}>
          {local(item.check.title)}
          {item.fields.length > 0 ? (
            <div className="soft">
              {t('quality.col.fields')}
              {': '}
              {item.fields.map(local).join(t('policy.list.comma'))}
            </div>
          ) : null}
        </div>
      ),
    },
    {
      key: 'household',
      title: t('quality.col.household'),
      render: (item) => (
        <Link to={`/households/${item.household.id}`}>
          {item.household.headName} <span className="number soft">{item.household.number}</span>
        </Link>
      ),
    },
    { key: 'person', title: t('quality.col.person'), render: (item) => item.person?.name ?? '—' },
    { key: 'region', title: t('quality.col.region'), render: (item) => <RegionName region={item.region} /> },
    { key: 'found', title: t('quality.col.found'), hidden: true, render: (item) => formatDay(item.foundAt) },
    {
      key: 'accepted',
      title: t('quality.col.accepted'),
      hidden: true,
      render: (item) =>
        item.accepted ? t('quality.accepted.by', { ...item.accepted, day: formatDay(item.accepted.at) }) : '—',
    },
    ...(may('household.change')
      ? [
          {
            key: 'actions',
            title: t('quality.col.actions'),
            render: (item: QualityItem) =>
              item.state === 'accepted' ? (
                <ReopenItem id={item.id} />
              ) : (
                <Space wrap>
                  <FixItem item={item} />
                  <AcceptItem id={item.id} />
                </Space>
              ),
          },
        ]
      : []),
  ];
}
