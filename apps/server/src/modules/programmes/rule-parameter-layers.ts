import { addDays, ancestorsOf } from '@sunlit/kernel';
import { ruleParameterFileSchema, type RuleParameterFile } from '@sunlit/rule-kit';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

/** Rule values set at run time (`rule.<CODE>`), per county from the farthest layer to the nearest: each overrides the one before. */
export async function readRuleParameterLayers(trx: Trx): Promise<(countyCode: string) => RuleParameterFile[]> {
  const { rows } = await sql<{ region_code: string; code: string; value: Record<string, unknown>; valid_from: string; valid_to: string | null; basis: string }>`
    SELECT region_code, code, value, valid_from, valid_to, basis FROM platform.policy_value WHERE code >= 'rule.' AND code < 'rule/'`.execute(trx);
  return (countyCode) =>
    [...ancestorsOf(countyCode), countyCode].flatMap((region) => {
      const own = rows.filter((row) => row.region_code === region);
      if (own.length === 0) return [];
      const file: Record<string, unknown[]> = {};
      for (const row of own) {
        (file[row.code.slice('rule.'.length)] ??= []).push({ validFrom: row.valid_from, ...(row.valid_to ? { validTo: addDays(row.valid_to, -1) } : {}), basis: row.basis, values: row.value });
      }
      return [ruleParameterFileSchema.parse(file)];
    });
}
