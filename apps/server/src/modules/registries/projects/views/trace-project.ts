import type { TraceTrouble, TraceView } from '@sunlit/api-spec';
import { addDays } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listProjectPayments, listProjectPlans } from '#modules/registries/funds/index.ts';
import { standingIncome } from '../assets/asset-store.ts';
import { getProjectRow } from '../pool/project-store.ts';
import { listPaymentsOfContracts } from '../procurement/contract-store.ts';

type Node = TraceView['nodes'][number];

/**
 * The whole chain of one project: money set aside → project → contract → milestone → contractor → asset → its income → households. A household's
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
    const add = (nodeId: string, kind: Node['kind'], label: string, amountFen: number, indicatorId: string | null = null, trouble: (TraceTrouble | false)[] = []) => {
      const known = nodes.get(nodeId);
      if (known) known.amountFen += amountFen;
      else nodes.set(nodeId, { id: nodeId, kind, label, region: kind === 'indicator' ? null : region, amountFen, indicatorId, projectId: kind === 'project' ? nodeId : null, clock: null, trouble: trouble.filter((one) => one !== false) });
    };
    const link = (from: string, to: string, amountFen: number, transactionId: string | null = null) => {
      if (amountFen > 0) links.push({ from, to, amountFen, transactionId });
    };

    const plans = (await listProjectPlans(trx, id)).filter(({ kind }) => kind === 'project');
    const planned = plans.reduce((sum, plan) => sum + plan.amountFen, 0);
    const { rows: contracted } = await sql<{ total: number; contracts: number }>`SELECT coalesce(sum(value_fen), 0)::bigint AS total, count(*)::int AS contracts FROM projects.contract WHERE county_code = ${project.county_code} AND project_id = ${id}`.execute(trx);
    const { total: contractFen, contracts } = contracted[0]!;
    const assets = await trx.selectFrom('projects.asset').select(['id', 'title', 'original_fen', 'state']).where('project_id', '=', id).orderBy('formed_on').execute();
    const isBuilt = project.completed_on !== null;
    add(id, 'project', project.title, planned, null, [
      Math.max(planned, contractFen) > project.budget_fen && 'over',
      project.completed_on === null && project.finish_by < today() && ['approved', 'under-way'].includes(project.state) && 'late',
      isBuilt && assets.length === 0 && 'missing-hop',
    ]);
    for (const plan of plans) {
      add(plan.indicatorId, 'indicator', plan.documentNumber, plan.amountFen, plan.indicatorId);
      link(plan.indicatorId, id, plan.amountFen);
    }
    const unpaid = plans.reduce((sum, plan) => sum + plan.leftFen, 0);
    if (unpaid > 0) {
      add(`unpaid:${id}`, 'rest', 'planned', unpaid, null, [isBuilt && plans.every(({ finishBy }) => finishBy < today()) && 'late']);
      link(id, `unpaid:${id}`, unpaid);
    }
    const paid = (await listProjectPayments(trx, id)).filter((one) => one.state === 'paid' && one.payeeKind !== 'household');
    const contractOf = await addContracts(trx, id, (node) => nodes.set(node.id, { region, indicatorId: null, projectId: null, clock: null, trouble: [], ...node }), link);
    for (const [payee, payments] of Map.groupBy(paid, (one) => one.payee)) {
      const amountFen = sumOf(payments);
      // paid without a contract: the village itself may build, a firm may not
      add(`payee:${payee}`, 'payee', payee, amountFen, null, [contracts === 0 && payments.some(({ payeeKind }) => payeeKind === 'vendor') && 'missing-hop']);
      for (const [from, own] of Map.groupBy(payments, (one) => contractOf.get(one.id)?.milestone ?? id)) link(from, `payee:${payee}`, sumOf(own), own.length === 1 ? own[0]!.transactionId : null);
      const vendorId = payments.map((one) => contractOf.get(one.id)?.vendorId).find((one) => one !== undefined);
      if (vendorId) nodes.get(`payee:${payee}`)!.vendorId = vendorId;
      // what several contractors built together shows as one band each into the first asset
      if (assets[0]) link(`payee:${payee}`, assets[0].id, amountFen);
    }
    const owed = await assetsWithRentOwed(trx, assets.map((asset) => asset.id));
    for (const asset of assets) add(asset.id, 'asset', asset.title, asset.original_fen, null, [['idle', 'damaged', 'lost'].includes(asset.state) && 'idle', owed.has(asset.id) && 'short']);
    const clock = await findPolicy(trx, 'fund.clock.pass-on-days', project.region_code, today(), z.object({ yellow: z.number() }));
    await addIncomes(trx, assets.map((asset) => asset.id), clock && addDays(today(), -clock.value.yellow), add, link);
    return { nodes: [...nodes.values()], links, truncated: false };
  });
}

const sumOf = (payments: readonly { amountFen: number }[]): number => payments.reduce((sum, one) => sum + one.amountFen, 0);

/** What was paid by which contract and for which milestone of it, by the id of the payment. */
async function addContracts(trx: Trx, projectId: string, add: (node: Pick<Node, 'id' | 'kind' | 'label' | 'amountFen' | 'contractId'>) => void, link: (from: string, to: string, amountFen: number) => void): Promise<ReadonlyMap<string, { milestone: string; vendorId: string }>> {
  const contracts = await trx.selectFrom('projects.contract').select(['id', 'project_id', 'number', 'title', 'vendor_id']).where('project_id', '=', projectId).orderBy('signed_on').execute();
  const milestones = await trx.selectFrom('projects.milestone').select(['contract_id', 'ordinal', 'title']).where('contract_id', 'in', contracts.length > 0 ? contracts.map((one) => one.id) : [projectId]).execute();
  const payments = await listPaymentsOfContracts(trx, contracts);
  const found = new Map<string, { milestone: string; vendorId: string }>();
  for (const contract of contracts) {
    const paid = (payments.get(contract.id) ?? []).filter(({ state }) => state === 'paid');
    if (paid.length === 0) continue;
    add({ id: contract.id, kind: 'contract', label: `${contract.number} ${contract.title}`, amountFen: sumOf(paid), contractId: contract.id });
    link(projectId, contract.id, sumOf(paid));
    for (const [ordinal, own] of Map.groupBy(paid, (one) => one.milestone)) {
      const milestone = `${contract.id}:${ordinal}`;
      add({ id: milestone, kind: 'milestone', label: milestones.find((one) => one.contract_id === contract.id && one.ordinal === ordinal)?.title ?? String(ordinal), amountFen: sumOf(own), contractId: contract.id });
      link(contract.id, milestone, sumOf(own));
      for (const one of own) found.set(one.id, { milestone, vendorId: contract.vendor_id });
    }
  }
  return found;
}

/** Assets with rent past its day that did not come, or not all of it. */
async function assetsWithRentOwed(trx: Trx, assetIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ asset_id: string }>`
    SELECT DISTINCT r.asset_id FROM projects.rent_due r WHERE r.asset_id = ANY (${assetIds}::uuid[]) AND r.due_on < ${today()}::date AND r.cancelled_on IS NULL
      AND r.amount_fen > (SELECT coalesce(sum(n.amount_fen), 0) FROM ${standingIncome} WHERE n.county_code = r.county_code AND n.lease_id = r.lease_id AND n.due_ordinal = r.ordinal)`.execute(trx);
  return new Set(rows.map((row) => row.asset_id));
}

async function addIncomes(trx: Trx, assetIds: readonly string[], idleBefore: string | undefined, add: (id: string, kind: Node['kind'], label: string, amountFen: number, indicatorId?: string | null, trouble?: (TraceTrouble | false)[]) => void, link: (from: string, to: string, amountFen: number, transactionId?: string | null) => void): Promise<void> {
  const { rows } = await sql<{ asset_id: string; indicator_id: string; receipt_number: string; received_on: string; amount_fen: number; answered_less: boolean; shared: number | null; households: number | null; transaction_id: string | null }>`
    SELECT n.asset_id, n.indicator_id, n.receipt_number, n.received_on, n.amount_fen, EXISTS (SELECT 1 FROM projects.household_share s WHERE s.county_code = d.county_code AND s.distribution_id = d.id AND s.answered_fen < s.amount_fen) AS answered_less, d.total_fen AS shared, d.households, d.transaction_id
    FROM ${standingIncome} LEFT JOIN projects.distribution d ON d.county_code = n.county_code AND d.income_id = n.id AND d.state = 'paid'
    WHERE n.asset_id = ANY (${assetIds}::uuid[]) ORDER BY n.received_on LIMIT 100`.execute(trx);
  for (const row of rows) {
    add(row.indicator_id, 'income', row.receipt_number, row.amount_fen, row.indicator_id);
    link(row.asset_id, row.indicator_id, row.amount_fen);
    if (row.shared !== null) {
      add(`households:${row.indicator_id}`, 'payee', `households:${row.households ?? 0}`, row.shared, null, [row.answered_less && 'short']);
      link(row.indicator_id, `households:${row.indicator_id}`, row.shared, row.transaction_id);
    }
    const left = row.amount_fen - (row.shared ?? 0);
    if (left > 0) {
      // what is kept back by vote is in order
      add(`rest:${row.indicator_id}`, 'rest', 'available', left, row.indicator_id, [row.shared === null && idleBefore !== undefined && row.received_on < idleBefore && 'idle']);
      link(row.indicator_id, `rest:${row.indicator_id}`, left);
    }
  }
}
