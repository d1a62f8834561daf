import type { RuleItem } from '@sunlit/api-spec';
import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

/** How often a rule was right, with its 95 % Wilson interval: few decisions give a wide one. */
export function precisionOf(decided: number, confirmed: number): RuleItem['precision'] {
  if (decided === 0) return null;
  const z = 1.96;
  const rate = confirmed / decided;
  const middle = (rate + (z * z) / (2 * decided)) / (1 + (z * z) / decided);
  const half = (z * Math.sqrt((rate * (1 - rate)) / decided + (z * z) / (4 * decided * decided))) / (1 + (z * z) / decided);
  return { decided, confirmed, rate, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export async function readPrecisions(trx: Trx, regionCode: string): Promise<(rule: string) => RuleItem['precision']> {
  const range = regionRange(regionCode);
  const { rows } = await sql<{ rule_code: string; decided: number; confirmed: number }>`
    SELECT rule_code, sum(decided) AS decided, sum(confirmed) AS confirmed FROM supervision.rule_tally WHERE county_code >= ${range.from} AND county_code < ${range.to} GROUP BY rule_code`.execute(trx);
  const tally = new Map(rows.map((row) => [row.rule_code, row]));
  return (rule) => precisionOf(Number(tally.get(rule)?.decided ?? 0), Number(tally.get(rule)?.confirmed ?? 0));
}

/** Counts a decision once it is made; an excuse or wrong data means that the rule was not right about this household. */
export async function tallyDecision(trx: Trx, ruleCode: string, countyCode: string, confirmed: boolean): Promise<void> {
  await sql`INSERT INTO supervision.rule_tally AS t (rule_code, county_code, decided, confirmed) VALUES (${ruleCode}, ${countyCode}, 1, ${confirmed ? 1 : 0})
    ON CONFLICT (rule_code, county_code) DO UPDATE SET decided = t.decided + 1, confirmed = t.confirmed + excluded.confirmed`.execute(trx);
}
