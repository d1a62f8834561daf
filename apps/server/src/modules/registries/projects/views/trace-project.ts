import type { TraceView } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listProjectPayments, listProjectPlans } from '#modules/registries/funds/index.ts';
import { standingIncome } from '../assets/asset-store.ts';
import { getProjectRow } from '../pool/project-store.ts';

type Node = TraceView['nodes'][number];

/**
 * The whole chain of one project: money set aside → project → contractor → asset → its income → households. A household's
 * own share is only on its own page.
 */
export async function traceProject(actor: Actor, id: string): Promise<TraceView> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const project = await getProjectRow(trx, id);
    const region = name(project.region_code);
    const nodes = new Map<string, Node>();
    const links: TraceView['links'] = [];
    const add = (nodeId: string, kind: Node['kind'], label: string, amountFen: number, indicatorId: string | null = null) => {
      const known = nodes.get(nodeId);
      if (known) known.amountFen += amountFen;
      else nodes.set(nodeId, { id: nodeId, kind, label, region: kind === 'indicator' ? null : region, amountFen, indicatorId, clock: null });
    };
    const link = (from: string, to: string, amountFen: number, transactionId: string | null = null) => {
      if (amountFen > 0) links.push({ from, to, amountFen, transactionId });
    };

    const plans = (await listProjectPlans(trx, id)).filter(({ kind }) => kind === 'project');
    add(id, 'project', project.title, plans.reduce((sum, plan) => sum + plan.amountFen, 0));
    for (const plan of plans) {
      add(plan.indicatorId, 'indicator', plan.documentNumber, plan.amountFen, plan.indicatorId);
      link(plan.indicatorId, id, plan.amountFen);
    }
    const unpaid = plans.reduce((sum, plan) => sum + plan.leftFen, 0);
    if (unpaid > 0) {
      add(`unpaid:${id}`, 'rest', 'planned', unpaid);
      link(id, `unpaid:${id}`, unpaid);
    }
    const assets = await trx.selectFrom('projects.asset').select(['id', 'title', 'original_fen']).where('project_id', '=', id).orderBy('formed_on').execute();
    const paid = (await listProjectPayments(trx, id)).filter((one) => one.state === 'paid' && one.payeeKind !== 'household');
    for (const [payee, payments] of Map.groupBy(paid, (one) => one.payee)) {
      const amountFen = payments.reduce((sum, one) => sum + one.amountFen, 0);
      add(`payee:${payee}`, 'payee', payee, amountFen);
      link(id, `payee:${payee}`, amountFen, payments.length === 1 ? payments[0]!.transactionId : null);
      // what several contractors built together shows as one band each into the first asset
      if (assets[0]) link(`payee:${payee}`, assets[0].id, amountFen);
    }
    for (const asset of assets) add(asset.id, 'asset', asset.title, asset.original_fen);
    await addIncomes(trx, assets.map((asset) => asset.id), add, link);
    return { nodes: [...nodes.values()], links, truncated: false };
  });
}

async function addIncomes(trx: Trx, assetIds: readonly string[], add: (id: string, kind: Node['kind'], label: string, amountFen: number, indicatorId?: string | null) => void, link: (from: string, to: string, amountFen: number, transactionId?: string | null) => void): Promise<void> {
  const { rows } = await sql<{ asset_id: string; indicator_id: string; receipt_number: string; amount_fen: number; shared: number | null; households: number | null; transaction_id: string | null }>`
    SELECT n.asset_id, n.indicator_id, n.receipt_number, n.amount_fen, d.total_fen AS shared, d.households, d.transaction_id
    FROM ${standingIncome} LEFT JOIN projects.distribution d ON d.county_code = n.county_code AND d.income_id = n.id AND d.state = 'paid'
    WHERE n.asset_id = ANY (${assetIds}::uuid[]) ORDER BY n.received_on LIMIT 100`.execute(trx);
  for (const row of rows) {
    add(row.indicator_id, 'income', row.receipt_number, row.amount_fen, row.indicator_id);
    link(row.asset_id, row.indicator_id, row.amount_fen);
    if (row.shared !== null) {
      add(`households:${row.indicator_id}`, 'payee', `households:${row.households ?? 0}`, row.shared);
      link(row.indicator_id, `households:${row.indicator_id}`, row.shared, row.transaction_id);
    }
    const left = row.amount_fen - (row.shared ?? 0);
    if (left > 0) {
      add(`rest:${row.indicator_id}`, 'rest', 'available', left, row.indicator_id);
      link(row.indicator_id, `rest:${row.indicator_id}`, left);
    }
  }
}
