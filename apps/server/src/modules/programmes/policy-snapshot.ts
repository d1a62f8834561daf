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
    for (const code of new Set(rows.map((row) => row.code))) {
      for (const row of inForce(lineage.map((region) => rows.filter((one) => one.code === code && one.region_code === region)))) {
        const time = { valid_from: row.valid_from, valid_to: row.valid_to };
        if (code === 'programmes.exclusive') {
          for (const [first, second] of pairs.parse(row.value)) snapshot.exclusive_programmes.push({ county_code: county, programme_a: first, programme_b: second, ...time });
        } else snapshot.policy_lines.push({ county_code: county, line_code: code.slice('line.'.length), amount_fen: z.number().int().parse(row.value), ...time });
      }
    }
  }
  return snapshot;
}

interface Stretch {
  valid_from: string;
  valid_to: string | null;
}

const endOfTime = '9999-12-31';

/** Layers from the nearest to the farthest: a farther value holds only where no nearer one does. */
function inForce<Row extends Stretch>(layers: readonly (readonly Row[])[]): Row[] {
  const result: Row[] = [];
  for (const layer of layers) {
    const nearer = [...result];
    for (const row of layer) result.push(...nearer.reduce<Row[]>((rest, taken) => rest.flatMap((one) => without(one, taken)), [row]));
  }
  return result;
}

/** What is left of a stretch of time outside another. */
function without<Row extends Stretch>(row: Row, taken: Stretch): Row[] {
  const end = row.valid_to ?? endOfTime;
  const takenEnd = taken.valid_to ?? endOfTime;
  if (taken.valid_from >= end || takenEnd <= row.valid_from) return [row];
  return [
    ...(row.valid_from < taken.valid_from ? [{ ...row, valid_to: taken.valid_from }] : []),
    ...(takenEnd < end ? [{ ...row, valid_from: takenEnd }] : []),
  ];
}
