import type { BodyOf, recordFollowUp as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { insertProcedure } from './open-procedure.ts';
import { getProcedureRow } from './procedure-store.ts';
import { requireDisinterest } from './require-disinterest.ts';

export interface FollowUpRow {
  id: string;
  due_on: string;
  done_on: string | null;
  result: 'stable' | 'new-risk' | null;
  note_enc: Buffer | null;
  by_name: string | null;
}

export async function listFollowUps(trx: Trx, procedureId: string): Promise<FollowUpRow[]> {
  const { rows } = await sql<FollowUpRow>`SELECT * FROM identification.follow_up WHERE procedure_id = ${procedureId} ORDER BY due_on`.execute(trx);
  return rows;
}

/** How things stand after an exit. A new risk opens a new procedure of its own at once. */
export async function recordFollowUp(actor: Actor, id: string, followUpId: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'identification.follow-up', { ...body, followUpId } as typeof body & { followUpId: string }, async (trx) => {
    const row = await getProcedureRow(trx, id, { lock: true });
    authorize(actor, 'identification.work', { regionCode: row.region_code });
    await requireDisinterest(trx, actor, row.household_id);
    const followUp = (await listFollowUps(trx, id)).find((one) => one.id === followUpId);
    if (!followUp) throw new AppError('not-found');
    if (followUp.done_on !== null) throw new AppError('wrong-state', '这次回访已经登记。');
    if (body.on > today()) throw new AppError('request-invalid', undefined, { fields: [{ path: 'on', message: '不能晚于今天。' }] });
    await sql`UPDATE identification.follow_up SET done_on = ${body.on}, result = ${body.result}, note_enc = ${encryptValue('case-form', body.note)}, by_id = ${actor.accountId}, by_name = ${actor.displayName} WHERE id = ${followUpId} AND procedure_id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'identification.follow-up', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id, details: { result: body.result } });
    if (body.result === 'new-risk' && row.household_id !== null) {
      await insertProcedure(trx, actor, { purpose: 'entry', regionCode: row.region_code, channel: 'visit', eventOn: body.on, told: body.note, householdId: row.household_id });
    }
    return { ok: true as const };
  });
}
