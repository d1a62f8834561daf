import { ancestorsOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '../database/transaction.ts';

export interface PolicyValue<Value> {
  value: Value;
  regionCode: string;
  validFrom: string;
  basis: string;
}

/** The value in force for a division on a day: the nearest ancestor that has one wins (province → city → county → town). */
export async function findPolicy<Value>(trx: Trx, code: string, regionCode: string, on: string, schema: z.ZodType<Value>): Promise<PolicyValue<Value> | undefined> {
  const lineage = [...ancestorsOf(regionCode), regionCode];
  const { rows } = await sql<{ region_code: string; value: unknown; valid_from: string; basis: string }>`
    SELECT region_code, value, valid_from, basis FROM platform.policy_value
    WHERE code = ${code} AND valid_from <= ${on}::date AND (valid_to IS NULL OR valid_to > ${on}::date)
      AND region_code = ANY (${lineage})
    ORDER BY array_position(${lineage}, region_code::text) DESC, valid_from DESC LIMIT 1`.execute(trx);
  const row = rows[0];
  return row ? { value: schema.parse(row.value), regionCode: row.region_code, validFrom: row.valid_from, basis: row.basis } : undefined;
}
