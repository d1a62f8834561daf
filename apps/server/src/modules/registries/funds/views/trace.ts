import type { TraceTrouble, TraceView } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listHouseholdIds } from '#modules/registries/households/index.ts';
import { fundTitle } from '../fund-catalogue.ts';
import { incomeFundCode } from '../trail/receive-income.ts';
import { itemOf, listIndicatorsWhere, loadItemContext, type ItemContext, type ListedIndicator } from './indicator-rows.ts';

const mostIndicators = 150;
const mostPlans = 200;
const mostPayees = 400;

class Graph {
  readonly nodes = new Map<string, TraceView['nodes'][number]>();
  readonly links: TraceView['links'] = [];

  add(node: Omit<TraceView['nodes'][number], 'projectId' | 'trouble'> & { projectId?: string | null; trouble?: (TraceTrouble | false)[] }): void {
    if (this.nodes.has(node.id)) return;
    this.nodes.set(node.id, { ...node, projectId: node.projectId ?? null, trouble: (node.trouble ?? []).filter((one) => one !== false) });
  }

  link(from: string, to: string, amountFen: number, transactionId: string | null): void {
    if (amountFen > 0) this.links.push({ from, to, amountFen, transactionId });
  }

  done(truncated: boolean): TraceView {
    return { nodes: [...this.nodes.values()], links: this.links, truncated };
  }
}

/** Where did this money go? Down to plans and kinds of payees; a household's own share is only on its own page. */
export async function traceIndicator(actor: Actor, id: string): Promise<TraceView> {
  authorize(actor, 'fund.read');
  return inTransaction(actor, async (trx) => {
    const [start] = await listIndicatorsWhere(trx, sql`i.id = ${id}`, 1);
    if (!start) throw new AppError('not-found');
    const context = await loadItemContext(trx, start.region_code);
    const tree = await listIndicatorsWhere(trx, sql`i.id IN (WITH RECURSIVE below AS (SELECT ${id}::uuid AS id UNION ALL SELECT c.id FROM funds.indicator c JOIN below ON c.parent_id = below.id) SELECT id FROM below)`, mostIndicators + 1);
    const graph = new Graph();
    addLineage(graph, context, start, await isShortOfItsDocument(trx, start));
    for (const row of tree.slice(0, mostIndicators)) {
      addIndicator(graph, context, row);
      if (row.id !== start.id && row.parent_id) graph.link(row.parent_id, row.id, row.received, row.transaction_id);
      addRest(graph, context, row);
    }
    const truncated = await addPlans(graph, trx, context, [...graph.nodes.keys()].filter((node) => tree.some((row) => row.id === node)));
    return graph.done(truncated || tree.length > mostIndicators);
  });
}

function addIndicator(graph: Graph, context: ItemContext, row: ListedIndicator): void {
  const item = itemOf(context, row);
  graph.add({ id: row.id, kind: 'indicator', label: [item.department, item.documentNumber].filter(Boolean).join(' '), region: item.region, amountFen: row.received, indicatorId: row.id, clock: item.clock });
}

/** Money that waits: shown as a band of its own, so that stuck money is seen. */
function addRest(graph: Graph, context: ItemContext, row: ListedIndicator): void {
  const waiting = row.available + row.in_transit;
  if (waiting <= 0) return;
  const { clock, region } = itemOf(context, row);
  const isLate = clock.level !== 'none' && clock.level !== 'running';
  const trouble = [isLate && (clock.waitingFor === 'arrival' || clock.level === 'yellow' ? ('late' as const) : ('idle' as const))];
  graph.add({ id: `rest:${row.id}`, kind: 'rest', trouble, label: row.in_transit > 0 ? 'in-transit' : 'available', region, amountFen: waiting, indicatorId: row.id, clock });
  graph.link(row.id, `rest:${row.id}`, waiting, null);
}

/** The hops above as this tranche knows them; the book of another division is not read. */
function addLineage(graph: Graph, context: ItemContext, row: ListedIndicator, isShort = false): void {
  const hops = row.lineage;
  const first = hops[0];
  const document = first?.documentNumber ?? row.document_number;
  graph.add({ id: `document:${row.root_id}`, kind: 'document', label: `${document} ${fundTitle(row.fund_code).zh}`, ...(row.fund_code === incomeFundCode ? { receiptNumber: document } : { documentNumber: document }), region: null, amountFen: first?.amountFen ?? row.received, indicatorId: null, clock: null, trouble: [isShort && 'short'] });
  let from = `document:${row.root_id}`;
  for (const hop of hops) {
    graph.add({ id: hop.id, kind: 'indicator', label: hop.documentNumber, region: context.name(hop.regionCode), amountFen: hop.amountFen, indicatorId: hop.id, clock: null });
    graph.link(from, hop.id, row.received, null);
    from = hop.id;
  }
  graph.link(from, row.id, row.received, row.transaction_id);
}

/** Money of a document for which no tranche was ever recorded; only whoever keeps the book of the document sees it. */
async function isShortOfItsDocument(trx: Trx, row: ListedIndicator): Promise<boolean> {
  if (row.document_id === null || row.lineage.length > 0) return false;
  const document = await trx.selectFrom('funds.source_document').select(['amount_fen', 'indicated_fen']).where('id', '=', row.document_id).executeTakeFirst();
  return document !== undefined && document.indicated_fen < document.amount_fen;
}

async function addPlans(graph: Graph, trx: Trx, context: ItemContext, indicatorIds: string[]): Promise<boolean> {
  const { rows } = await sql<{ id: string; indicator_id: string; kind: string; project_id: string | null; negative_words: string[]; finish_by: string; title: string; place_code: string; transaction_id: string; planned: number; paid: number }>`
    SELECT p.id, p.indicator_id, p.kind, p.project_id, p.negative_words, p.finish_by, p.title, p.place_code, p.transaction_id,
      coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'planned'), 0)::bigint AS planned, coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'paid'), 0)::bigint AS paid
    FROM funds.plan p LEFT JOIN funds.subject_balance b ON b.county_code = p.county_code AND b.subject_kind = 'plan' AND b.subject_id = p.id
    WHERE p.indicator_id = ANY (${indicatorIds}::uuid[]) AND p.state = 'planned' GROUP BY p.county_code, p.id ORDER BY sum(b.amount_fen) DESC LIMIT ${mostPlans + 1}`.execute(trx);
  const plans = rows.slice(0, mostPlans);
  for (const plan of plans) {
    graph.add({ id: plan.id, kind: 'plan', label: plan.title, region: context.name(plan.place_code), amountFen: plan.planned + plan.paid, indicatorId: plan.indicator_id, projectId: plan.project_id, clock: null, trouble: [plan.negative_words.length > 0 && 'off-purpose', plan.kind === 'project' && plan.project_id === null && 'missing-hop'] });
    graph.link(plan.indicator_id, plan.id, plan.planned + plan.paid, plan.transaction_id);
    if (plan.planned > 0) {
      graph.add({ id: `unpaid:${plan.id}`, kind: 'rest', label: 'planned', region: context.name(plan.place_code), amountFen: plan.planned, indicatorId: plan.indicator_id, clock: null, trouble: [plan.finish_by < context.today && 'late'] });
      graph.link(plan.id, `unpaid:${plan.id}`, plan.planned, null);
    }
  }
  return (await addPayees(graph, trx, plans.map((plan) => plan.id))) || rows.length > mostPlans;
}

interface PayeeRow {
  plan_id: string;
  kind: string;
  payee: string;
  batch_id: string | null;
  batch_number: string | null;
  amount: number;
  households: number;
  transaction_id: string | null;
}

/** Who was paid; a list of households by its number, and of the households how many there are: who they are is on their own pages. */
async function addPayees(graph: Graph, trx: Trx, planIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<PayeeRow>`
    SELECT plan_id, payee_kind AS kind, CASE WHEN payee_kind = 'household' THEN '' ELSE payee END AS payee, batch_id, batch_number, sum(amount_fen)::bigint AS amount, sum(households)::int AS households, CASE WHEN count(*) = 1 THEN min(transaction_id::text) END AS transaction_id
    FROM funds.payment WHERE plan_id = ANY (${planIds}::uuid[]) AND state = 'paid' GROUP BY 1, 2, 3, 4, 5 ORDER BY min(paid_on), min(created_at) LIMIT ${mostPayees + 1}`.execute(trx);
  const paid = rows.slice(0, mostPayees);
  // a household that was paid every month is one household
  const counted = new Map((await sql<{ plan_id: string; households: number }>`
    SELECT plan_id, count(*)::int AS households FROM (SELECT plan_id, household_id FROM funds.ledger_line WHERE plan_id = ANY (${planIds}::uuid[]) AND account_code = 'paid' AND household_id IS NOT NULL GROUP BY 1, 2 HAVING sum(amount_fen) > 0) AS paid GROUP BY 1`.execute(trx)).rows.map((row) => [row.plan_id, row.households]));
  const inBatch = new Map((await sql<{ batch_id: string; households: number }>`
    SELECT y.batch_id, count(DISTINCT l.household_id)::int AS households FROM funds.payment y JOIN funds.ledger_line l ON l.transaction_id = y.transaction_id AND l.household_id IS NOT NULL
    WHERE y.plan_id = ANY (${planIds}::uuid[]) AND y.state = 'paid' AND y.batch_id IS NOT NULL GROUP BY 1`.execute(trx)).rows.map((row) => [row.batch_id, row.households]));
  for (const payee of paid) {
    const id = payee.kind === 'household' ? `households:${payee.plan_id}` : `payee:${payee.kind}:${payee.payee}`;
    const known = graph.nodes.get(id);
    if (known) known.amountFen += payee.amount;
    else graph.add({ id, kind: 'payee', label: payee.kind === 'household' ? `households:${counted.get(payee.plan_id) ?? payee.households}` : payee.payee, region: null, amountFen: payee.amount, indicatorId: null, clock: null });
    if (payee.batch_id === null) graph.link(payee.plan_id, id, payee.amount, payee.transaction_id);
    else {
      addBatch(graph, { id: payee.batch_id, label: payee.batch_number!, amountFen: payee.amount, households: inBatch.get(payee.batch_id) });
      graph.link(payee.plan_id, payee.batch_id, payee.amount, payee.transaction_id);
      graph.link(payee.batch_id, id, payee.amount, null);
    }
  }
  return rows.length > mostPayees;
}

function addBatch(graph: Graph, batch: { id: string; label: string; amountFen: number; households?: number | undefined }): void {
  graph.add({ ...batch, kind: 'batch', region: null, indicatorId: null, clock: null });
}

/** Where does this household's money come from? Looking is recorded and can be shown to the household. */
export async function traceHousehold(actor: Actor, householdId: string): Promise<TraceView> {
  authorize(actor, 'fund.read');
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    // of a household merged into this one too: what it was paid stays under its own id
    const ids = await listHouseholdIds(trx, householdId);
    const { rows } = await sql<{ indicator_id: string; plan_id: string; title: string; place_code: string; amount: number; transaction_id: string | null; region_code: string; batch_id: string | null; batch_number: string | null }>`
      SELECT l.indicator_id, l.plan_id, p.title, p.place_code, p.region_code, y.batch_id, y.batch_number, sum(l.amount_fen)::bigint AS amount, CASE WHEN count(*) = 1 THEN min(l.transaction_id::text) END AS transaction_id
      FROM funds.ledger_line l JOIN funds.plan p ON p.id = l.plan_id
      JOIN funds.ledger_transaction t ON t.id = l.transaction_id LEFT JOIN funds.payment y ON y.transaction_id = coalesce(t.reverses_id, t.id)
      WHERE l.household_id = ANY (${ids}::uuid[]) AND l.account_code = 'paid' GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(l.amount_fen) > 0 ORDER BY y.batch_number LIMIT ${mostPlans}`.execute(trx);
    const graph = new Graph();
    const context = await loadItemContext(trx, actor.regionCode);
    if (rows.length > 0) {
      await recordAudit(trx, actor, { action: 'fund.trace-household', objectKind: 'household', objectId: householdId, householdId, regionCode: rows[0]!.region_code });
      const household = `household:${householdId}`;
      graph.add({ id: household, kind: 'household', label: 'household', region: null, amountFen: rows.reduce((sum, row) => sum + row.amount, 0), indicatorId: null, clock: null });
      const indicators = await listIndicatorsWhere(trx, sql`i.id = ANY (${rows.map((row) => row.indicator_id)}::uuid[])`, mostIndicators);
      for (const row of rows) {
        if (row.batch_id === null) graph.link(row.plan_id, household, row.amount, row.transaction_id);
        else {
          addBatch(graph, { id: row.batch_id, label: row.batch_number!, amountFen: row.amount });
          graph.link(row.plan_id, row.batch_id, row.amount, row.transaction_id);
          graph.link(row.batch_id, household, row.amount, null);
        }
      }
      for (const [planId, own] of Map.groupBy(rows, (row) => row.plan_id)) {
        const { title, place_code, indicator_id } = own[0]!;
        const amountFen = own.reduce((sum, row) => sum + row.amount, 0);
        graph.add({ id: planId, kind: 'plan', label: title, region: context.name(place_code), amountFen, indicatorId: indicator_id, clock: null });
        graph.link(indicator_id, planId, amountFen, null);
      }
      for (const indicator of indicators) {
        // Only this household's share flows through the hops above.
        const share = rows.filter((row) => row.indicator_id === indicator.id).reduce((sum, row) => sum + row.amount, 0);
        addLineage(graph, context, { ...indicator, received: share });
        addIndicator(graph, context, { ...indicator, received: share });
      }
    }
    return graph.done(false);
  });
}
