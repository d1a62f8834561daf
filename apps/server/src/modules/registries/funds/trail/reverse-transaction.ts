import type { BodyOf, reverseTransaction as endpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { getPostedTransaction, reversePosting, type PostedTransaction } from '../ledger/reverse-posting.ts';
import { requireNotBefore, requireNotFuture } from './trail-policy.ts';

/** Reverses a posting and sets what it stood for back with it. Money that has moved on since is a refusal of the ledger. */
export async function reverseTransaction(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ id: string }> {
  const command = { ...body, id };
  return runCommand(actor, 'fund.reverse', command, (trx) => reverseWithin(trx, actor, command));
}

/** The same within a command of another module. */
export async function reverseWithin(trx: Trx, actor: Actor, command: { id: string; day: string; reason: string }): Promise<{ id: string }> {
  const { id } = command;
  const posted = await getPostedTransaction(trx, id);
  authorize(actor, 'fund.reverse', { regionCode: posted.bookCode });
  requireNotFuture('day', command.day, today());
  requireNotBefore('day', command.day, posted.day, '原凭证日期');
  await setBack(trx, posted);
  const reversalId = await reversePosting(trx, actor, posted, { day: command.day, reason: command.reason });
  await recordAudit(trx, actor, { action: 'fund.reverse', objectKind: 'ledger-transaction', objectId: reversalId, regionCode: posted.bookCode, reason: command.reason, details: { reverses: id, kind: posted.kind } });
  return { id: reversalId };
}

async function setBack(trx: Trx, posted: PostedTransaction): Promise<void> {
  switch (posted.kind) {
    case 'source': {
      const row = await trx.updateTable('funds.indicator').set({ state: 'withdrawn' }).where('transaction_id', '=', posted.id).returning(['document_id', 'amount_fen']).executeTakeFirst();
      if (row?.document_id) await trx.updateTable('funds.source_document').set((eb) => ({ indicated_fen: eb('indicated_fen', '-', row.amount_fen) })).where('id', '=', row.document_id).execute();
      return;
    }
    case 'allocation':
    case 'carry-over':
      await trx.updateTable('funds.indicator').set({ state: 'withdrawn' }).where('transaction_id', '=', posted.id).execute();
      return;
    case 'arrival':
      await trx.updateTable('funds.indicator').set({ state: 'in-transit', arrived_on: null, clock_from: null, arrival_transaction_id: null, arrived_by: null, arrived_by_name: null }).where('arrival_transaction_id', '=', posted.id).execute();
      return;
    case 'plan':
      await trx.updateTable('funds.plan').set({ state: 'cancelled' }).where('transaction_id', '=', posted.id).execute();
      return;
    case 'payment':
      await trx.updateTable('funds.payment').set({ state: 'reversed' }).where('transaction_id', '=', posted.id).execute();
      return;
    case 'recall':
    case 'reversal':
      return;
  }
}
