import type { StepForm } from '@sunlit/api-spec';
import { today } from '#platform/clock/today.ts';
import { AppError } from '#platform/errors.ts';
import { listSteps } from '../procedure-store.ts';
import { refuse, type FormContext, type ReadForm } from './form-context.ts';

export async function readReview({ actor, form }: FormContext<Extract<StepForm, { action: 'review' }>>): Promise<ReadForm> {
  return { changes: { reviewed_by: actor.accountId }, isAgainst: !form.approve };
}

/** Decided by somebody who has taken no other step that weighed the case. */
export async function readDecision({ trx, actor, row, procedure, form }: FormContext<Extract<StepForm, { action: 'decide' }>>): Promise<ReadForm> {
  const weighing = ['verify', 'appraise', 'review'];
  if ((await listSteps(trx, row.id)).some((step) => step.by_id === actor.accountId && weighing.includes(step.action))) throw new AppError('conflict-of-interest', '核实、评议、审核过这件事的人不能审定，须由他人审定。');
  const classCode = form.classCode ?? row.class_code;
  if (form.approve && !procedure.definition.classes.some((one) => one.code === classCode)) refuse('classCode', '请选择类别。');
  return { changes: { decided_by: actor.accountId, decided_on: today(), class_code: classCode }, isAgainst: !form.approve };
}
