import type { answerMeasure as answerMeasureEndpoint, BodyOf, HouseholdCase, Localised, lodgeAppeal as lodgeAppealEndpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { dayOf, today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { listAppeals, lodgeAppeal } from './appeals.ts';
import { findDecision, reasonOf } from './decision-letter.ts';
import { getProcedureDefinition, titled } from './definitions.ts';
import { listFollowUps } from './follow-ups.ts';
import { confirmMeasure, listMeasures, measureView } from './measures.ts';
import { listProcedureRows, listSteps, type ProcedureRow, type StepRow } from './procedure-store.ts';

const most = 20;

/** Identification, help and exit as the household itself may read them: what was decided and by whom, what comes next. */
export async function listHouseholdCases(trx: Trx, householdId: string): Promise<HouseholdCase[]> {
  const cases: HouseholdCase[] = [];
  for (const row of await listProcedureRows(trx, { householdId }, sql`p.opened_at DESC, p.id DESC`, most)) cases.push(await caseOf(trx, row));
  return cases;
}

async function caseOf(trx: Trx, row: ProcedureRow): Promise<HouseholdCase> {
  const { definition, transitionOf, actionsFrom } = getProcedureDefinition(row.definition);
  const steps = await listSteps(trx, row.id);
  const appeals = await listAppeals(trx, row.id);
  const words = (step: StepRow): Localised => {
    const found = transitionOf(step.action);
    return found ? { zh: found.zh, en: found.en } : { zh: step.action, en: step.action };
  };
  const decision = findDecision(steps, row.outcome);
  return {
    id: row.id,
    number: row.number,
    title: definition.title,
    class: row.class_code === null ? null : titled(definition.classes, row.class_code).title,
    state: titled(definition.states, row.state).title,
    isFinal: row.outcome !== null,
    suspended: row.suspended,
    openedOn: dayOf(row.opened_at),
    dueOn: row.outcome === null ? row.due_on : null,
    // what the officials do next; that something could be set aside or withdrawn is no plan
    next: row.outcome === null ? (actionsFrom(row.state).filter(({ action }) => action !== 'set-aside' && action !== 'withdraw').map(({ zh, en }) => ({ zh, en }))[0] ?? null) : null,
    decisions: steps
      .filter((step) => step.id === decision?.id || transitionOf(step.action)?.appealable === true)
      .map((step) => ({
        id: step.id,
        title: words(step),
        result: titled(definition.states, step.to_state).title,
        by: step.by_name,
        on: dayOf(step.at),
        reason: reasonOf(step),
        mayAppeal: transitionOf(step.action)?.appealable === true && !appeals.some((one) => one.step_id === step.id),
      })),
    measures: (await listMeasures(trx, row.id))
      .map(measureView)
      .filter(({ state }) => state !== 'dropped')
      .map((one) => ({ id: one.id, kind: one.kind.title, risk: one.risk?.title ?? null, what: one.what, responsible: one.responsible, dueOn: one.dueOn, isOverdue: one.isOverdue, state: one.state, deliveredOn: one.deliveredOn, helped: one.helped, said: one.confirmed })),
    followUps: (await listFollowUps(trx, row.id)).map((one) => ({ dueOn: one.due_on, doneOn: one.done_on })),
    appeals: appeals.map((one) => {
      const step = steps.find(({ id }) => id === one.step_id);
      return { number: one.number, against: step ? words(step) : { zh: '', en: '' }, on: dayOf(one.recorded_at), outcome: one.outcome, answer: one.answer === null ? null : withoutPersonalData(one.answer), answeredBy: one.answered_by_name };
    }),
  };
}

/** An appeal as the household itself writes it: the same one that a clerk would take down. */
export async function lodgeHouseholdAppeal(actor: Actor, householdId: string, body: BodyOf<typeof lodgeAppealEndpoint>): Promise<{ number: string }> {
  const found = await inTransaction(actor, (trx) => sql<{ id: string }>`SELECT p.id FROM identification.procedure p JOIN identification.step s ON s.procedure_id = p.id WHERE s.id = ${body.stepId} AND p.household_id = ANY ((SELECT households.household_ids(${householdId}::uuid))::uuid[])`.execute(trx));
  const procedureId = found.rows[0]?.id;
  if (procedureId === undefined) throw new AppError('request-invalid', undefined, { fields: [{ path: 'subjectId', message: '请选择要申诉的决定。' }] });
  const { number } = await lodgeAppeal(actor, procedureId, body);
  return { number };
}

/** What the household itself says of a measure: the same confirmation that a clerk would write down. */
export async function confirmHouseholdMeasure(actor: Actor, householdId: string, { commandId, measureId, helped, text }: BodyOf<typeof answerMeasureEndpoint>): Promise<{ ok: true }> {
  const found = await inTransaction(actor, (trx) => sql<{ procedure_id: string }>`SELECT procedure_id FROM identification.measure WHERE id = ${measureId} AND household_id = ANY ((SELECT households.household_ids(${householdId}::uuid))::uuid[])`.execute(trx));
  const procedureId = found.rows[0]?.procedure_id;
  if (procedureId === undefined) throw new AppError('not-found');
  return confirmMeasure(actor, procedureId, measureId, { commandId, on: today(), helped, said: text || (helped ? '收到了，有帮助。' : '没有收到，或没有用。') });
}
