import type { BodyOf, RegistryChange, proposeChange as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { resolveHousehold, type HouseholdRow } from '../household-store.ts';
import { sameValue, type FieldChange } from './change-kind.ts';
import { kindOf } from './change-kinds.ts';
import { changeWorkflow, dueOn, getProcedure, type Procedure } from './change-procedure.ts';
import { insertChange, insertStep, sealed, type ChangeState } from './change-request-store.ts';
import { listOpenConflicts, type OpenConflict } from './open-conflicts.ts';

export interface ExaminedProposal {
  household: HouseholdRow;
  procedure: Procedure;
  fields: FieldChange[];
  conflicts: OpenConflict[];
}

/** What a proposal comes to, before anything is written: the same for a look ahead and for the proposal itself. */
export async function examineProposal(trx: Trx, actor: Actor, proposal: { householdId: string; effectiveOn: string; change: RegistryChange }): Promise<ExaminedProposal> {
  const household = await resolveHousehold(trx, proposal.householdId, today());
  if (!household) throw new AppError('not-found');
  if (household.ended_on !== null) throw new AppError('wrong-state', '这一户已经注销。');
  authorize(actor, 'household.propose', { regionCode: household.responsible_region_code });
  if (actor.ownHouseholds.includes(household.id)) throw new AppError('conflict-of-interest');
  const procedure = await getProcedure(trx, proposal.change.kind, household.responsible_region_code);
  if (!procedure.proposers.some((role) => actor.roles.includes(role))) throw new AppError('not-permitted', '您的岗位不能提出这类变更。');
  if (proposal.effectiveOn > today()) throw new AppError('request-invalid', undefined, { fields: [{ path: 'effectiveOn', message: '不能晚于今天。' }] });
  const fields = (await kindOf(proposal.change).examine({ trx, actor, household, effectiveOn: proposal.effectiveOn }, proposal.change)).filter(({ before, after }) => !sameValue(before, after));
  if (fields.length === 0) throw new AppError('request-invalid', '登记的就是这样，没有可以变更的。');
  const conflicts = await listOpenConflicts(trx, { householdId: household.id, regionCode: household.responsible_region_code, fields });
  return { household, procedure, fields, conflicts };
}

/** Puts a change forward. Nothing of it is in the registry until somebody else has approved it. */
export async function proposeChange(actor: Actor, command: BodyOf<typeof endpoint>): Promise<{ id: string; state: ChangeState }> {
  return runCommand(actor, 'change.propose', command, async (trx) => {
    // Two people who propose for one household at once see each other's proposal.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${command.householdId}, 727030))`.execute(trx);
    const { household, procedure, fields, conflicts } = await examineProposal(trx, actor, command);
    const blocking = conflicts.find(({ effect }) => effect === 'block');
    if (blocking) throw new AppError('already-exists', `同一项信息已有一份变更在办（${blocking.request.proposed_by_name} 提出），请等它办完。`);
    if (conflicts.some(({ effect }) => effect === 'warn') && !command.despiteConflict) throw new AppError('request-invalid', undefined, { fields: [{ path: 'despiteConflict', message: '此人另有一份变更在办，请说明为什么仍要提出。' }] });
    const workflow = changeWorkflow(procedure.workflow);
    const state = workflow.definition.initial as ChangeState;
    const row = {
      county_code: household.county_code,
      id: newId(),
      responsible_region_code: household.responsible_region_code,
      household_id: household.id,
      person_id: fields.find(({ personId }) => personId !== null)?.personId ?? null,
      kind: command.change.kind,
      state,
      effective_on: command.effectiveOn,
      reason: withoutPersonalData(command.reason),
      change_enc: sealed(command.change),
      base_enc: sealed(fields),
      field_keys: fields.map(({ key }) => key),
      workflow_code: procedure.workflow,
      verifier_roles: procedure.verifiers,
      approver_roles: procedure.approvers,
      household_version: household.version,
      proposed_by: actor.accountId,
      proposed_by_name: actor.displayName,
      due_on: await dueOn(trx, workflow, state),
    };
    await insertChange(trx, row);
    await insertStep(trx, actor, row, { action: 'propose', from: null, to: state, reason: command.reason });
    for (const { request, rule, effect } of conflicts) await insertStep(trx, actor, row, { action: `met-${rule}`, from: state, to: state, reason: effect === 'warn' ? (command.despiteConflict ?? '') : request.proposed_by_name });
    await recordAudit(trx, actor, { action: 'change.propose', objectKind: 'change-request', objectId: row.id, householdId: household.id, regionCode: household.responsible_region_code, reason: command.reason, details: { kind: command.change.kind } });
    return { id: row.id, state };
  });
}
