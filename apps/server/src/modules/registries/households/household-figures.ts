import { regionRange, type RegionCode } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

export interface HouseholdFigures {
  regionCode: RegionCode;
  households: number;
  persons: number;
}

/** Households and members per division with as many significant digits (4 city, 6 county, 9 town, 12 village). */
export async function countHouseholdsByRegion(trx: Trx, within: RegionCode, digits: number): Promise<HouseholdFigures[]> {
  const range = regionRange(within);
  const { rows } = await sql<{ region: string; households: number; persons: number }>`
    SELECT rpad(left(responsible_region_code, ${digits}::int), 12, '0') AS region, count(*) AS households, coalesce(sum(member_count), 0)::bigint AS persons
    FROM households.household WHERE ended_on IS NULL AND responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to}
    GROUP BY 1`.execute(trx);
  return rows.map((row) => ({ regionCode: row.region, households: row.households, persons: row.persons }));
}

export interface SupportFigures {
  /** households lifted out of poverty or monitored */
  supported: number;
  /** of these, with an income on record */
  withIncome: number;
  /** of these, at or above the line */
  aboveLine: number;
  /** villages where they live */
  villages: string[];
}

/** Households lifted or monitored, and how their income stands to a line (fen per head and year). */
export async function countSupportedHouseholds(trx: Trx, within: RegionCode, lineFen: number): Promise<SupportFigures> {
  const range = regionRange(within);
  const { rows } = await sql<{ region: string; supported: number; with_income: number; above_line: number }>`
    SELECT responsible_region_code AS region, count(*) AS supported, count(income_per_capita_fen) AS with_income, count(*) FILTER (WHERE income_per_capita_fen >= ${lineFen}) AS above_line
    FROM households.household WHERE ended_on IS NULL AND status_code <> 'ordinary' AND responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to}
    GROUP BY 1`.execute(trx);
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return { supported: sum((row) => row.supported), withIncome: sum((row) => row.with_income), aboveLine: sum((row) => row.above_line), villages: rows.map((row) => row.region) };
}

/** Households that receive something under a programme today; `among` narrows it to some of them. */
export async function countEnrolledHouseholds(trx: Trx, within: RegionCode, on: string, among?: readonly string[]): Promise<number> {
  const range = regionRange(within);
  const { rows } = await sql<{ count: number }>`
    SELECT count(DISTINCT household_id) AS count FROM households.enrolment WHERE superseded_at IS NULL AND valid_from <= ${on}::date AND (valid_to IS NULL OR valid_to > ${on}::date)
      AND responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to} ${among ? sql`AND household_id = ANY (${[...among]}::uuid[])` : sql``}`.execute(trx);
  return rows[0]?.count ?? 0;
}
