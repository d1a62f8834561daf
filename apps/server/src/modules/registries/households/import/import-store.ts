import type { ImportView, TimeSort } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { timeOrder } from '#platform/database/time-order.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { rememberedKey, type RememberedCodes } from './code-reader.ts';
import { severityOf, type ImportProblem } from './import-problem.ts';
import type { ImportTemplate, RememberedColumns } from './recognise-columns.ts';

export type ImportState = ImportView['state'];

/** What checking found; kept as JSON beside the batch. */
export interface ImportReport {
  template: ImportTemplate;
  encoding: string | null;
  sheet: string | null;
  counts: NonNullable<ImportView['counts']>;
  columns: ImportView['columns'];
  unresolvedCodes: ImportView['unresolvedCodes'];
  /** households whose rows do not follow each other; their keys are codes and numbers only */
  scattered: string[];
  quality?: ImportView['quality'];
}

export interface ImportBatch {
  id: string;
  region_code: string;
  file_id: string;
  file_name: string;
  as_of: string;
  state: ImportState;
  task_id: string | null;
  report: ImportReport | null;
  failure: string | null;
  mode: 'good-rows' | 'all-or-nothing' | null;
  created_by: string;
  created_by_name: string;
  created_at: Date;
  applied_at: Date | null;
}

export async function insertBatch(trx: Trx, actor: Actor, batch: { id: string; fileId: string; fileName: string; asOf: string; taskId: string }): Promise<void> {
  await sql`INSERT INTO households.import_batch (id, region_code, file_id, file_name, as_of, state, task_id, created_by, created_by_name)
    VALUES (${batch.id}, ${actor.regionCode}, ${batch.fileId}, ${batch.fileName}, ${batch.asOf}, 'checking', ${batch.taskId}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
}

export async function findBatch(trx: Trx, id: string, lock: 'for-update' | 'none' = 'none'): Promise<ImportBatch | undefined> {
  const { rows } = await sql<ImportBatch>`SELECT * FROM households.import_batch WHERE id = ${id} ${lock === 'for-update' ? sql`FOR UPDATE` : sql``}`.execute(trx);
  return rows[0];
}

export async function getBatch(trx: Trx, id: string, lock: 'for-update' | 'none' = 'none'): Promise<ImportBatch> {
  const batch = await findBatch(trx, id, lock);
  if (!batch) throw new AppError('not-found');
  return batch;
}

export async function listBatches(trx: Trx, query: { state?: ImportState; sort: TimeSort }, after: string | undefined, limit: number): Promise<{ rows: ImportBatch[]; count: number }> {
  const where = query.state ? sql`state = ${query.state}` : sql`true`;
  const { beyond, direction } = timeOrder(query.sort);
  const { rows } = await sql<ImportBatch>`SELECT * FROM households.import_batch WHERE ${where} ${after ? sql`AND id ${beyond} ${after}::uuid` : sql``} ORDER BY id ${direction} LIMIT ${limit}`.execute(trx);
  const count = await sql<{ count: number }>`SELECT count(*) AS count FROM households.import_batch WHERE ${where}`.execute(trx);
  return { rows, count: count.rows[0]!.count };
}

export async function setBatch(trx: Trx, id: string, values: { state: ImportState; taskId?: string; failure?: string | null; report?: ImportReport; mode?: ImportBatch['mode'] }): Promise<void> {
  await sql`UPDATE households.import_batch SET state = ${values.state}, failure = ${values.failure ?? null},
    task_id = coalesce(${values.taskId ?? null}::uuid, task_id), report = coalesce(${values.report ? JSON.stringify(values.report) : null}::jsonb, report), mode = coalesce(${values.mode ?? null}::text, mode) WHERE id = ${id}`.execute(trx);
}

export async function replaceProblems(trx: Trx, importId: string, problems: readonly ImportProblem[]): Promise<void> {
  await sql`DELETE FROM households.import_problem WHERE import_id = ${importId}`.execute(trx);
  await appendProblems(trx, importId, problems);
}

export async function appendProblems(trx: Trx, importId: string, problems: readonly ImportProblem[]): Promise<void> {
  const { rows } = await sql<{ last: number }>`SELECT coalesce(max(ordinal), 0) AS last FROM households.import_problem WHERE import_id = ${importId}`.execute(trx);
  const last = rows[0]!.last;
  await sql`INSERT INTO households.import_problem (import_id, ordinal, row_number, column_title, field, severity, code, value_masked)
    SELECT ${importId}::uuid, ${last}::int + ordinality, r, c, f, s, k, v FROM unnest(${problems.map((p) => p.row)}::int[], ${problems.map((p) => p.column)}::text[], ${problems.map((p) => p.field)}::text[],
      ${problems.map((p) => severityOf(p.code))}::text[], ${problems.map((p) => p.code)}::text[], ${problems.map((p) => p.value)}::text[]) WITH ORDINALITY AS t (r, c, f, s, k, v, ordinality)`.execute(trx);
}

export interface ProblemRow {
  ordinal: number;
  row_number: number;
  column_title: string;
  severity: 'error' | 'warning';
  code: string;
  value_masked: string | null;
}

export async function listProblems(trx: Trx, importId: string, filter: { severity?: string | undefined; after?: number | undefined; limit: number }): Promise<{ rows: ProblemRow[]; count: number }> {
  const where = sql`import_id = ${importId} ${filter.severity ? sql`AND severity = ${filter.severity}` : sql``}`;
  const { rows } = await sql<ProblemRow>`SELECT * FROM households.import_problem WHERE ${where} ${filter.after === undefined ? sql`` : sql`AND ordinal > ${filter.after}`} ORDER BY ordinal LIMIT ${filter.limit}`.execute(trx);
  const count = await sql<{ count: number }>`SELECT count(*) AS count FROM households.import_problem WHERE ${where}`.execute(trx);
  return { rows, count: count.rows[0]!.count };
}

export async function readRemembered(trx: Trx, regionCode: string): Promise<{ columns: RememberedColumns; codes: RememberedCodes }> {
  const columns = await sql<{ title: string; field: string | null }>`SELECT title, field FROM households.column_alias WHERE region_code = ${regionCode}`.execute(trx);
  const codes = await sql<{ field: string; value: string; code: string }>`SELECT field, value, code FROM households.code_alias WHERE region_code = ${regionCode}`.execute(trx);
  return { columns: new Map(columns.rows.map((row) => [row.title, row.field])), codes: new Map(codes.rows.map((row) => [rememberedKey(row.field, row.value), row.code])) };
}

export async function remember(trx: Trx, actor: Actor, mapping: { columns: Record<string, string | null>; codes: readonly { field: string; value: string; code: string }[] }): Promise<void> {
  for (const [title, field] of Object.entries(mapping.columns)) {
    await sql`INSERT INTO households.column_alias (region_code, title, field, set_by) VALUES (${actor.regionCode}, ${title}, ${field}, ${actor.accountId})
      ON CONFLICT (region_code, title) DO UPDATE SET field = excluded.field, set_by = excluded.set_by, set_at = now()`.execute(trx);
  }
  for (const { field, value, code } of mapping.codes) {
    await sql`INSERT INTO households.code_alias (region_code, field, value, code, set_by) VALUES (${actor.regionCode}, ${field}, ${value}, ${code}, ${actor.accountId})
      ON CONFLICT (region_code, field, value) DO UPDATE SET code = excluded.code, set_by = excluded.set_by, set_at = now()`.execute(trx);
  }
}
