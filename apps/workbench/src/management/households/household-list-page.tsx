import { exportHouseholds, listHouseholds } from '@sunlit/api-spec';
import { Amount, ListPage, RegionName, useMay } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { useDictionary } from './use-dictionary.ts';

export function HouseholdListPage() {
  const t = useT();
  const may = useMay();
  const { regionCode } = useRegion();
  const statuses = useDictionary('household-status');
  return (
    <ListPage
      name="households"
      title={t('household.list.title')}
      answer={t('household.list.answer')}
      endpoint={listHouseholds}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/households/${item.id}`}
      sorts={(['region', 'number', '-number'] as const).map((value) => ({
        value,
        label: t(`household.sort.${value}`),
      }))}
      empty={{ explanation: t('household.list.empty') }}
      emptyFiltered={({ q = '' }) => (/^\p{Script=Han}$/u.test(q.trim()) ? t('household.list.oneCharacter') : undefined)}
      filters={[
        { key: 'q', label: t('household.filter.search'), kind: 'search' },
        { key: 'regionCode', label: t('household.filter.region'), kind: 'region' },
        { key: 'status', label: t('household.filter.status'), kind: 'select', options: statuses },
      ]}
      tools={
        may('household.export')
          ? (query) => (
              <PurposeExport
                endpoint={exportHouseholds}
                query={{ regionCode: query.regionCode }}
                hint={t('household.export.hint')}
                fileName="households.csv"
                option={
                  may('person.unmask')
                    ? {
                        label: t('household.export.whole'),
                        hint: t('household.export.whole.hint'),
                        query: { numbers: 'whole' },
                      }
                    : undefined
                }
              />
            )
          : undefined
      }
      columns={[
        {
          key: 'head',
          title: t('household.col.head'),
          primary: true,
          width: 110,
          render: (item) => <Link to={`/households/${item.id}`}>{item.headName}</Link>,
        },
        {
          key: 'number',
          title: t('household.col.number'),
          render: (item) => <span className="number">{item.number}</span>,
        },
        { key: 'region', title: t('household.col.region'), render: (item) => <RegionName region={item.region} /> },
        { key: 'status', title: t('household.col.status'), render: (item) => item.status.label },
        { key: 'since', title: t('household.col.since'), render: (item) => item.statusFrom ?? '—' },
        { key: 'members', title: t('household.col.members'), align: 'right', render: (item) => item.memberCount },
        {
          key: 'income',
          title: t('household.col.income'),
          align: 'right',
          render: (item) => <Amount fen={item.incomePerCapitaFen} />,
        },
      ]}
    />
  );
}
