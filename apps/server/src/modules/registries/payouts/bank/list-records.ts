import type { BankOutcome, QueryOf, ResponseOf, listBankRecords as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { getBatch } from '../batches/batch-store.ts';

export async function listBankRecords(actor: Actor, batchId: string, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'payout.read');
  return inTransaction(actor, async (trx) => {
    await getBatch(trx, batchId);
    const where = sql`r.batch_id = ${batchId} ${query.outcome ? sql`AND r.outcome = ${query.outcome}` : sql``}`;
    const after = readCursor(query.cursor);
    const { rows } = await sql<{ file_id: string; ordinal: number; reference: string; line: number | null; outcome: BankOutcome; amount_fen: number; bank_code: string; bank_text: string; day: string }>`
      SELECT r.*, l.ordinal AS line FROM payouts.bank_record r LEFT JOIN payouts.line l ON l.id = r.line_id
      WHERE ${where} ${after ? sql`AND (r.file_id, r.ordinal) > (${after[0]}::uuid, ${after[1]}::int)` : sql``} ORDER BY r.file_id, r.ordinal LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM payouts.bank_record r WHERE ${where}`.execute(trx);
    return page(rows, query.limit, (row) => [row.file_id, row.ordinal], count.rows[0]!.count, (row) => ({ fileId: row.file_id, ordinal: row.ordinal, reference: row.reference, line: row.line, outcome: row.outcome, amountFen: row.amount_fen, bankCode: row.bank_code, bankText: row.bank_text, day: row.day }));
  });
}
