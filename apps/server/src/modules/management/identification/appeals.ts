import type { AppealView, BodyOf, answerAppeal as answerEndpoint, lodgeAppeal as lodgeEndpoint } from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptValue, encryptValue } from '#platform/personal-data/cipher.ts';
import { applyHouseholdStatus, resolveHousehold } from '#modules/registries/households/index.ts';
import { getProcedureDefinition, suspendCode } from './definitions.ts';
import { dueOnFor, getProcedureRow, insertStep, listSteps, updateProcedure, type ProcedureRow } from './procedure-store.ts';
import { requireDisinterest } from './require-disinterest.ts';

export interface AppealRow {
  id: string;
  number: string;
  step_id: string;
  step_by: string;
  text_enc: Buffer;
  suspends: boolean;
  recorded_by_name: string;
  recorded_at: Date;
  outcome: 'upheld' | 'rejected' | null;
  answer: string | null;
  answered_by_name: string | null;
  answered_at: Date | null;
}

export async function listAppeals(trx: Trx, procedureId: string): Promise<AppealRow[]> {
  const { rows } = await sql<AppealRow>`SELECT * FROM identification.appeal WHERE procedure_id = ${procedureId} ORDER BY recorded_at, id`.execute(trx);
  return rows;
}

/** Takes an appeal down, from anybody the decision concerns. Where the region says so, nothing goes on until it is decided. */
export async function lodgeAppeal(actor: Actor, id: string, body: BodyOf<typeof lodgeEndpoint>): Promise<{ id: string; number: string; suspends: boolean }> {
  return runCommand(actor, 'identification.appeal', { ...body, id } as typeof body & { id: string }, async (trx) => {
    const row = await getProcedureRow(trx, id, { lock: true });
    authorize(actor, 'identification.record', { regionCode: row.region_code });
    const step = (await listSteps(trx, id)).find((one) => one.id === body.stepId);
    if (!step) throw new AppError('not-found');
    if (!getProcedureDefinition(row.definition).transitionOf(step.action)?.appealable) throw new AppError('wrong-state', '只能对评议、审核、审定等决定申诉。');
    if ((await listAppeals(trx, id)).some((one) => one.step_id === step.id)) throw new AppError('already-exists', '对这一决定已经有一件申诉。');
    const policy = await findPolicy(trx, suspendCode, row.region_code, today(), z.number().int());
    const suspends = policy?.value === 1 && row.outcome === null;
    const appealId = newId();
    const { rows } = await sql<{ number: string }>`
      INSERT INTO identification.appeal (county_code, id, number, procedure_id, step_id, step_by, region_code, text_enc, suspends, recorded_by, recorded_by_name)
      VALUES (${row.county_code}, ${appealId}, 'SS-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('identification.appeal_number')::text, 6, '0'), ${id}, ${step.id}, ${step.by_id}, ${row.region_code}, ${encryptValue('case-form', body.text)}, ${suspends}, ${actor.accountId}, ${actor.displayName})
      RETURNING number`.execute(trx);
    if (suspends) await updateProcedure(trx, id, { suspended: true });
    await insertStep(trx, actor, row, { action: 'appeal', from: row.state, to: row.state });
    await recordAudit(trx, actor, { action: 'identification.appeal', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id, details: { suspends } });
    return { id: appealId, number: rows[0]!.number, suspends };
  });
}

/** Decided by somebody who took no part in the step. Upheld, the procedure goes back to before it and is decided anew. */
export async function answerAppeal(actor: Actor, id: string, appealId: string, body: BodyOf<typeof answerEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'identification.answer-appeal', { ...body, appealId } as typeof body & { appealId: string }, async (trx) => {
    const row = await getProcedureRow(trx, id, { lock: true });
    authorize(actor, 'identification.review', { regionCode: row.region_code });
    await requireDisinterest(trx, actor, row.household_id);
    const appeals = await listAppeals(trx, id);
    const appeal = appeals.find((one) => one.id === appealId);
    if (!appeal) throw new AppError('not-found');
    if (appeal.outcome !== null) throw new AppError('wrong-state', '这件申诉已经答复。');
    if (appeal.step_by === actor.accountId) throw new AppError('conflict-of-interest', '申诉不能由作出这一决定的人处理，须由他人处理。');
    await sql`UPDATE identification.appeal SET outcome = ${body.outcome}, answer = ${body.answer}, answered_by = ${actor.accountId}, answered_by_name = ${actor.displayName}, answered_at = now() WHERE id = ${appealId} AND procedure_id = ${id}`.execute(trx);
    const step = (await listSteps(trx, id)).find((one) => one.id === appeal.step_id)!;
    const isStillSuspended = appeals.some((one) => one.id !== appealId && one.outcome === null && one.suspends);
    const to = body.outcome === 'upheld' ? step.from_state : row.state;
    await updateProcedure(trx, id, { suspended: isStillSuspended, ...(body.outcome === 'upheld' ? await backTo(trx, actor, row, to) : {}) });
    await insertStep(trx, actor, row, { action: `appeal-${body.outcome}`, from: row.state, to, reason: body.answer });
    await recordAudit(trx, actor, { action: 'identification.answer-appeal', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id, details: { outcome: body.outcome } });
    return { ok: true as const };
  });
}

/**
 * What decided before decides again. After an exit, the household is what it was before it, until that is decided anew. A
 * household that was merged meanwhile goes on as the one it belongs to today.
 */
async function backTo(trx: Trx, actor: Actor, row: ProcedureRow, state: string): Promise<Record<string, unknown>> {
  const procedure = getProcedureDefinition(row.definition);
  const household = row.household_id === null ? undefined : await resolveHousehold(trx, row.household_id, today());
  if (household) await requireDisinterest(trx, actor, household.id);
  const other = await sql`SELECT 1 FROM identification.procedure WHERE household_id = ${household?.id ?? row.household_id} AND outcome IS NULL AND id <> ${row.id}`.execute(trx);
  if (other.rows.length > 0) throw new AppError('already-exists', '这一户已有正在办理的识别或退出事项，请在那一件里继续。');
  if (row.outcome === 'exited' && household) {
    const status = procedure.definition.classes.find((one) => one.code === row.class_code)?.status;
    if (status) {
      const from = household.status_from !== null && household.status_from >= today() ? addDays(household.status_from, 1) : today();
      await applyHouseholdStatus(trx, actor, household, { status, from, reason: `申诉成立，撤销风险消除 ${row.number}` });
    }
  }
  const moved = household && household.id !== row.household_id ? { household_id: household.id, about_household_id: row.about_household_id ?? row.household_id } : {};
  return { ...moved, state, outcome: null, closed_at: null, due_on: await dueOnFor(trx, procedure, state, row.region_code) };
}

export function appealView(actor: Actor, row: AppealRow, step: { title: string; at: Date } | undefined, isConcerned: boolean): AppealView {
  return {
    id: row.id,
    number: row.number,
    against: step?.title ?? '',
    againstAt: (step?.at ?? row.recorded_at).toISOString(),
    text: withoutPersonalData(decryptValue('case-form', row.text_enc)),
    suspends: row.suspends,
    recordedBy: row.recorded_by_name,
    recordedAt: row.recorded_at.toISOString(),
    outcome: row.outcome,
    answer: row.answer,
    answeredBy: row.answered_by_name,
    answeredAt: row.answered_at?.toISOString() ?? null,
    mayAnswer: row.outcome === null && !isConcerned && actor.permissions.has('identification.review') && row.step_by !== actor.accountId,
  };
}
