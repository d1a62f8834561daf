import {
  getIndicator,
  listFindings,
  traceHousehold,
  traceIndicator,
  traceProject,
  type FindingItem,
  type TraceView,
} from '@sunlit/api-spec';
import {
  Amount,
  Chart,
  DetailPage,
  EmptyState,
  RegionName,
  TableFrame,
  formatFen,
  palette,
  useEndpoint,
  useMay,
} from '@sunlit/ui';
import { Alert, Grid } from 'antd';
import { useMemo } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useT, type MessageKey } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { ClockTag, clockColour } from './clock-tag.tsx';

type Node = TraceView['nodes'][number];

/** From the money's side: every hop, every use, every payee, and what is stuck on the way. */
export function TracePage() {
  const t = useT();
  const { id = '' } = useParams();
  const indicator = useEndpoint(getIndicator, { params: { id } }).data;
  const reading = useEndpoint(traceIndicator, { params: { id } });
  return (
    <DetailPage
      back={{ to: `/funds/indicators/${id}`, label: indicator?.documentNumber ?? t('fund.back') }}
      title={t('fund.trace.title', { title: indicator ? `${indicator.documentNumber} ${indicator.title}` : '' })}
      answer={t('fund.trace.answer')}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {reading.data ? <TraceOr trace={reading.data} none={t('fund.trace.none')} /> : null}
    </DetailPage>
  );
}

/** From the household's side: where its money comes from. */
export function HouseholdTracePage() {
  const t = useT();
  const { id = '' } = useParams();
  const reading = useEndpoint(traceHousehold, { params: { id } });
  return (
    <DetailPage
      back={{ to: `/households/${id}`, label: t('fund.trace.household.back') }}
      title={t('fund.trace.household.title')}
      answer={t('fund.trace.answer')}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {reading.data ? <TraceOr trace={reading.data} none={t('fund.trace.household.none')} /> : null}
    </DetailPage>
  );
}

/** The whole chain of a project, from the money to the households its rent reaches. */
export function ProjectTracePage() {
  const t = useT();
  const { id = '' } = useParams();
  const reading = useEndpoint(traceProject, { params: { id } });
  return (
    <DetailPage
      back={{ to: `/projects/${id}`, label: t('project.back') }}
      title={t('project.trace.title')}
      answer={t('project.trace.answer')}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {reading.data ? <TraceOr trace={reading.data} none={t('project.trace.none')} /> : null}
    </DetailPage>
  );
}

/** A trail without a hop says so instead of saying that every hop is in order. */
function TraceOr({ trace, none }: { trace: TraceView; none: string }) {
  return trace.links.length === 0 ? <EmptyState explanation={none} /> : <Trace trace={trace} />;
}

function useNodeName(): (node: Node) => string {
  const t = useT();
  return (node) => {
    if (node.kind === 'rest') return t(`fund.trace.rest.${node.label}` as MessageKey);
    if (node.kind === 'household') return t('fund.trace.household');
    if (node.label.startsWith('households:'))
      return t('fund.trace.payee.households', { count: Number(node.label.slice('households:'.length)) });
    if (node.kind === 'batch')
      return node.households === undefined
        ? t('fund.trace.batch', { number: node.label })
        : t('fund.trace.batch.households', { number: node.label, count: node.households });
    return node.kind === 'indicator' ? `${node.region?.name ?? ''} ${node.label}` : node.label;
  };
}

const kindColours = {
  document: palette.ink,
  indicator: palette.owed,
  plan: palette.done,
  batch: palette.owed,
  project: palette.done,
  contract: palette.ink,
  milestone: palette.owed,
  asset: palette.owed,
  income: palette.ink,
  payee: palette.done,
  household: palette.done,
  rest: palette.inkSoft,
} as const;

/** What a finding can be about, of a block of the drawing. */
const subjectsOf = (node: Node): string[] =>
  [
    node.kind === 'indicator' || node.kind === 'income' ? node.indicatorId : null,
    node.projectId,
    node.kind === 'asset' ? node.id : null,
  ].filter((one) => one !== null);

const mostSubjects = 100;

/** Findings about what is drawn, of those the reader may see. */
function useFindingsOf(trace: TraceView): (node: Node) => FindingItem[] {
  const may = useMay();
  const subjects = [...new Set(trace.nodes.flatMap(subjectsOf))].slice(0, mostSubjects);
  const found = useEndpoint(
    listFindings,
    { query: { subjectIds: subjects.join(','), limit: 100 } },
    { enabled: may('finding.read') && subjects.length > 0 },
  );
  const items = (found.data?.items ?? []).filter((one) => !one.factGone);
  return (node) => {
    const own = subjectsOf(node);
    return items.filter((one) => own.includes(one.indicatorId ?? one.projectId ?? one.assetId ?? ''));
  };
}

function colourOf(node: Node, isFound: boolean): string {
  if (node.trouble.length > 0 || isFound) return palette.harm;
  if (node.kind === 'rest' && node.clock) return clockColour(node.clock.level);
  return kindColours[node.kind];
}

function Trace({ trace }: { trace: TraceView }) {
  const t = useT();
  const navigate = useNavigate();
  const name = useNodeName();
  const findingsOf = useFindingsOf(trace);
  const found = trace.nodes.filter((node) => findingsOf(node).length > 0).map(({ id }) => id);
  const trouble = trace.nodes.filter((node) => node.trouble.length > 0 || found.includes(node.id));
  const isNarrow = Grid.useBreakpoint().md === false;
  const nodes = useMemo(() => new Map(trace.nodes.map((node) => [node.id, node])), [trace]);
  const option = useMemo(
    () => ({
      // the table beside it says the rest
      aria: { enabled: true, label: { description: t('fund.trace.chart') } },
      tooltip: { trigger: 'item', valueFormatter: (value: unknown) => `${formatFen(Number(value) * 100)}` },
      series: [
        {
          type: 'sankey',
          left: 4,
          right: isNarrow ? 12 : 150,
          top: 8,
          bottom: 8,
          nodeGap: 10,
          nodeAlign: 'left',
          draggable: false,
          emphasis: { focus: 'adjacency' },
          label: {
            formatter: ({ name: id }: { name: string }) => {
              const node = nodes.get(id);
              if (!node) return isNarrow ? '' : shorten(id);
              // not by colour alone
              const words = [
                ...node.trouble.map((one) => t(`fund.trace.trouble.${one}`)),
                ...(found.includes(id) ? [t('fund.trace.found')] : []),
              ];
              // names do not fit beside each other on a phone; the table below has them
              if (isNarrow) return words.length > 0 ? '⚠' : '';
              return words.length > 0 ? `⚠ ${words.join('·')} ${shorten(name(node))}` : shorten(name(node));
            },
          },
          lineStyle: { color: 'source', opacity: 0.25 },
          data: trace.nodes.map((node) => ({
            name: node.id,
            itemStyle: { color: colourOf(node, found.includes(node.id)) },
          })),
          links: trace.links.map((link) => ({ source: link.from, target: link.to, value: link.amountFen / 100 })),
        },
      ],
    }),
    // the words change with the language only, and with it the page
    [trace, nodes, found.join(), isNarrow],
  );
  const open = (selected: string) => {
    const node = nodes.get(selected);
    // money that waits leads to where it waits
    const page = node && (pageOf(node) ?? (node.indicatorId ? `/funds/indicators/${node.indicatorId}` : undefined));
    if (page) return void navigate(page);
    const [from, to] = selected.split(' > ');
    const link = trace.links.find((one) => one.from === from && one.to === to);
    if (link?.transactionId) void navigate(`/ledger/${link.transactionId}`);
  };
  const width = Math.max(...[...counted(trace)].map(([, count]) => count), 4);
  return (
    <>
      {trace.truncated ? <Alert type="info" showIcon title={t('fund.trace.truncated')} /> : null}
      <p className="answer">
        {trouble.length > 0 ? t('fund.trace.troubled', { count: trouble.length }) : t('fund.trace.untroubled')}
      </p>
      <Chart
        title={t('fund.trace.chart')}
        height={Math.min(1400, 120 + width * 30)}
        option={option}
        onSelect={open}
        table={<TraceTable trace={trace} nodes={nodes} findingsOf={findingsOf} />}
      />
      <TraceTable trace={trace} nodes={nodes} findingsOf={findingsOf} />
    </>
  );
}

function shorten(text: string): string {
  return text.length > 18 ? `${text.slice(0, 17)}…` : text;
}

/** How many blocks stand above each other at most: what the drawing needs in height. */
function counted(trace: TraceView): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of trace.nodes) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
  return counts;
}

function TraceTable({
  trace,
  nodes,
  findingsOf,
}: {
  trace: TraceView;
  nodes: ReadonlyMap<string, Node>;
  findingsOf: (node: Node) => FindingItem[];
}) {
  const t = useT();
  const name = useNodeName();
  return (
    <TableFrame label={t('fund.trace.chart')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('fund.trace.from')}</th>
            <th scope="col">{t('fund.trace.to')}</th>
            <th scope="col">{t('fund.col.place')}</th>
            <th scope="col" className="right">
              {t('fund.col.amount')}
            </th>
            <th scope="col">{t('fund.trace.trouble')}</th>
            <th scope="col">{t('fund.col.clock')}</th>
            <th scope="col">{t('fund.trace.voucher')}</th>
          </tr>
        </thead>
        <tbody>
          {trace.links.map((link) => {
            const from = nodes.get(link.from);
            const to = nodes.get(link.to);
            return (
              <tr key={`${link.from} ${link.to}`}>
                <td>{from ? <NodeLink node={from} text={name(from)} /> : ''}</td>
                <td>{to ? <NodeLink node={to} text={name(to)} /> : ''}</td>
                <td>{to?.region ? <RegionName region={to.region} /> : null}</td>
                <td className="right">
                  <Amount fen={link.amountFen} />
                </td>
                <td>{to ? <Trouble node={to} findings={findingsOf(to)} /> : null}</td>
                <td>{to?.clock && to.kind === 'rest' ? <ClockTag clock={to.clock} /> : null}</td>
                <td>
                  {link.transactionId ? (
                    <Link to={`/ledger/${link.transactionId}`}>{t('fund.trace.voucher')}</Link>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Trouble({ node, findings }: { node: Node; findings: FindingItem[] }) {
  const t = useT();
  return (
    <>
      {node.trouble.map((one) => (
        <ToneTag key={one} tone="harm">
          {t(`fund.trace.trouble.${one}`)}
        </ToneTag>
      ))}
      {findings.map((one) => (
        <div key={one.id}>
          <Link to={`/findings/${one.id}`}>{one.headline}</Link>
        </div>
      ))}
    </>
  );
}

/** The page of a block of the drawing; money that waits and households that are only counted have none. */
function pageOf(node: Node): string | undefined {
  if (node.projectId) return `/projects/${node.projectId}`;
  if (node.contractId) return `/contracts/${node.contractId}`;
  if (node.vendorId) return `/vendors/${node.vendorId}`;
  if (node.kind === 'batch') return `/payouts/${node.id}`;
  if (node.kind === 'asset') return `/assets/${node.id}`;
  if (node.receiptNumber) return `/assets?search=${encodeURIComponent(node.receiptNumber)}`;
  if (node.documentNumber) return `/funds/documents?search=${encodeURIComponent(node.documentNumber)}`;
  return ['indicator', 'income', 'plan'].includes(node.kind) && node.indicatorId
    ? `/funds/indicators/${node.indicatorId}`
    : undefined;
}

function NodeLink({ node, text }: { node: Node; text: string }) {
  const page = pageOf(node);
  return page ? <Link to={page}>{text}</Link> : text;
}
