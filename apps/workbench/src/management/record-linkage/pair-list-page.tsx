import {
  exportLinkagePairs,
  getLinkageSummary,
  listLinkagePairs,
  searchLinkagePairs,
  type LinkagePair,
} from '@sunlit/api-spec';
import {
  ListPage,
  ProblemAlert,
  RegionName,
  formatCount,
  formatDay,
  formatMoment,
  useCommand,
  useEndpoint,
  useMay,
  type ListColumn,
} from '@sunlit/ui';
import { App, Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { useSession } from '../../shell/session.tsx';

/** Who may stand in the registry twice, the likeliest first. */
export function PairListPage() {
  const t = useT();
  const may = useMay();
  const { regionCode } = useRegion();
  const session = useSession();
  const [params] = useSearchParams();
  const region = params.get('regionCode') ?? regionCode ?? session.region.code;
  const columns = usePairColumns();
  return (
    <ListPage<typeof listLinkagePairs, LinkagePair>
      name="record-linkage"
      title={t('linkage.title')}
      answer={
        <>
          {t('linkage.answer')} <LastSearch regionCode={region} />
        </>
      }
      endpoint={listLinkagePairs}
      fixedQuery={{ regionCode }}
      action={may('household.change') ? <SearchPairs regionCode={region} /> : null}
      columns={columns}
      to={(pair) => `/record-linkage/${pair.id}`}
      filters={[
        { key: 'regionCode', label: t('linkage.filter.region'), kind: 'region' },
        {
          key: 'state',
          label: t('linkage.filter.state'),
          kind: 'select',
          options: (['undecided', 'different', 'same'] as const).map((value) => ({
            value,
            label: t(`linkage.state.${value}`),
          })),
        },
      ]}
      sorts={[
        { value: '-probability', label: t('linkage.sort.down') },
        { value: 'probability', label: t('linkage.sort.up') },
      ]}
      rowKey={(pair) => pair.id}
      tools={
        may('household.export')
          ? (query) => (
              <PurposeExport endpoint={exportLinkagePairs} query={query} fileName="possible-double-entries.csv" />
            )
          : undefined
      }
      empty={{ explanation: t('linkage.empty') }}
    />
  );
}

function LastSearch({ regionCode }: { regionCode: string }) {
  const t = useT();
  const summary = useEndpoint(getLinkageSummary, { query: { regionCode } }, { keepPrevious: true }).data;
  if (!summary) return null;
  // A model that says it never errs is wrong about itself.
  const even = summary.expected.find(({ probability }) => probability === 0.5);
  return (
    <span className="soft">
      {summary.searchedAt
        ? t('linkage.searched', { time: formatMoment(summary.searchedAt), persons: formatCount(summary.persons ?? 0) })
        : t('linkage.searched.never')}{' '}
      {even && even.pairs > 0
        ? t('linkage.expected', {
            precision: Math.min(99, Math.round(even.precision * 100)),
            missed: Math.max(1, Math.round((1 - even.recall) * 100)),
          })
        : null}{' '}
      {summary.elsewhere.map(({ region, pairs }) => (
        <span key={region.code}>{t('linkage.elsewhere', { pairs, region: region.name })} </span>
      ))}
    </span>
  );
}

function SearchPairs({ regionCode }: { regionCode: string }) {
  const t = useT();
  const { message } = App.useApp();
  const search = useCommand(searchLinkagePairs);
  return (
    <>
      <Button
        loading={search.isPending}
        onClick={() =>
          search.mutate(
            { body: { regionCode } },
            { onSuccess: () => void message.success(t('linkage.search.started')) },
          )
        }
      >
        {t('linkage.search')}
      </Button>
      {search.error ? <ProblemAlert problem={search.error} /> : null}
    </>
  );
}

function usePairColumns(): ListColumn<LinkagePair>[] {
  const t = useT();
  const entry = (pair: LinkagePair, index: 0 | 1) => {
    const person = pair.persons[index];
    return person ? (
      <>
        {person.name} <span className="number soft">{person.householdNumber}</span>
        <div className="soft">
          <RegionName region={person.region} />
        </div>
      </>
    ) : null;
  };
  return [
    {
      key: 'probability',
      title: t('linkage.col.probability'),
      primary: true,
      width: 110,
      render: (pair) => <Link to={`/record-linkage/${pair.id}`}>{pair.probabilityPercent}%</Link>,
    },
    { key: 'first', title: t('linkage.col.first'), render: (pair) => entry(pair, 0) },
    { key: 'second', title: t('linkage.col.second'), render: (pair) => entry(pair, 1) },
    { key: 'found', title: t('linkage.col.found'), render: (pair) => formatDay(pair.foundAt.slice(0, 10)) },
  ];
}
