import type { TimeSort } from '@sunlit/api-spec';
import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { timeOrder } from '#platform/database/time-order.ts';
import type { Trx } from '#platform/database/transaction.ts';

export type RunState = 'queued' | 'running' | 'draft' | 'released' | 'failed' | 'cancelled';
export type RunRuleState = 'waiting' | 'running' | 'done' | 'not-run' | 'failed';

export interface RunInput {
  table: string;
  rows: number;
  versions: { id: string; asOf: string }[];
}

export interface RunRow {
  id: string;
  region_code: string;
  as_of: string;
  state: RunState;
  task_id: string | null;
  failure: string | null;
  inputs: RunInput[];
  started_by: string;
  started_by_name: string | null;
  started_at: Date;
  finished_at: Date | null;
  /** over the rules the reader may see */
  hits: number;
}

export interface RunRuleRow {
  rule_code: string;
  rule_version: string;
  visibility: string;
  state: RunRuleState;
  reason: string | null;
  hits: number;
  new_hits: number;
  milliseconds: number | null;
  released_at: Date | null;
}

const columns = sql`r.*, s.display_name AS started_by_name, (SELECT coalesce(sum(x.hits), 0)::int FROM supervision.run_rule x WHERE x.run_id = r.id) AS hits`;

export async function findRun(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`SELECT ${columns} FROM supervision.run r LEFT JOIN organisation.staff s ON s.id = r.started_by WHERE r.id = ${id} ${options.lock ? sql`FOR UPDATE OF r` : sql``}`.execute(trx);
  return rows[0];
}

export async function listRunRows(trx: Trx, query: { state?: string; regionCode?: string; sort: TimeSort }, after: (string | number | null)[] | undefined, limit: number): Promise<{ rows: RunRow[]; count: number }> {
  const range = query.regionCode ? regionRange(query.regionCode) : undefined;
  const where = sql`true ${query.state ? sql`AND r.state = ${query.state}` : sql``} ${range ? sql`AND r.region_code >= ${range.from} AND r.region_code < ${range.to}` : sql``}`;
  const { beyond, direction } = timeOrder(query.sort);
  const { rows } = await sql<RunRow>`SELECT ${columns} FROM supervision.run r LEFT JOIN organisation.staff s ON s.id = r.started_by
    WHERE ${where} ${after ? sql`AND r.id ${beyond} ${after[0]}::uuid` : sql``} ORDER BY r.id ${direction} LIMIT ${limit}`.execute(trx);
  const { rows: counted } = await sql<{ count: number }>`SELECT count(*) AS count FROM supervision.run r WHERE ${where}`.execute(trx);
  return { rows, count: counted[0]?.count ?? 0 };
}

/** A run of the division, of one above or of one below that has not ended. */
export async function findRunUnderWay(trx: Trx, lineage: readonly string[], regionCode: string): Promise<string | undefined> {
  const range = regionRange(regionCode);
  const { rows } = await sql<{ id: string }>`SELECT id FROM supervision.run WHERE state IN ('queued', 'running') AND (region_code = ANY (${lineage}) OR (region_code >= ${range.from} AND region_code < ${range.to})) LIMIT 1`.execute(trx);
  return rows[0]?.id;
}

export async function insertRun(trx: Trx, run: { id: string; regionCode: string; asOf: string; taskId: string; startedBy: string }, rules: readonly { code: string; version: string; visibility: string }[]): Promise<void> {
  await trx.insertInto('supervision.run').values({ id: run.id, region_code: run.regionCode, as_of: run.asOf, state: 'queued', task_id: run.taskId, started_by: run.startedBy }).execute();
  await trx
    .insertInto('supervision.run_rule')
    .values(rules.map((rule) => ({ run_id: run.id, rule_code: rule.code, rule_version: rule.version, visibility: rule.visibility })))
    .execute();
}

export async function setRunState(trx: Trx, id: string, state: RunState, options: { failure?: string; finished?: boolean } = {}): Promise<void> {
  await trx
    .updateTable('supervision.run')
    .set({ state, failure: options.failure ?? null, ...(options.finished ? { finished_at: new Date() } : {}) })
    .where('id', '=', id)
    .execute();
}

/** Writes what the run uses. Says whether that is other than at an earlier try. */
export async function recordInputs(trx: Trx, id: string, inputs: RunInput[]): Promise<{ changed: boolean }> {
  const { rows } = await sql<{ changed: boolean }>`
    WITH before AS (SELECT inputs FROM supervision.run WHERE id = ${id}), written AS (UPDATE supervision.run SET inputs = ${JSON.stringify(inputs)}::jsonb WHERE id = ${id})
    SELECT inputs <> '[]'::jsonb AND inputs <> ${JSON.stringify(inputs)}::jsonb AS changed FROM before`.execute(trx);
  return { changed: rows[0]?.changed ?? false };
}

export async function listRunRules(trx: Trx, runId: string): Promise<RunRuleRow[]> {
  const rows = await trx.selectFrom('supervision.run_rule').selectAll().where('run_id', '=', runId).orderBy('rule_code').execute();
  return rows as unknown as RunRuleRow[];
}

/** Rules that a crash left half-way wait again; `all` makes every rule wait again. */
export async function resetRules(trx: Trx, runId: string, all: boolean): Promise<void> {
  await sql`UPDATE supervision.run_rule SET state = 'waiting', reason = NULL WHERE run_id = ${runId} AND (${all} OR state = 'running')`.execute(trx);
}

export async function startRule(trx: Trx, runId: string, rule: { code: string; version: string; parameters: unknown }): Promise<void> {
  await trx
    .updateTable('supervision.run_rule')
    .set({ state: 'running', rule_version: rule.version, parameters: JSON.stringify(rule.parameters) })
    .where('run_id', '=', runId)
    .where('rule_code', '=', rule.code)
    .execute();
}

export async function finishRule(trx: Trx, runId: string, ruleCode: string, end: { state: RunRuleState; reason: string | null; hits: number; milliseconds: number }): Promise<void> {
  await sql`
    UPDATE supervision.run_rule SET state = ${end.state}, reason = ${end.reason}, hits = ${end.hits}, milliseconds = ${end.milliseconds},
      new_hits = (SELECT count(*) FROM supervision.finding f WHERE f.rule_code = ${ruleCode} AND f.first_run_id = ${runId} AND f.last_run_id = ${runId})
    WHERE run_id = ${runId} AND rule_code = ${ruleCode}`.execute(trx);
  await sql`DELETE FROM supervision.run_count WHERE run_id = ${runId} AND rule_code = ${ruleCode}`.execute(trx);
  await sql`
    INSERT INTO supervision.run_count (run_id, rule_code, visibility, region_code, hits)
    SELECT ${runId}::uuid, rule_code, visibility, responsible_region_code, count(*)::int FROM supervision.finding WHERE rule_code = ${ruleCode} AND last_run_id = ${runId} GROUP BY 2, 3, 4`.execute(trx);
}

export async function listCounts(trx: Trx, runId: string, digits: number, rule: string | undefined): Promise<{ region: string; rule_code: string; hits: number }[]> {
  const { rows } = await sql<{ region: string; rule_code: string; hits: number }>`
    SELECT rpad(left(region_code, ${digits}::int), 12, '0') AS region, rule_code, sum(hits)::int AS hits FROM supervision.run_count
    WHERE run_id = ${runId} ${rule ? sql`AND rule_code = ${rule}` : sql``} GROUP BY 1, 2 ORDER BY 1, 2`.execute(trx);
  return rows;
}

/** Is there a finished run about this division, or one above it, that looks at a later day? Then an older picture says nothing about what is gone. */
export async function hasLaterRun(trx: Trx, run: Pick<RunRow, 'id' | 'as_of'>, lineage: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ later: boolean }>`SELECT EXISTS (SELECT 1 FROM supervision.run WHERE id <> ${run.id} AND as_of > ${run.as_of}::date AND state IN ('draft', 'released') AND region_code = ANY (${lineage})) AS later`.execute(trx);
  return rows[0]?.later ?? false;
}

/** Takes back what the run alone found and nobody has been given yet. Returns how many. */
export async function removeDrafts(trx: Trx, runId: string): Promise<number> {
  await sql`DELETE FROM supervision.evidence WHERE finding_id IN (SELECT id FROM supervision.finding WHERE first_run_id = ${runId} AND last_run_id = ${runId} AND released_at IS NULL AND state = 'signal')`.execute(trx);
  const { numAffectedRows } = await sql`DELETE FROM supervision.finding WHERE first_run_id = ${runId} AND last_run_id = ${runId} AND released_at IS NULL AND state = 'signal'`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** Gives a rule's draft hits to the people who handle findings. */
export async function releaseDrafts(trx: Trx, runId: string, ruleCode: string, dueOn: string | null): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE supervision.finding SET released_at = now(), due_on = ${dueOn}::date, changed_at = now(), version = version + 1
    WHERE rule_code = ${ruleCode} AND (last_run_id = ${runId} OR first_run_id = ${runId}) AND released_at IS NULL AND state = 'signal'`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** Findings about households that this transaction released, with the newest day of their evidence. */
export async function listReleasedNow(trx: Trx, ruleCode: string): Promise<{ findingId: string; householdId: string; regionCode: string; observedOn: string | null }[]> {
  const { rows } = await sql<{ id: string; household_id: string; responsible_region_code: string; observed_on: string | null }>`
    SELECT f.id, f.household_id, f.responsible_region_code, (SELECT max(e.observed_on) FROM supervision.evidence e WHERE e.finding_id = f.id) AS observed_on
    FROM supervision.finding f WHERE f.rule_code = ${ruleCode} AND f.released_at = now() AND f.household_id IS NOT NULL ORDER BY f.id`.execute(trx);
  return rows.map((row) => ({ findingId: row.id, householdId: row.household_id, regionCode: row.responsible_region_code, observedOn: row.observed_on }));
}
