import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { LedgerAccount, PostingKind } from './accounts.ts';
import { postTransaction } from './post-transaction.ts';

export interface PostedTransaction {
  id: string;
  kind: PostingKind;
  bookCode: string;
  otherBookCode: string | null;
  day: string;
  lineCount: number;
  summary: string;
  reversesId: string | null;
}

export async function getPostedTransaction(trx: Trx, id: string): Promise<PostedTransaction> {
  const row = await trx.selectFrom('funds.ledger_transaction').select(['id', 'kind', 'book_code', 'other_book_code', 'day', 'line_count', 'summary', 'reverses_id']).where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found');
  return { id: row.id, kind: row.kind as PostingKind, bookCode: row.book_code, otherBookCode: row.other_book_code, day: row.day, lineCount: row.line_count, summary: row.summary, reversesId: row.reverses_id };
}

export interface Posting {
  day: string;
  reversed: boolean;
}

/** On which day each was posted, and whether somebody has taken it back since. */
export async function listPostings(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, Posting>> {
  const { rows } = await sql<Posting & { id: string }>`
    SELECT t.id, t.day, EXISTS (SELECT 1 FROM funds.ledger_transaction r WHERE r.reverses_id = t.id) AS reversed FROM funds.ledger_transaction t WHERE t.id = ANY (${[...new Set(ids)]}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, ...posting }) => [id, posting]));
}

/** Mirrors a posting line by line, once, with a reason. Refused where the money has already moved on. */
export async function reversePosting(trx: Trx, actor: Actor, posted: PostedTransaction, reversal: { day: string; reason: string }): Promise<string> {
  if (posted.kind === 'reversal') throw new AppError('wrong-state', '冲销凭证本身不能再冲销；如需恢复，请重新办理原业务。');
  const { rows } = await sql<{ book_code: string; account_code: LedgerAccount; indicator_id: string; fund_code: string; fiscal_year: number; plan_id: string | null; project_id: string | null; household_id: string | null; amount_fen: number }>`
    SELECT book_code, account_code, indicator_id, fund_code, fiscal_year, plan_id, project_id, household_id, amount_fen FROM funds.ledger_line
    WHERE transaction_id = ${posted.id} ORDER BY line_number`.execute(trx);
  // Lines of a book outside the actor's region are not seen; half a mirror would be refused by the database anyway.
  if (rows.length !== posted.lineCount) throw new AppError('outside-region');
  return postTransaction(trx, actor, {
    kind: 'reversal',
    businessKey: `reversal:${posted.id}`,
    bookCode: posted.bookCode,
    otherBookCode: posted.otherBookCode,
    day: reversal.day,
    summary: posted.summary,
    lines: rows.map((row) => ({ bookCode: row.book_code, account: row.account_code, indicatorId: row.indicator_id, fundCode: row.fund_code, fiscalYear: row.fiscal_year, planId: row.plan_id, projectId: row.project_id, householdId: row.household_id, amountFen: -row.amount_fen })),
    reverses: { id: posted.id, reason: reversal.reason },
  });
}
