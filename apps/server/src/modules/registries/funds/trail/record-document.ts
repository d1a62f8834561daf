import type { BodyOf, recordSourceDocument as endpoint } from '@sunlit/api-spec';
import { countyCodeOf, newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { requireNotFuture } from './trail-policy.ts';

/** Records the paper by which money is given. The same number is recorded once per division. */
export async function recordSourceDocument(actor: Actor, command: BodyOf<typeof endpoint>): Promise<{ id: string }> {
  authorize(actor, 'fund.allocate', { regionCode: command.regionCode });
  requireNotFuture('issuedOn', command.issuedOn, today());
  return runCommand(actor, 'fund.document.record', command, async (trx) => {
    const id = newId();
    const inserted = await trx
      .insertInto('funds.source_document')
      .values({ county_code: countyCodeOf(command.regionCode), id, region_code: command.regionCode, number: command.number, title: command.title, issuer: command.issuer, issued_on: command.issuedOn, amount_fen: command.amountFen, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .onConflict((conflict) => conflict.constraint('source_document_number').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', `文号“${command.number}”已经登记过。`);
    await recordAudit(trx, actor, { action: 'fund.document.record', objectKind: 'source-document', objectId: id, regionCode: command.regionCode, details: { number: command.number, amountFen: command.amountFen } });
    return { id };
  });
}
