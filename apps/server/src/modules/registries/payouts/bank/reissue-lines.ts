import type { BodyOf, ResponseOf, reissuePayoutLines as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { listEntitledEnrolments } from '#modules/registries/households/index.ts';
import { getBatch, insertLines, listBatchLines, requireState, type NewLine } from '../batches/batch-store.ts';
import { insertBatch, lineOf } from '../batches/create-batch.ts';
import { entitlementOf } from '../entitlements/entitlement-list.ts';

/**
 * A new batch of what failed or whose hold has ended, for the same month and amount, to the account as it is now. It goes
 * through check and approval like any other. Who still cannot be paid stays on the work list.
 */
export async function reissueLines(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  const command = { ...body, id };
  return runCommand(actor, 'payout.reissue', command, async (trx) => {
    const batch = await getBatch(trx, id, { lock: true });
    authorize(actor, 'payout.prepare', { regionCode: batch.region_code });
    // before the file has gone a batch can still be withdrawn, with everything in it
    requireState(batch, 'sent', 'settled');
    const day = today();
    if (command.payDay < day) throw new AppError('request-invalid', undefined, { fields: [{ path: 'payDay', message: `不能早于今天（${day}）。` }] });
    // a held payment is due again when its term ends, and not before
    const due = (await listBatchLines(trx, id)).filter((line) => line.state === 'failed' || (line.state === 'held' && line.held_until! <= day));
    const enrolments = new Map((await listEntitledEnrolments(trx, { programmeCode: batch.programme_code, regionCode: batch.region_code, asOf: batch.as_of, enrolmentIds: due.map((line) => line.enrolment_id) })).map((row) => [row.enrolment_id, row]));
    const again = due.flatMap((line) => {
      const enrolment = enrolments.get(line.enrolment_id);
      const entitlement = enrolment && entitlementOf(enrolment, batch.standard, batch.months, new Set());
      return entitlement?.obstacle === null ? [{ line, entitlement: { ...entitlement, units: line.units, amountFen: line.amount_fen } }] : [];
    });
    if (again.length === 0) throw new AppError('wrong-state', '没有可以重新发放的明细；请先更正账号等登记信息。');
    const sums = { lines: again.length, households: new Set(again.map(({ line }) => line.household_id)).size, totalFen: again.reduce((sum, { line }) => sum + line.amount_fen, 0) };
    const made = await insertBatch(trx, actor, { kind: 're-issue', planId: command.planId, programmeCode: batch.programme_code, month: batch.month, months: batch.months, regionCode: batch.region_code, asOf: batch.as_of, payDay: command.payDay, standard: batch.standard, sums });
    await insertLines(trx, again.map(({ line, entitlement }, index): NewLine => lineOf(made.id, index + 1, entitlement, batch.standard, batch.months, line.id)));
    await sql`UPDATE payouts.line SET state = 're-issued' WHERE id = ANY (${again.map(({ line }) => line.id)}::uuid[])`.execute(trx);
    await recordAudit(trx, actor, { action: 'payout.reissue', objectKind: 'payout-batch', objectId: made.id, regionCode: batch.region_code, details: { of: id, lines: again.length, amountFen: made.totalFen } });
    return { id: made.id, number: made.number, lines: again.length, totalFen: made.totalFen, leftOut: due.length - again.length };
  });
}
