import { newId, regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { addWorkingDays, loadCalendar } from '#platform/calendar/working-days.ts';
import { thisMoment, today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { z } from 'zod';
import { dueCode, type Procedure } from './definitions.ts';

export interface ProcedureRow {
  county_code: string;
  id: string;
  number: string;
  definition: string;
  purpose: 'entry' | 'exit';
  region_code: string;
  household_id: string | null;
  about_household_id: string | null;
  class_code: string | null;
  channel: 'online' | 'counter' | 'phone' | 'visit' | 'survey' | 'department' | 'hotline' | 'supervision';
  event_on: string;
  told_enc: Buffer;
  speaker_enc: Buffer | null;
  risks_enc: Buffer | null;
  source_kind: string | null;
  source_id: string | null;
  state: string;
  due_on: string | null;
  suspended: boolean;
  outcome: 'entered' | 'exited' | 'not-eligible' | 'withdrawn' | 'set-aside' | null;
  comparison_enc: Buffer | null;
  reviewed_by: string | null;
  decided_by: string | null;
  opened_at: Date;
  helped_on: string | null;
  version: number;
  open_appeals: number;
}

const columns = sql`p.*, (SELECT count(*)::int FROM identification.appeal a WHERE a.procedure_id = p.id AND a.outcome IS NULL) AS open_appeals`;

export interface ProcedureFilter {
  regionCode?: string | undefined;
  purpose?: string | undefined;
  state?: string | undefined;
  channel?: string | undefined;
  show?: 'open' | 'overdue' | 'closed' | 'appealed' | undefined;
  householdId?: string | undefined;
}

export function matching(filter: ProcedureFilter): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  return sql`true ${range ? sql`AND p.region_code >= ${range.from} AND p.region_code < ${range.to}` : sql``} ${filter.purpose ? sql`AND p.purpose = ${filter.purpose}` : sql``} ${filter.state ? sql`AND p.state = ${filter.state}` : sql``}
    ${filter.channel ? sql`AND p.channel = ${filter.channel}` : sql``} ${filter.householdId ? sql`AND p.household_id = ANY ((SELECT households.household_ids(${filter.householdId}::uuid))::uuid[])` : sql``}
    ${filter.show === 'open' ? sql`AND p.outcome IS NULL` : sql``} ${filter.show === 'overdue' ? sql`AND p.outcome IS NULL AND p.due_on < ${today()}::date` : sql``} ${filter.show === 'closed' ? sql`AND p.outcome IS NOT NULL` : sql``}
    ${filter.show === 'appealed' ? sql`AND EXISTS (SELECT 1 FROM identification.appeal a WHERE a.procedure_id = p.id AND a.outcome IS NULL)` : sql``}`;
}

export async function listProcedureRows(trx: Trx, filter: ProcedureFilter, order: RawBuilder<unknown>, limit: number, after: RawBuilder<unknown> = sql``): Promise<(ProcedureRow & { key: string })[]> {
  const { rows } = await sql<ProcedureRow & { key: string }>`SELECT ${columns}, p.opened_at::text AS key FROM identification.procedure p WHERE ${matching(filter)} ${after} ORDER BY ${order} LIMIT ${limit}`.execute(trx);
  return rows;
}

export async function getProcedureRow(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<ProcedureRow> {
  const { rows } = await sql<ProcedureRow>`SELECT ${columns} FROM identification.procedure p WHERE p.id = ${id} ${options.lock ? sql`FOR UPDATE OF p` : sql``}`.execute(trx);
  if (!rows[0]) throw new AppError('not-found');
  return rows[0];
}

/** Changes columns of a procedure and raises its version. */
export async function updateProcedure(trx: Trx, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const set = Object.entries(changes).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await sql`UPDATE identification.procedure SET ${sql.join([...set, sql`version = version + 1`])} WHERE id = ${id}`.execute(trx);
}

export interface StepRow {
  id: string;
  action: string;
  from_state: string;
  to_state: string;
  form_enc: Buffer | null;
  notice_id: string | null;
  reason: string;
  by_id: string;
  by_name: string;
  at: Date;
}

export async function listSteps(trx: Trx, procedureId: string): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`SELECT * FROM identification.step WHERE procedure_id = ${procedureId} ORDER BY at, id`.execute(trx);
  return rows;
}

export async function insertStep(
  trx: Trx,
  actor: Actor,
  procedure: Pick<ProcedureRow, 'county_code' | 'id' | 'region_code'>,
  step: { action: string; from: string; to: string; form?: Buffer | null; noticeId?: string | null; reason?: string },
): Promise<string> {
  const id = newId();
  await sql`INSERT INTO identification.step (county_code, id, procedure_id, region_code, action, from_state, to_state, form_enc, notice_id, reason, by_id, by_name, at)
    VALUES (${procedure.county_code}, ${id}, ${procedure.id}, ${procedure.region_code}, ${step.action}, ${step.from}, ${step.to}, ${step.form ?? null}, ${step.noticeId ?? null}, ${step.reason ?? ''}, ${actor.accountId}, ${actor.displayName}, ${thisMoment()})`.execute(trx);
  return id;
}

/** Day on which the next step is due; null where a state has no deadline. A region may set its own working days. */
export async function dueOnFor(trx: Trx, procedure: Procedure, state: string, regionCode: string, from: string = today()): Promise<string | null> {
  const own = await findPolicy(trx, dueCode(procedure.definition.code, state), regionCode, today(), z.number().int().positive());
  const days = own?.value ?? procedure.workflow.dueWorkingDays(state);
  return days === undefined ? null : addWorkingDays(await loadCalendar(trx), from, days);
}
