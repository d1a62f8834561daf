import { exportFindings, findingState, listFindings, listRules, severity, type FindingItem } from '@sunlit/api-spec';
import {
  Deadline,
  ListPage,
  RegionName,
  SeverityTag,
  formatDay,
  useEndpoint,
  useLocalised,
  useMay,
  useUiText,
  type ListColumn,
  type ListFilter,
} from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { BulkAssign } from './assign-findings.tsx';
import { FindingStateTag, isFinished } from './finding-state-tag.tsx';

export function FindingListPage() {
  const t = useT();
  const may = useMay();
  const { regionCode } = useRegion();
  const columns = useFindingColumns();
  const filters = useFindingFilters();
  return (
    <ListPage<typeof listFindings, FindingItem>
      name="findings"
      title={t('finding.list.title')}
      answer={t('finding.list.answer')}
      endpoint={listFindings}
      fixedQuery={{ regionCode }}
      columns={columns}
      filters={filters}
      sorts={(['-severity', 'due', '-opened', 'opened'] as const).map((value) => ({
        value,
        label: t(`finding.sort.${value}`),
      }))}
      rowKey={(item) => item.id}
      to={(item) => `/findings/${item.id}`}
      bulk={may('finding.assign') ? (ids, clear) => <BulkAssign findingIds={ids} onDone={clear} /> : undefined}
      tools={
        may('finding.export')
          ? ({ sort: _, ...query }) => <PurposeExport endpoint={exportFindings} query={query} fileName="findings.csv" />
          : undefined
      }
      empty={{ explanation: t('finding.list.empty') }}
    />
  );
}

function useFindingColumns(): ListColumn<FindingItem>[] {
  const t = useT();
  const local = useLocalised();
  return [
    {
      key: 'number',
      title: t('finding.col.number'),
      primary: true,
      width: 130,
      render: (item) => <Link to={`/findings/${item.id}`}>{item.number}</Link>,
    },
    {
      key: 'severity',
      title: t('finding.col.severity'),
      width: 110,
      render: (item) => <SeverityTag severity={item.severity} />,
    },
    {
      key: 'headline',
      title: t('finding.col.headline'),
      width: 340,
      render: (item) => (
        <div style={{ minWidth: 200, maxWidth: 340 }}>
          {item.headline}
          <div className="soft">
            {item.rule} {local(item.ruleTitle)}
          </div>
        </div>
      ),
    },
    { key: 'region', title: t('finding.col.region'), render: (item) => <RegionName region={item.region} /> },
    { key: 'household', title: t('finding.col.household'), render: (item) => item.householdHead ?? '—' },
    {
      key: 'state',
      title: t('finding.col.state'),
      render: (item) => <FindingStateTag state={item.state} outcome={item.outcome} />,
    },
    {
      key: 'due',
      title: t('finding.col.due'),
      render: (item) => (
        <div style={{ width: 130 }}>
          <Deadline day={item.dueOn} workingDaysLeft={item.workingDaysLeft} over={isFinished(item.state)} />
        </div>
      ),
    },
    {
      key: 'assignee',
      title: t('finding.col.assignee'),
      render: (item) => item.assignee ?? <span className="soft">{t('finding.nobody')}</span>,
    },
    { key: 'opened', title: t('finding.col.opened'), hidden: true, render: (item) => formatDay(item.openedAt) },
    { key: 'period', title: t('finding.col.period'), hidden: true, render: (item) => item.period || '—' },
  ];
}

function useFindingFilters(): ListFilter[] {
  const t = useT();
  const words = useUiText();
  const local = useLocalised();
  const may = useMay();
  const rules = useEndpoint(listRules, {}, { staleTime: 600_000, enabled: may('rule.read') });
  return [
    { key: 'q', label: t('finding.filter.search'), kind: 'search' },
    { key: 'regionCode', label: t('finding.filter.region'), kind: 'region' },
    {
      key: 'rule',
      label: t('finding.filter.rule'),
      kind: 'select',
      options: (rules.data?.items ?? []).map((rule) => ({
        value: rule.code,
        label: `${rule.code} ${local(rule.title)}`,
      })),
    },
    {
      key: 'severity',
      label: t('finding.filter.severity'),
      kind: 'select',
      options: severity.options.map((value) => ({ value, label: words(`ui.severity.${value}`) })),
    },
    {
      key: 'direction',
      label: t('finding.filter.direction'),
      kind: 'select',
      options: (['receives-but-should-not', 'should-receive-but-does-not', 'money-off-track'] as const).map(
        (value) => ({
          value,
          label: t(`finding.direction.${value}`),
        }),
      ),
    },
    {
      key: 'state',
      label: t('finding.filter.state'),
      kind: 'select',
      options: findingState.options.map((value) => ({ value, label: t(`finding.state.${value}`) })),
    },
    {
      key: 'assignee',
      label: t('finding.filter.assignee'),
      kind: 'select',
      options: (['me', 'nobody'] as const).map((value) => ({ value, label: t(`finding.assignee.${value}`) })),
    },
    {
      key: 'overdue',
      label: t('finding.filter.overdue'),
      kind: 'select',
      options: [{ value: 'yes', label: t('finding.overdue.yes') }],
    },
    {
      key: 'ageDays',
      label: t('finding.filter.age'),
      kind: 'select',
      options: (['30', '90', '180'] as const).map((value) => ({ value, label: t(`finding.age.${value}`) })),
    },
  ];
}
