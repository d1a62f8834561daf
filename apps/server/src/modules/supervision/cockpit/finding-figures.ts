import { ancestorsOf, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

export interface FindingFigures {
  regionCode: string;
  open: number;
  overdue: number;
  decided: number;
  confirmed: number;
  owed: number;
}

/**
 * Released findings per division. Open: nobody has decided yet. Owed: help that a household should receive and does not,
 * open or confirmed and not yet closed. `digits` is how many digits of the code tell divisions apart.
 */
export async function countFindingsByRegion(trx: Trx, within: string, digits: number, today: string): Promise<FindingFigures[]> {
  const range = regionRange(within);
  const { rows } = await sql<{ region: string } & Omit<FindingFigures, 'regionCode'>>`
    SELECT rpad(left(responsible_region_code, ${digits}::int), 12, '0') AS region,
      count(*) FILTER (WHERE decided_at IS NULL AND state <> 'closed') AS open,
      count(*) FILTER (WHERE due_on < ${today}::date AND state <> 'closed') AS overdue,
      count(*) FILTER (WHERE decided_at IS NOT NULL) AS decided,
      count(*) FILTER (WHERE outcome = 'confirmed') AS confirmed,
      count(*) FILTER (WHERE direction = 'should-receive-but-does-not' AND state <> 'closed' AND (outcome IS NULL OR outcome = 'confirmed')) AS owed
    FROM supervision.finding WHERE released_at IS NOT NULL AND responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to}
    GROUP BY 1`.execute(trx);
  return rows.map(({ region, ...figures }) => ({ regionCode: region, ...figures }));
}

/** Households with a finding, open or confirmed, that says they may receive what they should not. */
export async function listHouseholdsInDoubt(trx: Trx, within: string): Promise<string[]> {
  const range = regionRange(within);
  const { rows } = await sql<{ household_id: string }>`
    SELECT DISTINCT household_id FROM supervision.finding
    WHERE released_at IS NOT NULL AND household_id IS NOT NULL AND direction = 'receives-but-should-not' AND state <> 'closed' AND (outcome IS NULL OR outcome = 'confirmed')
      AND responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to}`.execute(trx);
  return rows.map((row) => row.household_id);
}

export interface MonthlyShare {
  month: string;
  settled: number;
  all: number;
}

/** Of the confirmed findings decided in each month: how many have been followed up or closed. */
export async function settledByMonth(trx: Trx, within: string, rules: readonly string[] | undefined, direction: string | undefined, months: readonly string[]): Promise<MonthlyShare[]> {
  const range = regionRange(within);
  const { rows } = await sql<{ month: string; settled: number; all: number }>`
    SELECT to_char(decided_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, count(*) FILTER (WHERE state IN ('followed-up', 'closed')) AS settled, count(*) AS all
    FROM supervision.finding WHERE released_at IS NOT NULL AND outcome = 'confirmed' AND responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to}
      ${rules ? sql`AND rule_code = ANY (${[...rules]})` : sql``} ${direction ? sql`AND direction = ${direction}` : sql``}
    GROUP BY 1`.execute(trx);
  const known = new Map(rows.map((row) => [row.month, row]));
  return months.map((month) => known.get(month) ?? { month, settled: 0, all: 0 });
}

export interface PublishableFindings {
  regionCode: string;
  open: number;
  owed: number;
  notEntitled: number;
  cleared: number;
}

/** Released findings per town in kinds that do not overlap; none about officials, whose matter is discipline's to publish. */
export async function countPublishableFindings(trx: Trx): Promise<PublishableFindings[]> {
  const { rows } = await sql<{ region: string } & Omit<PublishableFindings, 'regionCode'>>`
    SELECT rpad(left(responsible_region_code, 9), 12, '0') AS region,
      count(*) FILTER (WHERE decided_at IS NULL AND state <> 'closed')::int AS open,
      count(*) FILTER (WHERE outcome = 'confirmed' AND direction = 'should-receive-but-does-not')::int AS owed,
      count(*) FILTER (WHERE outcome = 'confirmed' AND direction = 'receives-but-should-not')::int AS "notEntitled",
      count(*) FILTER (WHERE outcome IN ('excused', 'wrong-data'))::int AS cleared
    FROM supervision.finding WHERE released_at IS NOT NULL AND visibility = 'ordinary' GROUP BY 1`.execute(trx);
  return rows.map(({ region, ...figures }) => ({ regionCode: region, ...figures }));
}

/** The day up to which the newest released cross-check looked; null when none was released. */
export async function newestReleasedDay(trx: Trx): Promise<string | null> {
  const { rows } = await sql<{ as_of: string | null }>`
    SELECT max(r.as_of) AS as_of FROM supervision.run r WHERE EXISTS (SELECT 1 FROM supervision.run_rule x WHERE x.run_id = r.id AND x.released_at IS NOT NULL)`.execute(trx);
  return rows[0]?.as_of ?? null;
}

export interface RunFigures {
  id: string;
  asOf: string;
  hits: number;
}

/** Cross-checks that ran to their end over the whole division, one per day looked at, with what they found in it. */
export async function listRunFigures(trx: Trx, within: string, count: number): Promise<RunFigures[]> {
  const range = regionRange(within);
  const { rows } = await sql<RunFigures>`
    SELECT DISTINCT ON (r.as_of) r.id, r.as_of AS "asOf",
      (SELECT coalesce(sum(c.hits), 0)::int FROM supervision.run_count c WHERE c.run_id = r.id AND c.region_code >= ${range.from} AND c.region_code < ${range.to}) AS hits
    FROM supervision.run r WHERE r.state IN ('draft', 'released') AND r.region_code = ANY (${[...ancestorsOf(within), within]})
    ORDER BY r.as_of DESC, r.started_at DESC LIMIT ${count}`.execute(trx);
  return rows;
}
