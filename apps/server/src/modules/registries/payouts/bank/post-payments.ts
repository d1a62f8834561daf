import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { payPlanWithin, reverseWithin, type Posting } from '#modules/registries/funds/index.ts';
import type { BatchRow, LineRow } from '../batches/batch-store.ts';

async function pay(trx: Trx, actor: Actor, batch: BatchRow, voucherNumber: string, lines: readonly LineRow[], paidOn: string): Promise<void> {
  if (lines.length === 0) return;
  const households = [...Map.groupBy(lines, (line) => line.household_id)].map(([householdId, own]) => ({ householdId, amountFen: own.reduce((sum, line) => sum + line.amount_fen, 0) }));
  const { transactionId } = await payPlanWithin(trx, actor, { id: batch.plan_id, voucherNumber, payeeKind: 'household', households, amountFen: households.reduce((sum, one) => sum + one.amountFen, 0), paidOn });
  await sql`UPDATE payouts.line SET transaction_id = ${transactionId} WHERE id = ANY (${lines.map((line) => line.id)}::uuid[])`.execute(trx);
}

/**
 * Posts what the bank paid, the household on each line of the ledger. What came back is reversed: a posting is mirrored
 * whole, so the others of the same posting are posted again at once. What a person reversed before stays as they left it.
 */
export async function postPayments(trx: Trx, actor: Actor, batch: BatchRow, change: { voucher: string; paid: readonly LineRow[]; returned: readonly LineRow[]; postings: ReadonlyMap<string, Posting>; day: string; reason: string }): Promise<void> {
  const transactions = [...new Set(change.returned.flatMap((line) => line.transaction_id ?? []))];
  for (const [index, id] of transactions.entries()) {
    const posting = change.postings.get(id)!;
    // an answer that is dated before the posting it takes back is booked on the day of that
    const day = change.day > posting.day ? change.day : posting.day;
    if (!posting.reversed) await reverseWithin(trx, actor, { id, day, reason: change.reason });
    await sql`UPDATE payouts.line SET transaction_id = NULL WHERE transaction_id = ${id} AND id = ANY (${change.returned.map((line) => line.id)}::uuid[])`.execute(trx);
    if (posting.reversed) continue;
    const { rows } = await sql<LineRow>`SELECT * FROM payouts.line WHERE transaction_id = ${id}`.execute(trx);
    await pay(trx, actor, batch, `${change.voucher}-R${index + 1}`, rows, day);
  }
  await pay(trx, actor, batch, change.voucher, change.paid, change.day);
}
