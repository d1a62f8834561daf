import type { BodyOf, answerChange as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { findHousehold } from '../household-store.ts';
import { sameValue } from './change-kind.ts';
import { kindOf } from './change-kinds.ts';
import { changeWorkflow } from './change-procedure.ts';
import { changeOf, findChange, sealed, type ChangeRow, type ChangeState } from './change-request-store.ts';
import { moveChange } from './decide-change.ts';

/** Only who proposed withdraws; who decides may put a proposal anew too, but then somebody else approves it. */
export function mayAnswer(actor: Actor, row: ChangeRow, action: 'rebase' | 'withdraw'): boolean {
  return row.proposed_by === actor.accountId || (action === 'rebase' && row.approver_roles.some((role) => actor.roles.includes(role)));
}

/** A proposal in conflict is put anew upon what the registry says now, or taken back. */
export async function answerChange(actor: Actor, id: string, command: BodyOf<typeof endpoint>): Promise<{ state: ChangeState }> {
  return runCommand(actor, 'change.answer', { ...command, id } as typeof command, async (trx) => {
    const row = await findChange(trx, id, { lock: true });
    if (!row) throw new AppError('not-found');
    authorize(actor, 'household.propose', { regionCode: row.responsible_region_code });
    if (actor.ownHouseholds.includes(row.household_id)) throw new AppError('conflict-of-interest');
    if (!mayAnswer(actor, row, command.action)) throw new AppError('not-permitted', '只有提出人可以撤回。');
    if (command.expectedVersion !== undefined && command.expectedVersion !== row.version) throw new AppError('version-conflict');
    const transition = changeWorkflow(row.workflow_code).find(row.state, command.action);
    if (!transition) throw new AppError('wrong-state');
    if (transition.reasonRequired && command.reason.length < 2) throw new AppError('request-invalid', undefined, { fields: [{ path: 'reason', message: '请填写理由。' }] });
    const to = transition.to as ChangeState;
    if (command.action === 'withdraw') {
      await moveChange(trx, actor, row, { action: 'withdraw', to, reason: command.reason });
      return { state: to };
    }
    await sql`SELECT 1 FROM households.household WHERE id = ${row.household_id} FOR UPDATE`.execute(trx);
    const household = await findHousehold(trx, row.household_id);
    if (!household) throw new AppError('not-found');
    const change = changeOf(row);
    const fields = (await kindOf(change).examine({ trx, actor, household, effectiveOn: row.effective_on }, change)).filter(({ before, after }) => !sameValue(before, after));
    if (fields.length === 0) throw new AppError('wrong-state', '登记的就是这样，没有可以变更的。');
    await moveChange(trx, actor, row, { action: 'rebase', to, reason: command.reason }, { base_enc: sealed(fields), field_keys: fields.map(({ key }) => key), conflict_enc: null, household_version: household.version, rebased_by: actor.accountId });
    return { state: to };
  });
}
