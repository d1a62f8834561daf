import {
  clueChannel,
  exportProcedures,
  getIdentificationFigures,
  listProcedureDefinitions,
  listProcedures,
  procedurePurpose,
  type ProcedureItem,
} from '@sunlit/api-spec';
import { Deadline, ListPage, PermissionGate, RegionName, formatDay, useEndpoint, useLocalised } from '@sunlit/ui';
import { Space } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { OpenProcedure } from './open-procedure.tsx';

/** Every case from clue to help: where it stands, what is due when, and how fast the response is. */
export function ProcedureListPage() {
  const t = useT();
  const local = useLocalised();
  const { regionCode } = useRegion();
  const definitions = useEndpoint(listProcedureDefinitions, {}).data?.items ?? [];
  const states = new Map(
    definitions
      .filter((one) => one.isCurrent)
      .flatMap((one) => one.states.map((state) => [state.code, local(state.title)] as const)),
  );
  return (
    <ListPage<typeof listProcedures, ProcedureItem>
      name="identification"
      title={t('ident.list.title')}
      answer={t('ident.list.answer')}
      endpoint={listProcedures}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/identification/${item.id}`}
      empty={{ explanation: t('ident.list.empty') }}
      overview={<ResponseFigures regionCode={regionCode} />}
      action={
        <PermissionGate permission="identification.record">
          <OpenProcedure />
        </PermissionGate>
      }
      sorts={[
        { value: '-opened', label: t('ident.sort.newest') },
        { value: 'opened', label: t('ident.sort.oldest') },
        { value: 'due', label: t('ident.sort.due') },
      ]}
      tools={({ sort: _, ...query }) => (
        <PurposeExport endpoint={exportProcedures} query={query} fileName="identification.csv" />
      )}
      filters={[
        { key: 'regionCode', label: t('ident.col.region'), kind: 'region' },
        {
          key: 'show',
          label: t('ident.col.show'),
          kind: 'select',
          options: (['open', 'overdue', 'closed', 'appealed'] as const).map((value) => ({
            value,
            label: t(`ident.show.${value}`),
          })),
        },
        {
          key: 'state',
          label: t('ident.col.state'),
          kind: 'select',
          options: [...states].map(([value, label]) => ({ value, label })),
        },
        {
          key: 'purpose',
          label: t('ident.col.purpose'),
          kind: 'select',
          options: procedurePurpose.options.map((value) => ({ value, label: t(`ident.purpose.${value}`) })),
        },
        {
          key: 'channel',
          label: t('ident.col.channel'),
          kind: 'select',
          options: clueChannel.options.map((value) => ({ value, label: t(`ident.channel.${value}`) })),
        },
      ]}
      columns={[
        {
          key: 'number',
          title: t('ident.col.number'),
          primary: true,
          render: (item) => (
            <Space wrap>
              <Link to={`/identification/${item.id}`}>{item.number}</Link>
              {item.openAppeals > 0 ? (
                <ToneTag tone="soon">{t('ident.appeals.open', { count: item.openAppeals })}</ToneTag>
              ) : null}
            </Space>
          ),
        },
        { key: 'head', title: t('ident.col.head'), render: (item) => item.head ?? t('ident.unknown') },
        { key: 'region', title: t('ident.col.region'), render: (item) => <RegionName region={item.region} /> },
        { key: 'state', title: t('ident.col.state'), render: (item) => local(item.state.title) },
        {
          key: 'due',
          title: t('ident.col.due'),
          render: (item) => <Deadline day={item.dueOn} workingDaysLeft={item.workingDaysLeft} />,
        },
        {
          key: 'definition',
          title: t('ident.col.definition'),
          hidden: true,
          render: (item) => local(item.definition.title),
        },
        { key: 'channel', title: t('ident.col.channel'), render: (item) => t(`ident.channel.${item.channel}`) },
        {
          key: 'opened',
          title: t('ident.col.opened'),
          render: (item) => <span className="number nowrap">{formatDay(item.openedAt)}</span>,
        },
      ]}
    />
  );
}

function ResponseFigures({ regionCode }: { regionCode: string | undefined }) {
  const t = useT();
  const figures = useEndpoint(getIdentificationFigures, { query: { regionCode } }).data;
  if (!figures) return null;
  const days = (one: { median: number | null; longest: number | null; count: number }) =>
    one.count === 0
      ? t('ident.figures.none')
      : t('ident.figures.days', { median: one.median ?? 0, longest: one.longest ?? 0, count: one.count });
  const rows = [
    [t('ident.figures.open'), figures.open],
    [t('ident.figures.overdue'), figures.overdue],
    [t('ident.figures.visit'), days(figures.toVisit)],
    [t('ident.figures.decision'), days(figures.toDecision)],
    [t('ident.figures.help'), days(figures.toHelp)],
    [t('ident.figures.warning'), days(figures.warningToVisit)],
    [t('ident.figures.measures'), figures.measuresOverdue],
    [t('ident.figures.without'), figures.withoutMeasure],
  ] as const;
  return (
    <dl className="facts response-figures" aria-label={t('ident.figures')}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
