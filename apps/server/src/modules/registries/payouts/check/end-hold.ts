import type { BodyOf, endPayoutHold as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { getBatch, requireState, type BatchRow } from '../batches/batch-store.ts';
import { fitsEnvelope } from '../batches/envelope.ts';
import { findHoldNotice, withdrawHoldNotices, type HoldNoticeRow } from './hold-notice-store.ts';

/** A checker who sees that a hold was not needed ends it; whoever decided it may do so too. */
export async function endHold(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'payout.end-hold', command, async (trx) => {
    await endHoldWithin(trx, actor, { noticeId: id, reason: command.reason, objectionNumber: null });
    return { ok: true as const };
  });
}

/**
 * Ends what one notice holds, and tells the household. Where no other doubt holds the payment, it goes with its batch if
 * that is not approved yet, and is due to be issued again today if it is.
 */
export async function endHoldWithin(trx: Trx, actor: Actor, end: { noticeId: string; reason: string; objectionNumber: string | null }): Promise<void> {
  const found = await findHoldNotice(trx, end.noticeId);
  if (!found) throw new AppError('not-found');
  const batch = await getBatch(trx, found.batch_id, { lock: true });
  authorize(actor, 'payout.check', { regionCode: batch.region_code });
  // what the lock waited for may have ended it
  const notice = (await findHoldNotice(trx, end.noticeId))!;
  if (batch.made_by === actor.accountId) throw new AppError('conflict-of-interest', '编制批次的人不能复核，须由另一人复核。');
  if (actor.ownHouseholds.includes(notice.household_id)) throw new AppError('conflict-of-interest');
  if (notice.withdrawn_at !== null) throw new AppError('wrong-state', '这份告知书已经撤销，不再缓发。');
  requireState(batch, 'draft', 'checked', 'approved', 'sent', 'settled');
  await withdrawHoldNotices(trx, { proposalId: notice.proposal_id });
  await sql`
    INSERT INTO payouts.hold_end (county_code, id, number, notice_id, batch_id, line_id, household_id, region_code, reason, objection_number, ended_by, ended_by_name)
    SELECT county_code, ${newId()}, 'JH-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('payouts.hold_end_number')::text, 6, '0'), id, batch_id, line_id, household_id, region_code, ${end.reason}, ${end.objectionNumber}, ${actor.accountId}, ${actor.displayName}
    FROM payouts.hold_notice WHERE id = ${notice.id}`.execute(trx);
  if (batch.state === 'draft')
    await sql`UPDATE payouts.proposal SET decision = 'pay', reason = ${end.reason}, legal_basis = NULL, hold_days = NULL, hold_until = NULL, decided_by = ${actor.accountId}, decided_by_name = ${actor.displayName}, decided_at = now() WHERE id = ${notice.proposal_id}`.execute(trx);
  else await releaseLine(trx, batch, notice);
  await recordAudit(trx, actor, { action: 'payout.end-hold', objectKind: 'payout-notice', objectId: notice.id, householdId: notice.household_id, regionCode: notice.region_code, reason: end.reason, details: { afterObjection: end.objectionNumber !== null } });
}

async function releaseLine(trx: Trx, batch: BatchRow, notice: HoldNoticeRow): Promise<void> {
  const { rows } = await sql<{ until: string | null; amount_fen: number; state: string }>`
    SELECT l.amount_fen, l.state, (SELECT max(n.hold_until) FROM payouts.hold_notice n WHERE n.line_id = l.id AND n.withdrawn_at IS NULL) AS until FROM payouts.line l WHERE l.id = ${notice.line_id}`.execute(trx);
  const line = rows[0]!;
  if (line.state !== 'held') throw new AppError('wrong-state', '这笔钱已经不在缓发，请刷新后查看。');
  // another doubt about the same payment still stands
  if (line.until !== null) await sql`UPDATE payouts.line SET held_until = ${line.until} WHERE id = ${notice.line_id}`.execute(trx);
  else if (batch.state === 'checked' && (await fitsEnvelope(trx, batch.plan_id, line.amount_fen))) await sql`UPDATE payouts.line SET state = 'listed', held_until = NULL WHERE id = ${notice.line_id}`.execute(trx);
  else await sql`UPDATE payouts.line SET held_until = least(held_until, ${today()}::date) WHERE id = ${notice.line_id}`.execute(trx);
}

/** The notice of a hold that a household objects to and who competently answers: a checker of the batch's division. */
export async function authorizeHoldAnswer(trx: Trx, actor: Actor, noticeId: string): Promise<{ holds: boolean }> {
  const notice = await findHoldNotice(trx, noticeId);
  if (!notice) throw new AppError('not-found');
  const { rows } = await sql<{ region_code: string; state: string }>`SELECT b.region_code, l.state FROM payouts.line l JOIN payouts.batch b ON b.id = l.batch_id WHERE l.id = ${notice.line_id}`.execute(trx);
  authorize(actor, 'payout.check', { regionCode: rows[0]!.region_code });
  return { holds: notice.withdrawn_at === null && (rows[0]!.state === 'held' || rows[0]!.state === 'listed') };
}
