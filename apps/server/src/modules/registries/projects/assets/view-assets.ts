import type { QueryOf, ResponseOf, exportAssets as exportEndpoint, getAsset as getEndpoint, listAssets as listEndpoint } from '@sunlit/api-spec';
import { daysBetween, newId, regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listVotes } from '../pool/village-votes.ts';
import { standingIncome, type AssetRow } from './asset-store.ts';

type Item = ResponseOf<typeof listEndpoint>['items'][number];
type View = ResponseOf<typeof getEndpoint>;
type Filter = Omit<QueryOf<typeof exportEndpoint>, 'purpose'> & { /** finds an asset also by the receipt of an income: not for the public */ byReceipt?: boolean };

export interface ListedAsset extends AssetRow {
  project_title: string | null;
  due: number;
  received: number;
  distributed: number;
  overdue_since: string | null;
  undistributed: boolean;
  created: string;
}

/** Due, received and shared out, as of a day; a due that was paid late is no longer overdue. */
const listed = (day: string): RawBuilder<unknown> => sql`
  SELECT a.*, a.recorded_at::text AS created, p.title AS project_title,
    (SELECT coalesce(sum(r.amount_fen), 0) FROM projects.rent_due r WHERE r.county_code = a.county_code AND r.asset_id = a.id AND r.cancelled_on IS NULL AND r.due_on <= ${day}::date)::bigint AS due,
    (SELECT coalesce(sum(n.amount_fen), 0) FROM ${standingIncome} WHERE n.county_code = a.county_code AND n.asset_id = a.id)::bigint AS received,
    (SELECT coalesce(sum(d.total_fen), 0) FROM projects.distribution d WHERE d.county_code = a.county_code AND d.asset_id = a.id AND d.state = 'paid')::bigint AS distributed,
    (SELECT min(r.due_on) FROM projects.rent_due r WHERE r.county_code = a.county_code AND r.asset_id = a.id AND r.cancelled_on IS NULL AND r.due_on < ${day}::date
      AND r.amount_fen > (SELECT coalesce(sum(n.amount_fen), 0) FROM ${standingIncome} WHERE n.county_code = r.county_code AND n.lease_id = r.lease_id AND n.due_ordinal = r.ordinal)) AS overdue_since,
    EXISTS (SELECT 1 FROM ${standingIncome} WHERE n.county_code = a.county_code AND n.asset_id = a.id AND NOT EXISTS (SELECT 1 FROM projects.distribution d WHERE d.county_code = n.county_code AND d.income_id = n.id AND d.state = 'paid')) AS undistributed
  FROM projects.asset a LEFT JOIN projects.project p ON p.county_code = a.county_code AND p.id = a.project_id`;

function conditions(filter: Filter): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  return sql`true
    ${range ? sql`AND l.region_code >= ${range.from} AND l.region_code < ${range.to}` : sql``}
    ${filter.class ? sql`AND l.class_code = ${filter.class}` : sql``}
    ${filter.state ? sql`AND l.state = ${filter.state}` : sql``}
    ${filter.trouble === 'overdue' ? sql`AND l.overdue_since IS NOT NULL` : sql``}
    ${filter.trouble === 'undistributed' ? sql`AND l.undistributed` : sql``}
    ${filter.trouble === 'unowned' ? sql`AND l.registered_on IS NULL` : sql``}
    ${filter.search ? sql`AND (strpos(l.title || ' ' || l.number, ${filter.search}) > 0 ${filter.byReceipt ? sql`OR EXISTS (SELECT 1 FROM projects.income r WHERE r.county_code = l.county_code AND r.asset_id = l.id AND r.receipt_number = ${filter.search})` : sql``})` : sql``}`;
}

export async function listAssetRows(trx: Trx, filter: Filter & { id?: string; plate?: string; projectId?: string }, after: (string | number | null)[] | undefined, limit: number): Promise<ListedAsset[]> {
  const { rows } = await sql<ListedAsset>`
    SELECT * FROM (${listed(today())}) l WHERE ${conditions(filter)}
      ${filter.id ? sql`AND l.id = ${filter.id}` : sql``} ${filter.plate ? sql`AND l.plate_token = ${filter.plate}` : sql``} ${filter.projectId ? sql`AND l.project_id = ${filter.projectId}` : sql``}
      ${after ? sql`AND (l.recorded_at, l.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``} ORDER BY l.recorded_at DESC, l.id DESC LIMIT ${limit}`.execute(trx);
  return rows;
}

const itemOf =
  (name: Awaited<ReturnType<typeof regionNamer>>) =>
  (row: ListedAsset): Item => ({
    id: row.id,
    number: row.number,
    title: row.title,
    region: name(row.region_code),
    class: row.class_code,
    state: row.state,
    originalFen: row.original_fen,
    owner: row.owner_name,
    operator: row.operator_name,
    project: row.project_id === null ? null : { id: row.project_id, title: row.project_title ?? '' },
    dueFen: row.due,
    receivedFen: row.received,
    distributedFen: row.distributed,
    overdueDays: row.overdue_since === null ? null : daysBetween(row.overdue_since, today()),
  });

export async function listAssets(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const filter = { ...query, byReceipt: true };
    const rows = await listAssetRows(trx, filter, readCursor(query.cursor), query.limit + 1);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM (${listed(today())}) l WHERE ${conditions(filter)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.created, row.id], count.rows[0]?.count ?? 0, itemOf(name));
  });
}

const mostRows = 50_000;
const yuan = (fen: number) => (fen / 100).toFixed(2);

export async function exportAssets(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { purpose, ...filter } = query;
    const rows = await listAssetRows(trx, { ...filter, byReceipt: true }, undefined, mostRows);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'asset.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const header = en ? ['Number', 'Asset', 'Place', 'Class', 'State', 'Original value (yuan)', 'Owner', 'Operator', 'Due so far (yuan)', 'Received (yuan)', 'Shared out (yuan)', 'Days overdue'] : ['编号', '资产', '地点', '类别', '状态', '原值（元）', '所有权人', '经营或管护', '应收（元）', '已收（元）', '已分到户（元）', '逾期天数'];
    const body = rows.map(itemOf(name)).map((item) => [item.number, item.title, item.region.fullName, item.class, item.state, yuan(item.originalFen), item.owner ?? '', item.operator, yuan(item.dueFen), yuan(item.receivedFen), yuan(item.distributedFen), item.overdueDays === null ? '' : String(item.overdueDays)]);
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}

export async function viewAsset(actor: Actor, id: string): Promise<View> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const [row] = await listAssetRows(trx, { id }, undefined, 1);
    if (!row) throw new AppError('not-found');
    const inspections = await trx.selectFrom('projects.inspection').selectAll().where('asset_id', '=', id).orderBy('inspected_on', 'desc').limit(100).execute();
    const disposal = await trx.selectFrom('projects.disposal').selectAll().where('asset_id', '=', id).executeTakeFirst();
    return {
      ...itemOf(name)(row),
      formedOn: row.formed_on,
      registeredOn: row.registered_on,
      certificateNumber: row.certificate_number,
      stateOn: row.state_on,
      platePath: `/plates/${row.plate_token}`,
      leases: await readLeases(trx, id),
      incomes: await readIncomes(trx, id),
      distributions: await readDistributions(trx, id),
      inspections: inspections.map((one) => ({ id: one.id, inspectedOn: one.inspected_on, state: one.state as AssetRow['state'], note: one.note, by: one.by_name })),
      disposal: disposal ? { kind: disposal.kind as 'sale', appraisedFen: disposal.appraised_fen, priceFen: disposal.price_fen, disposedOn: disposal.disposed_on, reason: disposal.reason, approvedBy: disposal.approved_by_name } : null,
    };
  });
}

async function readLeases(trx: Trx, assetId: string): Promise<View['leases']> {
  const { rows } = await sql<{ id: string; number: string; lessee: string; start_on: string; end_on: string; yearly_fen: number; appraised_fen: number; published_on: string | null; ended_on: string | null; ended_reason: string | null; ended_by_name: string | null }>`
    SELECT l.*, v.name AS lessee FROM projects.lease l JOIN projects.vendor v ON v.county_code = l.county_code AND v.id = l.vendor_id WHERE l.asset_id = ${assetId} ORDER BY l.start_on`.execute(trx);
  const { rows: dues } = await sql<{ lease_id: string; ordinal: number; due_on: string; amount_fen: number; cancelled_on: string | null; received: number }>`
    SELECT r.*, (SELECT coalesce(sum(n.amount_fen), 0) FROM ${standingIncome} WHERE n.county_code = r.county_code AND n.lease_id = r.lease_id AND n.due_ordinal = r.ordinal)::bigint AS received
    FROM projects.rent_due r WHERE r.asset_id = ${assetId} ORDER BY r.due_on`.execute(trx);
  const votes = await listVotes(trx, rows.map((row) => row.id));
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    lessee: row.lessee,
    startOn: row.start_on,
    endOn: row.end_on,
    yearlyFen: row.yearly_fen,
    appraisedFen: row.appraised_fen,
    publishedOn: row.published_on,
    ended: row.ended_on === null ? null : { on: row.ended_on, reason: row.ended_reason ?? '', by: row.ended_by_name ?? '' },
    vote: votes.find((vote) => vote.subjectId === row.id) ?? null,
    dues: dues
      .filter((due) => due.lease_id === row.id)
      .map((due) => ({ ordinal: due.ordinal, dueOn: due.due_on, amountFen: due.amount_fen, receivedFen: due.received, cancelled: due.cancelled_on !== null, overdueDays: due.cancelled_on === null && due.received < due.amount_fen ? Math.max(0, daysBetween(due.due_on, today())) : 0 })),
  }));
}

async function readIncomes(trx: Trx, assetId: string): Promise<View['incomes']> {
  const { rows } = await sql<{ id: string; kind: 'rent' | 'dividend' | 'other'; receipt_number: string; amount_fen: number; received_on: string; indicator_id: string; recorded_by_name: string; distributed: boolean }>`
    SELECT n.*, EXISTS (SELECT 1 FROM projects.distribution d WHERE d.county_code = n.county_code AND d.income_id = n.id AND d.state <> 'rejected') AS distributed FROM ${standingIncome} WHERE n.asset_id = ${assetId} ORDER BY n.received_on, n.id LIMIT 500`.execute(trx);
  return rows.map((row) => ({ id: row.id, kind: row.kind, receiptNumber: row.receipt_number, amountFen: row.amount_fen, receivedOn: row.received_on, indicatorId: row.indicator_id, distributed: row.distributed, recordedBy: row.recorded_by_name }));
}

async function readDistributions(trx: Trx, assetId: string): Promise<View['distributions']> {
  const rows = await trx.selectFrom('projects.distribution').selectAll().where('asset_id', '=', assetId).orderBy('proposed_on').limit(200).execute();
  const votes = await listVotes(trx, rows.map((row) => row.id));
  const { rows: answers } = await sql<{ distribution_id: string; received: number; disputed: number }>`
    SELECT distribution_id, count(*) FILTER (WHERE answer = 'received')::int AS received, count(*) FILTER (WHERE answer IN ('less', 'nothing'))::int AS disputed FROM projects.household_share
    WHERE distribution_id = ANY (${rows.map((row) => row.id)}::uuid[]) GROUP BY 1`.execute(trx);
  return rows.map((row) => {
    const said = answers.find((one) => one.distribution_id === row.id);
    return {
      id: row.id,
      incomeId: row.income_id,
      state: row.state as View['distributions'][number]['state'],
      totalFen: row.total_fen,
      households: row.households,
      proposedOn: row.proposed_on,
      proposedBy: row.proposed_by_name,
      decidedOn: row.decided_on,
      decidedBy: row.decided_by_name,
      decidedReason: row.decided_reason,
      paidOn: row.paid_on,
      transactionId: row.transaction_id,
      vote: votes.find((vote) => vote.subjectId === row.id)!,
      received: said?.received ?? 0,
      disputed: said?.disputed ?? 0,
    };
  });
}
