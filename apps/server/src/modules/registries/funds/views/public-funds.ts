import type { QueryOf, ResponseOf, getPublicFunds as endpoint } from '@sunlit/api-spec';
import { parentRegionOf, regionLevelOf, regionLevels, regionRange, type RegionLevel } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { fundCatalogue, fundTitle, purposeTitle } from '../fund-catalogue.ts';
import { withCode } from '../trail/trail-policy.ts';
import { balanceColumns, type BalanceColumns } from './indicator-rows.ts';
import { listFiscalYears } from './fund-summary.ts';

const digits: Record<RegionLevel, number> = { nation: 0, province: 2, city: 4, county: 6, town: 9, village: 12 };
const mostProjects = 50;

type PublicFunds = ResponseOf<typeof endpoint>;

/** Anybody may ask as often as they like; the sums are made once a minute. */
const keepMilliseconds = 60_000;
const mostKept = 500;
const kept = new Map<string, { at: number; funds: Promise<PublicFunds> }>();

/**
 * What anybody may know: money by fund and by division, never below the town, and what the projects cost. What was paid to
 * households is told apart, for whole counties only; and where one county has too few of them, for none of its table,
 * since the missing figure would follow from the others.
 */
export async function getPublicFunds(query: QueryOf<typeof endpoint>): Promise<PublicFunds> {
  const key = `${query.regionCode ?? ''} ${query.fiscalYear ?? ''}`;
  const known = kept.get(key);
  if (known && Date.now() - known.at < keepMilliseconds) return known.funds;
  const funds = readPublicFunds(query);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, { at: Date.now(), funds });
  funds.catch(() => kept.delete(key));
  return funds;
}

async function readPublicFunds(query: QueryOf<typeof endpoint>): Promise<PublicFunds> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const top = await sql<{ code: string | null }>`SELECT min(book_code) AS code FROM funds.balance`.execute(trx);
    const asked = query.regionCode ?? cityOf(top.rows[0]?.code ?? '000000000000');
    const code = regionLevelOf(asked) === 'village' ? parentRegionOf(asked)! : asked;
    const years = await listFiscalYears(trx, code);
    const fiscalYear = query.fiscalYear ?? years[0] ?? null;
    const range = regionRange(code);
    const scope = sql`b.book_code >= ${range.from} AND b.book_code < ${range.to} AND b.fiscal_year = ${fiscalYear}`;
    const level = regionLevels[Math.min(regionLevels.indexOf(regionLevelOf(code)) + 1, regionLevels.indexOf('town'))]!;
    // Money passed on within the division is counted once, where it lies or was spent.
    const here = (row: BalanceColumns) => row.available + row.in_transit + row.planned + row.paid;
    const funds = await sql<BalanceColumns & { fund_code: string }>`SELECT b.fund_code, ${balanceColumns} FROM funds.balance b WHERE ${scope} GROUP BY 1 ORDER BY 1`.execute(trx);
    const places = await sql<BalanceColumns & { code: string }>`SELECT rpad(left(b.book_code, ${digits[level]}), 12, '0') AS code, ${balanceColumns} FROM funds.balance b WHERE ${scope} GROUP BY 1 ORDER BY 1`.execute(trx);
    const toHouseholds = await readHouseholdPayments(trx, range, fiscalYear, regionLevelOf(code) === 'city' || regionLevelOf(code) === 'county' ? digits.county : digits[level]);
    const small = await findPolicy(trx, 'publication.small-cell', code, today(), z.number().int().positive());
    const publishable = small !== undefined && digits[regionLevelOf(code)] <= digits.county && toHouseholds.every((row) => row.households >= small.value);
    const householdsAt = (place: string) => (publishable && digits[regionLevelOf(place)] <= digits.county ? (toHouseholds.find((row) => row.code === place)?.amount ?? 0) : null);
    const paidElsewhere = (rows: HouseholdPayments[], paid: number) => paid - rows.reduce((sum, row) => sum + row.amount, 0);
    const byFund = await readHouseholdPayments(trx, range, fiscalYear, 'fund');
    const byPlace = await readHouseholdPayments(trx, range, fiscalYear, digits[level]);
    const projects = await sql<{ title: string; place_code: string; amount_fen: number; paid: number; finish_by: string }>`
      SELECT p.title, p.place_code, p.amount_fen, p.finish_by, coalesce(sum(b.amount_fen), 0)::bigint AS paid
      FROM funds.plan p JOIN funds.indicator i ON i.county_code = p.county_code AND i.id = p.indicator_id
      LEFT JOIN funds.subject_balance b ON b.county_code = p.county_code AND b.subject_kind = 'plan' AND b.subject_id = p.id AND b.account_code = 'paid'
      WHERE p.region_code >= ${range.from} AND p.region_code < ${range.to} AND p.kind = 'project' AND p.state = 'planned' AND i.fiscal_year = ${fiscalYear}
      GROUP BY p.county_code, p.id ORDER BY p.amount_fen DESC, p.id LIMIT ${mostProjects}`.execute(trx);
    const parent = parentRegionOf(code);
    const synthetic = await trx.selectFrom('platform.installation').select('key').where('key', '=', 'demo').executeTakeFirst();
    return {
      region: name(code),
      parent: parent === undefined ? null : name(parent),
      synthetic: synthetic !== undefined,
      fiscalYear,
      years,
      funds: funds.rows.map((row) => {
        const kind = fundCatalogue().funds.find((fund) => fund.code === row.fund_code);
        return { fund: withCode(row.fund_code, fundTitle(row.fund_code)), purposes: (kind?.purposes ?? []).map(purposeTitle), receivedFen: here(row), paidFen: paidElsewhere(byFund.filter((one) => one.code === row.fund_code), row.paid), basis: kind?.basis ?? '' };
      }),
      toHouseholdsFen: publishable ? toHouseholds.reduce((sum, row) => sum + row.amount, 0) : null,
      places: places.rows.map((row) => ({ region: name(row.code), receivedFen: here(row), paidFen: paidElsewhere(byPlace.filter((one) => one.code === row.code), row.paid), toHouseholdsFen: householdsAt(row.code) })),
      projects: projects.rows.map((row) => ({ title: withoutPersonalData(row.title), place: name(row.place_code), amountFen: row.amount_fen, paidFen: row.paid, finishBy: row.finish_by })),
    };
  });
}

interface HouseholdPayments {
  code: string;
  amount: number;
  households: number;
}

/** Paid to households, by fund or by so many digits of the division code. */
async function readHouseholdPayments(trx: Trx, range: { from: string; to: string }, fiscalYear: number | null, by: number | 'fund'): Promise<HouseholdPayments[]> {
  const code = by === 'fund' ? sql`l.fund_code` : sql`rpad(left(l.book_code, ${by}), 12, '0')`;
  const { rows } = await sql<HouseholdPayments>`
    SELECT ${code} AS code, sum(l.amount_fen)::bigint AS amount, count(DISTINCT l.household_id)::int AS households FROM funds.ledger_line l
    WHERE l.household_id IS NOT NULL AND l.account_code = 'paid' AND l.book_code >= ${range.from} AND l.book_code < ${range.to} AND l.fiscal_year = ${fiscalYear}
    GROUP BY 1 HAVING sum(l.amount_fen) <> 0`.execute(trx);
  return rows;
}

/** Where a reader without a choice begins. */
function cityOf(code: string): string {
  return code.slice(0, 4) === '0000' ? code : code.endsWith('0000000000') ? code : `${code.slice(0, 4)}00000000`;
}
