import { ancestorsOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';

export interface PolicySnapshot {
  policy_lines: { county_code: string; line_code: string; amount_fen: number; valid_from: string; valid_to: string | null }[];
  exclusive_programmes: { county_code: string; programme_a: string; programme_b: string; valid_from: string; valid_to: string | null }[];
}

const pairs = z.array(z.tuple([z.string(), z.string()]));

/** Lines and exclusive programmes of each county, with the value of the nearest ancestor for every stretch of time. */
export async function readPolicySnapshot(trx: Trx, counties: readonly string[]): Promise<PolicySnapshot> {
  const { rows } = await sql<{ region_code: string; code: string; value: unknown; valid_from: string; valid_to: string | null }>`
    SELECT region_code, code, value, valid_from, valid_to FROM platform.policy_value WHERE code >= 'line.' AND code < 'line/' OR code = 'programmes.exclusive'
    ORDER BY valid_from`.execute(trx);
  const snapshot: PolicySnapshot = { policy_lines: [], exclusive_programmes: [] };
  for (const county of counties) {
    const lineage = [county, ...ancestorsOf(county).reverse()];
    const nearest = (code: string) => lineage.find((region) => rows.some((row) => row.code === code && row.region_code === region));
    for (const row of rows) {
      if (row.region_code !== nearest(row.code)) continue;
      const time = { valid_from: row.valid_from, valid_to: row.valid_to };
      if (row.code === 'programmes.exclusive') {
        for (const [a, b] of pairs.parse(row.value)) snapshot.exclusive_programmes.push({ county_code: county, programme_a: a, programme_b: b, ...time });
      } else snapshot.policy_lines.push({ county_code: county, line_code: row.code.slice('line.'.length), amount_fen: z.number().int().parse(row.value), ...time });
    }
  }
  return snapshot;
}
