import type { BodyOf, PermissionCode, StepForm, takeProcedureStep as endpoint } from '@sunlit/api-spec';
import { thisMoment, today } from '#platform/clock/today.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { findNoticeStanding } from '#modules/publication/index.ts';
import { compareHousehold } from './comparison.ts';
import { getProcedureDefinition, type Procedure, type Transition } from './definitions.ts';
import { dueOnFor, getProcedureRow, insertStep, listSteps, updateProcedure, type ProcedureRow } from './procedure-store.ts';
import { requireDisinterest } from './require-disinterest.ts';
import type { ReadForm } from './step-forms/form-context.ts';
import { readForm } from './step-forms/read-form.ts';

type Outcome = NonNullable<ProcedureRow['outcome']>;

/** One step of a procedure: the definition says whether it may come now and who may take it; the form says what came of it. */
export async function takeStep(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ state: string; dueOn: string | null }> {
  const { form } = body;
  const comparison = form.action === 'compare' ? await compareFirst(actor, id) : undefined;
  return runCommand(actor, `identification.${form.action}`, { ...body, id } as typeof body & { id: string }, async (trx) => {
    const row = await getProcedureRow(trx, id, { lock: true });
    const procedure = getProcedureDefinition(row.definition);
    const transition = await requireTransition(trx, actor, row, procedure, form);
    if (row.version !== body.expectedVersion) throw new AppError('version-conflict');
    const read = await readForm({ trx, actor, row, procedure, transition, form, comparison });
    const to = read.isAgainst && transition.otherwise !== undefined ? transition.otherwise : transition.to;
    const isFinal = procedure.definition.final.includes(to);
    const dueOn = isFinal ? null : await dueOnFor(trx, procedure, to, row.region_code);
    await updateProcedure(trx, id, { ...read.changes, state: to, due_on: dueOn, ...(isFinal ? { outcome: outcomeOf(to, form, read), closed_at: thisMoment() } : {}) });
    const { action: _action, ...content } = form;
    await insertStep(trx, actor, row, { action: form.action, from: row.state, to, form: encryptValue('case-form', JSON.stringify(content)), noticeId: read.noticeId ?? null, reason: 'reason' in form ? form.reason : '' });
    await recordAudit(trx, actor, { action: `identification.${form.action}`, objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: read.householdId ?? row.household_id, details: { to, ...(read.isAgainst ? { against: true } : {}) } });
    return { state: to, dueOn };
  });
}

function outcomeOf(to: string, form: StepForm, read: ReadForm): Outcome {
  if (to === 'entered' || to === 'exited') return to;
  if (form.action === 'withdraw') return 'withdrawn';
  return form.action === 'set-aside' && !read.isAgainst ? 'set-aside' : 'not-eligible';
}

/** The comparison reads department data for seconds: it comes before the transaction, under the same conditions. */
async function compareFirst(actor: Actor, id: string) {
  const row = await inTransaction(actor, async (trx) => {
    const found = await getProcedureRow(trx, id);
    await requireTransition(trx, actor, found, getProcedureDefinition(found.definition), { action: 'compare' });
    return found;
  });
  return row.household_id === null ? undefined : compareHousehold(actor, row.household_id);
}

async function requireTransition(trx: Trx, actor: Actor, row: ProcedureRow, procedure: Procedure, form: Pick<StepForm, 'action'>): Promise<Transition> {
  const transition = procedure.find(row.state, form.action);
  if (!transition) throw new AppError('wrong-state', '这件事已不在这一步，请刷新后查看。');
  authorize(actor, transition.permission as PermissionCode, { regionCode: row.region_code });
  await requireDisinterest(trx, actor, row.household_id);
  if (row.suspended && form.action !== 'withdraw') throw new AppError('wrong-state', '有申诉正在处理，按规定暂停办理，待申诉答复后再继续。');
  await requireNotice(trx, row, transition);
  return transition;
}

/** A step after a notice waits for its whole period, and for the answer to every objection. */
async function requireNotice(trx: Trx, row: ProcedureRow, transition: Transition): Promise<void> {
  if (transition.waitsFor === undefined) return;
  const noticeId = (await listSteps(trx, row.id)).findLast((step) => step.notice_id !== null)?.notice_id;
  const notice = noticeId ? await findNoticeStanding(trx, noticeId) : undefined;
  if (!notice || notice.state === 'withdrawn' || notice.state === 'taken-down') throw new AppError('wrong-state', '公示没有完成（已撤回或撤下），请重新公示。');
  if (notice.state === 'draft') throw new AppError('wrong-state', '公示还没有经第二人审定发布。');
  if (transition.waitsFor === 'notice-up') return;
  if (!notice.isOver) throw new AppError('wrong-state', `公示期还没有结束（到 ${notice.endsOn ?? today()}）。`);
  if (notice.openObjections > 0) throw new AppError('wrong-state', `还有 ${notice.openObjections} 条异议没有答复，答复后才能继续。`);
}
