import { countyCodeOf, newId, requireFen } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { LedgerLine, PostingKind } from './accounts.ts';

export interface Posting {
  kind: PostingKind;
  /** what it is for, e.g. `payment:<id>`: the same business is never posted twice */
  businessKey: string;
  /** the book of whoever posts */
  bookCode: string;
  /** the receiver's book, when the posting reaches into another one */
  otherBookCode?: string | null;
  /** accounting day */
  day: string;
  summary: string;
  /** zero within each indicator */
  lines: readonly LedgerLine[];
  reverses?: { id: string; reason: string };
}

/**
 * Posts header and lines in one statement. The database checks the rest: zero within each indicator, nothing overdrawn,
 * no business posted twice, no book outside the actor's region.
 */
export async function postTransaction(trx: Trx, actor: Actor, posting: Posting): Promise<string> {
  const id = newId();
  const { lines } = posting;
  const county = countyCodeOf(posting.bookCode);
  const total = requireFen(lines.reduce((sum, line) => sum + Math.max(0, requireFen(line.amountFen)), 0));
  const other = posting.otherBookCode && posting.otherBookCode !== posting.bookCode ? posting.otherBookCode : null;
  try {
    await sql`
      WITH header AS (
        INSERT INTO funds.ledger_transaction (county_code, id, book_code, other_book_code, kind, business_key, day, line_count, total_fen, summary, reason, reverses_id, posted_by, posted_by_name)
        VALUES (${county}, ${id}, ${posting.bookCode}, ${other}, ${posting.kind}, ${posting.businessKey}, ${posting.day}, ${lines.length}, ${total}, ${posting.summary}, ${posting.reverses?.reason ?? null}, ${posting.reverses?.id ?? null}, ${actor.accountId}, ${actor.displayName}))
      INSERT INTO funds.ledger_line (county_code, transaction_id, line_number, book_code, account_code, indicator_id, fund_code, fiscal_year, plan_id, project_id, household_id, amount_fen)
      SELECT ${county}, ${id}, number, book, account, indicator, fund, year, plan, project, household, amount
      FROM unnest(${lines.map((line) => line.bookCode)}::text[], ${lines.map((line) => line.account)}::text[], ${lines.map((line) => line.indicatorId)}::uuid[], ${lines.map((line) => line.fundCode)}::text[],
        ${lines.map((line) => line.fiscalYear)}::smallint[], ${lines.map((line) => line.planId ?? null)}::uuid[], ${lines.map((line) => line.projectId ?? null)}::uuid[], ${lines.map((line) => line.householdId ?? null)}::uuid[],
        ${lines.map((line) => line.amountFen)}::bigint[]) WITH ORDINALITY AS t (book, account, indicator, fund, year, plan, project, household, amount, number)`.execute(trx);
  } catch (error) {
    throw ledgerProblem(error);
  }
  return id;
}

/** The refusals of the database in the product's words; anything else stays as it is. */
function ledgerProblem(error: unknown): unknown {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined;
  if (constraint === 'balance_never_overdrawn' || constraint === 'plan_never_overdrawn') return new AppError('funds-insufficient', undefined, { cause: error });
  if (constraint === 'ledger_business_key') return new AppError('already-exists', '这笔业务已经记过账，没有再记一次。', { cause: error });
  if (constraint === 'ledger_reversed_once') return new AppError('already-exists', '这笔账已经冲销过，不能再冲销一次。', { cause: error });
  return error;
}
