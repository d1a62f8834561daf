import { householdChanged, type BodyOf, type decideChange as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events/publish.ts';
import { findHousehold } from '../household-store.ts';
import { sameValue, type FieldChange } from './change-kind.ts';
import { kindOf } from './change-kinds.ts';
import { changeWorkflow, dueOn } from './change-procedure.ts';
import { baseOf, changeOf, findChange, insertStep, sealed, updateChange, type ChangeRow, type ChangeState, type Conflict } from './change-request-store.ts';

type Action = BodyOf<typeof endpoint>['action'];

/** Why this person may not decide on a request; nothing when they may. */
export function whyNotDecide(actor: Actor, row: ChangeRow, action: Action): string | undefined {
  const roles = action === 'verify' ? row.verifier_roles : action === 'approve' ? row.approver_roles : [...row.verifier_roles, ...row.approver_roles];
  if (!roles.some((role) => actor.roles.includes(role))) return '您的岗位不能办理这一步。';
  if (row.proposed_by === actor.accountId || row.rebased_by === actor.accountId) return '自己提出的变更须由另一人审批。';
  if (action === 'approve' && row.verified_by === actor.accountId) return '核实和审批须由不同的人办理。';
  return undefined;
}

/** Locks the request first, then its household, always in this order. */
async function requireDecidable(trx: Trx, actor: Actor, id: string, action: Action): Promise<ChangeRow> {
  const row = await findChange(trx, id, { lock: true });
  if (!row) throw new AppError('not-found');
  authorize(actor, 'household.approve', { regionCode: row.responsible_region_code });
  if (actor.ownHouseholds.includes(row.household_id)) throw new AppError('conflict-of-interest');
  const refusal = whyNotDecide(actor, row, action);
  if (refusal) throw new AppError('not-permitted', refusal);
  return row;
}

/** One step of a request. Approving writes it; when the registry changed meanwhile it becomes a conflict instead. */
export async function decideChange(actor: Actor, id: string, command: BodyOf<typeof endpoint>): Promise<{ state: ChangeState }> {
  return runCommand(actor, 'change.decide', { ...command, id } as typeof command, async (trx) => {
    const row = await requireDecidable(trx, actor, id, command.action);
    if (command.expectedVersion !== undefined && command.expectedVersion !== row.version) throw new AppError('version-conflict');
    const transition = changeWorkflow(row.workflow_code).find(row.state, command.action);
    if (!transition) throw new AppError('wrong-state');
    if (transition.reasonRequired && command.reason.length < 2) throw new AppError('request-invalid', undefined, { fields: [{ path: 'reason', message: '请填写理由。' }] });
    if (command.action === 'approve') return approve(trx, actor, row, command.reason);
    await moveChange(trx, actor, row, { action: command.action, to: transition.to as ChangeState, reason: command.reason }, command.action === 'verify' ? { verified_by: actor.accountId } : {});
    return { state: transition.to as ChangeState };
  });
}

/** Moves a request along its workflow, with deadline, step and audit. */
export async function moveChange(trx: Trx, actor: Actor, row: ChangeRow, step: { action: string; to: ChangeState; reason: string }, set: Partial<ChangeRow> = {}): Promise<void> {
  const workflow = changeWorkflow(row.workflow_code);
  const closed = workflow.definition.final.includes(step.to);
  await updateChange(trx, row, { ...set, state: step.to, due_on: closed ? null : await dueOn(trx, workflow, step.to), closed_at: closed ? new Date() : null });
  await insertStep(trx, actor, row, { action: step.action, from: row.state, to: step.to, reason: step.reason });
  await recordAudit(trx, actor, { action: `change.${step.action}`, objectKind: 'change-request', objectId: row.id, householdId: row.household_id, regionCode: row.responsible_region_code, reason: step.reason, details: { kind: row.kind, to: step.to } });
}

async function approve(trx: Trx, actor: Actor, row: ChangeRow, reason: string): Promise<{ state: ChangeState }> {
  await sql`SELECT 1 FROM households.household WHERE id = ${row.household_id} FOR UPDATE`.execute(trx);
  const household = await findHousehold(trx, row.household_id);
  if (!household) throw new AppError('not-found');
  const change = changeOf(row);
  const context = { trx, actor, household, effectiveOn: row.effective_on };
  const standing = await compareWithRegistry(row, () => kindOf(change).examine(context, change));
  if (standing.problems.length > 0 || standing.meanwhile.length > 0) {
    await moveChange(trx, actor, row, { action: 'meet-conflict', to: 'conflict', reason }, { conflict_enc: sealed({ problems: standing.problems } satisfies Conflict), verified_by: null });
    return { state: 'conflict' };
  }
  const told = await kindOf(change).write({ ...context, requestId: row.id, reason: row.reason }, change);
  // A household that changed its division took the request along.
  const placed = (await findChange(trx, row.id)) ?? row;
  await moveChange(trx, actor, { ...row, responsible_region_code: placed.responsible_region_code }, { action: 'approve', to: 'applied', reason });
  for (const one of told) {
    const householdId = one.householdId ?? household.id;
    await publish(trx, actor, householdChanged, { subject: householdId, payload: { ...one, householdId } });
  }
  return { state: 'applied' };
}

/**
 * What the registry says now, against what it said when the change was proposed. A field that meanwhile has the proposed
 * value stands in nobody's way.
 */
export async function compareWithRegistry(row: ChangeRow, examine: () => Promise<FieldChange[]>): Promise<{ meanwhile: FieldChange[]; problems: string[] }> {
  let now: FieldChange[];
  try {
    now = await examine();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error;
    return { meanwhile: [], problems: error.fields?.map(({ message }) => message) ?? [error.detail ?? ''] };
  }
  const current = new Map(now.map((field) => [field.key, field]));
  return { meanwhile: baseOf(row).flatMap((field) => {
    const found = current.get(field.key);
    return found && !sameValue(found.before, field.before) && !sameValue(found.before, field.after) ? [found] : [];
  }), problems: [] };
}

