import type { BodyOf, approvePayoutBatch as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { getBatch, requireState } from './batch-store.ts';

/** The third person: neither made the batch, nor checked it, nor decided any of its lines. */
export async function approveBatch(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'payout.approve', command, async (trx) => {
    const batch = await getBatch(trx, id, { lock: true });
    authorize(actor, 'payout.approve', { regionCode: batch.region_code });
    requireState(batch, 'checked');
    const decided = await sql`SELECT 1 FROM payouts.proposal WHERE batch_id = ${id} AND decided_by = ${actor.accountId} UNION ALL SELECT 1 FROM payouts.hold_end WHERE batch_id = ${id} AND ended_by = ${actor.accountId} LIMIT 1`.execute(trx);
    if (batch.made_by === actor.accountId || batch.checked_by === actor.accountId || decided.rows.length > 0) throw new AppError('conflict-of-interest', '编制、复核、批准须由三个不同的人办理。');
    await sql`UPDATE payouts.batch SET state = 'approved', approved_by = ${actor.accountId}, approved_by_name = ${actor.displayName}, approved_at = now() WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'payout.approve', objectKind: 'payout-batch', objectId: id, regionCode: batch.region_code, details: { amountFen: batch.total_fen } });
    return { ok: true as const };
  });
}
