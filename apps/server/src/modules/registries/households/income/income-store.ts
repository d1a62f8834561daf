import { sql } from 'kysely';
import { today } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { incomeKinds, type IncomeAmounts, type IncomeKind } from './net-income.ts';

export interface StatementRow {
  id: string;
  year: number;
  source: string;
  wage_fen: number;
  business_fen: number;
  property_fen: number;
  transfer_fen: number;
  cost_fen: number;
  medical_fen: number;
  insurance_fen: number;
  per_capita_fen: number | null;
  rank: number;
  observed_on: string | null;
  recorded_at: Date;
  recorded_by_name: string | null;
}

export interface Statement extends IncomeAmounts {
  row: StatementRow;
}

/** What every source said of every year, as known at a moment: the newest year first, the source that speaks first before the others. */
export async function listStatements(trx: Trx, householdId: string, knownAt: Date): Promise<Statement[]> {
  const { rows } = await sql<StatementRow>`
    SELECT * FROM households.income WHERE household_id = ${householdId} AND recorded_at <= ${knownAt} AND (superseded_at IS NULL OR superseded_at > ${knownAt}) ORDER BY year DESC, rank, source`.execute(trx);
  const { rows: items } = await sql<{ income_id: string; item: string; fen: number }>`SELECT income_id, item_code AS item, amount_fen AS fen FROM households.income_item WHERE income_id = ANY (${rows.map(({ id }) => id)}::uuid[]) ORDER BY item_code`.execute(trx);
  const own = Map.groupBy(items, (item) => item.income_id);
  return rows.map((row) => ({
    row,
    totals: Object.fromEntries(incomeKinds.map((kind) => [kind, Number(row[`${kind}_fen`])])) as Record<IncomeKind, number>,
    items: (own.get(row.id) ?? []).map(({ item, fen }) => ({ item, fen: Number(fen) })),
  }));
}

/** Members at the end of an accounting year; of a household that came into the registry later, its members of today. */
export async function countMembersOf(trx: Trx, householdId: string, periodEnd: string): Promise<{ members: number; on: string }> {
  const on = periodEnd < today() ? periodEnd : today();
  const members = await countMembers(trx, householdId, on);
  return members > 0 ? { members, on } : { members: await countMembers(trx, householdId, today()), on: today() };
}

async function countMembers(trx: Trx, householdId: string, on: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(DISTINCT person_id)::int AS count FROM households.membership WHERE household_id = ${householdId} AND superseded_at IS NULL AND valid_from <= ${on}::date AND (valid_to IS NULL OR valid_to > ${on}::date)`.execute(trx);
  return rows[0]!.count;
}
