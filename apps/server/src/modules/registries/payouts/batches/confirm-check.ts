import type { BodyOf, confirmPayoutCheck as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { getBatch, requireState } from './batch-store.ts';

/** Ends the checking: lines that a person decided to hold stay behind, everything else goes on, decided or not. */
export async function confirmCheck(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'payout.check', command, async (trx) => {
    const batch = await getBatch(trx, id, { lock: true });
    authorize(actor, 'payout.check', { regionCode: batch.region_code });
    requireState(batch, 'draft');
    if (batch.made_by === actor.accountId) throw new AppError('conflict-of-interest', '编制批次的人不能复核，须由另一人复核。');
    if (batch.examined_on === null) throw new AppError('wrong-state', '请先运行发放前核查。');
    const held = await sql`
      UPDATE payouts.line l SET state = 'held', held_until = p.until
      FROM (SELECT line_id, max(hold_until) AS until FROM payouts.proposal WHERE batch_id = ${id} AND decision = 'hold' GROUP BY 1) p WHERE l.id = p.line_id`.execute(trx);
    if (Number(held.numAffectedRows ?? 0) === batch.line_count) throw new AppError('wrong-state', '所有明细都已缓发，没有可以发放的；请撤回批次。');
    await sql`UPDATE payouts.batch SET state = 'checked', checked_by = ${actor.accountId}, checked_by_name = ${actor.displayName}, checked_at = now() WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'payout.check', objectKind: 'payout-batch', objectId: id, regionCode: batch.region_code, details: { held: Number(held.numAffectedRows ?? 0) } });
    return { ok: true as const };
  });
}
