import type { BodyOf, withdrawPayoutBatch as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { withdrawHoldNotices } from '../check/hold-notice-store.ts';
import { getBatch, requireState } from './batch-store.ts';

/** Takes back what has not gone to the bank. Its months can be listed again; lines it re-issued return to the work list. */
export async function withdrawBatch(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'payout.withdraw', command, async (trx) => {
    const batch = await getBatch(trx, id, { lock: true });
    authorize(actor, 'payout.prepare', { regionCode: batch.region_code });
    requireState(batch, 'draft', 'checked', 'approved');
    await sql`UPDATE payouts.batch SET state = 'withdrawn', withdrawn_reason = ${command.reason} WHERE id = ${id}`.execute(trx);
    await sql`UPDATE payouts.line o SET state = CASE WHEN o.held_until IS NULL THEN 'failed' ELSE 'held' END FROM payouts.line l WHERE l.batch_id = ${id} AND o.id = l.reissues_id AND o.state = 're-issued'`.execute(trx);
    await sql`UPDATE payouts.line SET state = 'withdrawn' WHERE batch_id = ${id}`.execute(trx);
    await withdrawHoldNotices(trx, { batchId: id });
    await sql`DELETE FROM payouts.claim WHERE batch_id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'payout.withdraw', objectKind: 'payout-batch', objectId: id, regionCode: batch.region_code, reason: command.reason });
    return { ok: true as const };
  });
}
