import type { TimeSort } from '@sunlit/api-spec';
import type { CalendarDate, Id, RegionCode } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { ColumnMapping } from '#analytics/intake/map-columns.ts';
import type { HoldReason } from '#analytics/intake/judge-delivery.ts';
import type { ColumnSamples } from '#analytics/intake/sample-columns.ts';
import type { QualityReport, RowProblem } from '#analytics/intake/quality-report.ts';
import type { Trx } from '#platform/database/transaction.ts';

export type DeliveryState = 'checking' | 'held' | 'accepted' | 'returned' | 'failed' | 'cancelled';

/** What the check found, without the rows that have problems: those have their own table. */
export interface DeliveryReport {
  quality: Omit<QualityReport, 'problems'> | null;
  mapping: ColumnMapping;
  samples: ColumnSamples;
  recognised: { code: string; confidence: number } | null;
  encoding: string | null;
  sheetName: string | null;
  /** the last accepted delivery it was compared with */
  previous: { asOf: CalendarDate; rows: number; matchRate: number } | null;
}

export type StoredHoldReason = HoldReason | { code: 'columns-missing'; fields: readonly string[] } | { code: 'other-kind'; kind: string };

export interface DeliveryRow {
  id: Id;
  kind: string;
  version: number;
  region_code: RegionCode;
  provider_code: string;
  file_id: Id;
  file_name: string;
  file_removed_at: Date | null;
  as_of: CalendarDate;
  state: DeliveryState;
  task_id: Id | null;
  failure: string | null;
  rows: number;
  kept: number;
  report: DeliveryReport | null;
  hold_reasons: StoredHoldReason[];
  snapshot: { rows: number; sha256: string } | null;
  delivered_by: Id;
  received_at: Date;
  decided_by: Id | null;
  decided_at: Date | null;
  decision: string | null;
  decision_reason: string | null;
}

export async function insertDelivery(
  trx: Trx,
  delivery: Pick<DeliveryRow, 'id' | 'kind' | 'region_code' | 'provider_code' | 'file_id' | 'file_name' | 'as_of' | 'task_id' | 'delivered_by'>,
): Promise<void> {
  // Two files of one kind at the same moment take turns, so that versions have no gaps and no doubles.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`delivery:${delivery.kind}:${delivery.region_code}`}, 0))`.execute(trx);
  const { version } = await trx
    .selectFrom('data_intake.delivery')
    .select(sql<number>`coalesce(max(version), 0)::int`.as('version'))
    .where('kind', '=', delivery.kind)
    .where('region_code', '=', delivery.region_code)
    .executeTakeFirstOrThrow();
  await trx.insertInto('data_intake.delivery').values({ ...delivery, version: version + 1, state: 'checking' }).execute();
}

export async function findDelivery(trx: Trx, id: Id): Promise<DeliveryRow | undefined> {
  const row = await trx.selectFrom('data_intake.delivery').selectAll().where('id', '=', id).executeTakeFirst();
  return row as DeliveryRow | undefined;
}

/** Reads and locks: two people do not decide one delivery. */
export async function lockDelivery(trx: Trx, id: Id): Promise<DeliveryRow | undefined> {
  const row = await trx.selectFrom('data_intake.delivery').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row as DeliveryRow | undefined;
}

export async function listDeliveryRows(
  trx: Trx,
  filter: { kind: string | undefined; state: string | undefined; sort: TimeSort; after: string | undefined; limit: number },
): Promise<{ rows: DeliveryRow[]; count: number }> {
  let query = trx.selectFrom('data_intake.delivery');
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.state) query = query.where('state', '=', filter.state);
  const { count } = await query.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
  const oldestFirst = filter.sort === 'oldest';
  if (filter.after) query = query.where('id', oldestFirst ? '>' : '<', filter.after);
  const rows = await query.selectAll().orderBy('id', oldestFirst ? 'asc' : 'desc').limit(filter.limit).execute();
  return { rows: rows as DeliveryRow[], count };
}

export async function finishCheck(
  trx: Trx,
  id: Id,
  result: { state: DeliveryState; failure?: string; report?: DeliveryReport; reasons?: readonly StoredHoldReason[]; snapshot?: DeliveryRow['snapshot'] },
): Promise<void> {
  await trx
    .updateTable('data_intake.delivery')
    .set({
      state: result.state,
      failure: result.failure ?? null,
      report: result.report ? JSON.stringify(result.report) : null,
      rows: result.report?.quality?.rows ?? 0,
      kept: result.report?.quality?.kept ?? 0,
      hold_reasons: JSON.stringify(result.reasons ?? []),
      snapshot: result.snapshot ? JSON.stringify(result.snapshot) : null,
    })
    .where('id', '=', id)
    .execute();
}

/** A held delivery is read again. */
export async function reopenCheck(trx: Trx, id: Id, taskId: Id): Promise<void> {
  await trx.updateTable('data_intake.delivery').set({ state: 'checking', task_id: taskId }).where('id', '=', id).execute();
}

export async function listKeptFiles(trx: Trx): Promise<DeliveryRow[]> {
  const rows = await trx.selectFrom('data_intake.delivery').selectAll().where('file_removed_at', 'is', null).execute();
  return rows as DeliveryRow[];
}

export async function setFileRemoved(trx: Trx, id: Id): Promise<void> {
  await trx.updateTable('data_intake.delivery').set({ file_removed_at: new Date() }).where('id', '=', id).execute();
}

export async function recordDecision(
  trx: Trx,
  id: Id,
  decision: { state: 'accepted' | 'returned'; by: Id; action: string; reason: string },
): Promise<void> {
  await trx
    .updateTable('data_intake.delivery')
    .set({ state: decision.state, decided_by: decision.by, decided_at: new Date(), decision: decision.action, decision_reason: decision.reason })
    .where('id', '=', id)
    .execute();
}

export async function replaceProblems(trx: Trx, id: Id, problems: readonly RowProblem[]): Promise<void> {
  await trx.deleteFrom('data_intake.delivery_problem').where('delivery_id', '=', id).execute();
  if (problems.length === 0) return;
  const rows = problems.map((problem, ordinal) => ({
    delivery_id: id,
    ordinal,
    row_number: problem.row,
    field: problem.field,
    code: problem.code,
    sample_masked: problem.sample,
  }));
  await trx.insertInto('data_intake.delivery_problem').values(rows).execute();
}

export async function listProblemRows(trx: Trx, id: Id, after: number, limit: number) {
  const rows = await trx
    .selectFrom('data_intake.delivery_problem')
    .selectAll()
    .where('delivery_id', '=', id)
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  const { count } = await trx
    .selectFrom('data_intake.delivery_problem')
    .select(sql<number>`count(*)`.as('count'))
    .where('delivery_id', '=', id)
    .executeTakeFirstOrThrow();
  return { rows, count };
}

/** The newest accepted delivery of a kind, of one region or of all the reader may see. */
export async function findLastAccepted(trx: Trx, kind: string, regionCode?: RegionCode): Promise<DeliveryRow | undefined> {
  let query = trx.selectFrom('data_intake.delivery').selectAll().where('kind', '=', kind).where('state', '=', 'accepted');
  if (regionCode) query = query.where('region_code', '=', regionCode);
  return (await query.orderBy('as_of', 'desc').orderBy('version', 'desc').limit(1).executeTakeFirst()) as DeliveryRow | undefined;
}

export async function listAcceptedUntil(trx: Trx, asOf: CalendarDate): Promise<DeliveryRow[]> {
  const rows = await trx.selectFrom('data_intake.delivery').selectAll().where('state', '=', 'accepted').where('as_of', '<=', asOf).execute();
  return rows as DeliveryRow[];
}
