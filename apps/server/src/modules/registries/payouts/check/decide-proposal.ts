import type { BodyOf, decidePayoutProposal as endpoint } from '@sunlit/api-spec';
import { addDays } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findStaffPhone } from '#modules/organisation/index.ts';
import { getBatch, requireState } from '../batches/batch-store.ts';
import { longestHoldCode, longestHoldSchema } from '../payout-policy-kinds.ts';
import { insertHoldNotice, withdrawHoldNotices } from './hold-notice-store.ts';

const refused = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** How long a payment may be held at most, where that is set. */
export async function findLongestHold(trx: Trx, regionCode: string, on: string): Promise<number | null> {
  return (await findPolicy(trx, longestHoldCode, regionCode, on, longestHoldSchema))?.value ?? null;
}

function noPhone(): never {
  throw refused('contactPhone', '告知书要写明有事请打哪个电话；您的账号没有登记电话，请填写。');
}

/** A named checker, never the maker, never about their own household, and before the day of payment. A hold writes its notice to the household. */
export async function decideProposal(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'payout.decide', command, async (trx) => {
    const { rows } = await sql<{ batch_id: string; line_id: string; county_code: string; household_id: string; region_code: string; doubt: string }>`
      SELECT p.batch_id, p.line_id, l.county_code, l.household_id, l.region_code, p.doubt FROM payouts.proposal p JOIN payouts.line l ON l.id = p.line_id WHERE p.id = ${id}`.execute(trx);
    const proposal = rows[0];
    if (!proposal) throw new AppError('not-found');
    authorize(actor, 'payout.check', { regionCode: proposal.region_code });
    const batch = await getBatch(trx, proposal.batch_id, { lock: true });
    requireState(batch, 'draft');
    if (batch.made_by === actor.accountId) throw new AppError('conflict-of-interest', '编制批次的人不能复核，须由另一人复核。');
    if (actor.ownHouseholds.includes(proposal.household_id)) throw new AppError('conflict-of-interest');
    if (today() > batch.pay_day) throw new AppError('wrong-state', '发放日已过，未决定的明细照常发放，不能再缓发。');
    if (command.decision === 'hold') {
      const longest = await findLongestHold(trx, batch.region_code, today());
      if (longest === null) throw new AppError('wrong-state', '没有“缓发最长天数”这项政策参数，不能缓发。');
      if (command.holdDays! > longest) throw refused('holdDays', `缓发最长 ${longest} 天。`);
    }
    const hold = command.decision === 'hold';
    const until = hold ? addDays(today(), command.holdDays!) : null;
    await withdrawHoldNotices(trx, { proposalId: id });
    if (until !== null)
      await insertHoldNotice(trx, {
        proposalId: id,
        line: { ...proposal, id: proposal.line_id },
        reason: command.reason,
        legalBasis: command.legalBasis!,
        until,
        decidedBy: actor.accountId,
        contact: { name: actor.displayName, phone: command.contactPhone ?? (await findStaffPhone(trx, actor.accountId)) ?? noPhone() },
      });
    await sql`UPDATE payouts.proposal SET decision = ${command.decision}, reason = ${command.reason}, legal_basis = ${hold ? command.legalBasis! : null}, hold_days = ${hold ? command.holdDays! : null}, hold_until = ${until}::date,
      decided_by = ${actor.accountId}, decided_by_name = ${actor.displayName}, decided_at = now() WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'payout.decide', objectKind: 'payout-proposal', objectId: id, householdId: proposal.household_id, regionCode: proposal.region_code, reason: command.reason, details: { doubt: proposal.doubt, decision: command.decision, days: hold ? command.holdDays! : null } });
    return { ok: true as const };
  });
}
