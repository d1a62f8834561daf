import type { QueryOf, ResponseOf, getPublicFunds as endpoint } from '@sunlit/api-spec';
import { parentRegionOf, regionLevelOf, regionLevels, regionRange, type RegionLevel } from '@sunlit/kernel';
import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { fundCatalogue, fundTitle, purposeTitle } from '../fund-catalogue.ts';
import { withCode } from '../trail/trail-policy.ts';
import { balanceColumns, type BalanceColumns } from './indicator-rows.ts';
import { listFiscalYears } from './fund-summary.ts';

const digits: Record<RegionLevel, number> = { nation: 0, province: 2, city: 4, county: 6, town: 9, village: 12 };
const mostProjects = 50;

/**
 * What anybody may know: money by fund and by division, never below the town, and what the projects cost. Plans paid to
 * households are only part of the sums: few households would be recognised.
 */
export async function getPublicFunds(query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
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
        return { fund: withCode(row.fund_code, fundTitle(row.fund_code)), purposes: (kind?.purposes ?? []).map(purposeTitle), receivedFen: here(row), paidFen: row.paid, basis: kind?.basis ?? '' };
      }),
      places: places.rows.map((row) => ({ region: name(row.code), receivedFen: here(row), paidFen: row.paid })),
      projects: projects.rows.map((row) => ({ title: row.title, place: name(row.place_code), amountFen: row.amount_fen, paidFen: row.paid, finishBy: row.finish_by })),
    };
  });
}

/** Where a reader without a choice begins. */
function cityOf(code: string): string {
  return code.slice(0, 4) === '0000' ? code : code.endsWith('0000000000') ? code : `${code.slice(0, 4)}00000000`;
}
