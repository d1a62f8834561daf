import type { QueryOf, ResponseOf, getFundSummary as endpoint } from '@sunlit/api-spec';
import { isWithin, regionLevelOf, regionLevels, regionRange, type RegionLevel } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { fundCatalogue, fundTitle } from '../fund-catalogue.ts';
import { withCode } from '../trail/trail-policy.ts';
import { balanceColumns, balancesOf, countIndicators, loadItemContext, type BalanceColumns } from './indicator-rows.ts';

const digits: Record<RegionLevel, number> = { nation: 0, province: 2, city: 4, county: 6, town: 9, village: 12 };

/**
 * Money of a division. What came in is counted where it came in from outside or above; what was passed on within the
 * division is not counted twice: it shows in the books below.
 */
export async function getFundSummary(actor: Actor, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'fund.read');
  const regionCode = query.regionCode ?? actor.regionCode;
  if (!isWithin(regionCode, actor.regionCode)) throw new AppError('outside-region');
  return inTransaction(actor, async (trx) => {
    const context = await loadItemContext(trx, regionCode);
    const years = await listFiscalYears(trx, regionCode);
    const fiscalYear = query.fiscalYear ?? years[0] ?? Number(context.today.slice(0, 4));
    const range = regionRange(regionCode);
    const scope = sql`b.book_code >= ${range.from} AND b.book_code < ${range.to} AND b.fiscal_year = ${fiscalYear}`;
    const total = await sql<BalanceColumns>`SELECT ${balanceColumns} FROM funds.balance b WHERE ${scope}`.execute(trx);
    const funds = await sql<BalanceColumns & { fund_code: string }>`SELECT b.fund_code, ${balanceColumns} FROM funds.balance b WHERE ${scope} GROUP BY b.fund_code ORDER BY b.fund_code`.execute(trx);
    const level = regionLevels[Math.min(regionLevels.indexOf(regionLevelOf(regionCode)) + 1, regionLevels.indexOf('town'))]!;
    const places = await sql<BalanceColumns & { code: string }>`SELECT rpad(left(b.book_code, ${digits[level]}), 12, '0') AS code, ${balanceColumns} FROM funds.balance b WHERE ${scope} GROUP BY 1 ORDER BY 1`.execute(trx);
    const own = await sql<{ outside: number }>`
      SELECT coalesce(-sum(b.amount_fen), 0)::bigint AS outside FROM funds.balance b JOIN funds.indicator i ON i.county_code = b.county_code AND i.id = b.indicator_id
      WHERE ${scope} AND b.account_code IN ('source', 'received', 'brought-forward')
        AND (i.kind <> 'allocation' OR i.parent_region_code < ${range.from} OR i.parent_region_code >= ${range.to})`.execute(trx);
    const count = (clock: 'late' | 'orange' | 'red') => countIndicators(trx, { regionCode, fiscalYear, clock }, context);
    const [late, orange, red] = [await count('late'), await count('orange'), await count('red')];
    return {
      region: context.name(regionCode),
      fiscalYear,
      years,
      expectedPercent: await expectedPercent(trx, regionCode, fiscalYear, context.today),
      total: { ...balancesOf(total.rows[0]!), receivedFen: own.rows[0]?.outside ?? 0 },
      late: { yellow: late - orange, orange: orange - red, red },
      funds: funds.rows.map((row) => ({ fund: withCode(row.fund_code, fundTitle(row.fund_code)), source: fundCatalogue().funds.find(({ code }) => code === row.fund_code)?.source ?? 'county', balances: balancesOf(row) })),
      places: places.rows.filter((row) => row.code !== regionCode || regionLevelOf(regionCode) === 'town' || row.available + row.planned + row.paid > 0).map((row) => ({ region: context.name(row.code), balances: balancesOf(row) })),
    };
  });
}

export async function listFiscalYears(trx: Trx, regionCode: string): Promise<number[]> {
  const range = regionRange(regionCode);
  const { rows } = await sql<{ fiscal_year: number }>`SELECT DISTINCT fiscal_year FROM funds.balance WHERE book_code >= ${range.from} AND book_code < ${range.to} ORDER BY fiscal_year DESC`.execute(trx);
  return rows.map((row) => row.fiscal_year);
}

/** The share of the year's money that should be spent by now: the last month end of the policy that has passed. */
async function expectedPercent(trx: Trx, regionCode: string, fiscalYear: number, today: string): Promise<number | null> {
  if (today > `${fiscalYear}-12-31`) return 100;
  const policy = await findPolicy(trx, 'fund.progress.percent-by-month', regionCode, today, z.record(z.string(), z.number()));
  const passed = Object.entries(policy?.value ?? {}).filter(([month]) => `${fiscalYear}-${month}-31` <= today);
  return passed.sort(([a], [b]) => a.localeCompare(b)).at(-1)?.[1] ?? null;
}

