import { ancestorsOf, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { today } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';

export interface Sweep {
  id: string;
  region_code: string;
  finished_at: Date | null;
}

export async function insertSweep(trx: Trx, regionCode: string): Promise<string> {
  const id = newId();
  await sql`INSERT INTO data_quality.sweep (id, region_code, day) VALUES (${id}, ${regionCode}, ${today()}::date)`.execute(trx);
  return id;
}

export async function getSweep(trx: Trx, id: string): Promise<Sweep> {
  const { rows } = await sql<Sweep>`SELECT id, region_code, finished_at FROM data_quality.sweep WHERE id = ${id}`.execute(trx);
  if (!rows[0]) throw new Error(`There is no sweep ${id}`);
  return rows[0];
}

export async function finishSweep(trx: Trx, id: string): Promise<void> {
  await sql`UPDATE data_quality.sweep SET finished_at = now() WHERE id = ${id}`.execute(trx);
}

/** Day of the last finished sweep of a division or one above it. */
export async function findLastSweep(trx: Trx, regionCode: string): Promise<string | undefined> {
  const { rows } = await sql<{ day: string }>`SELECT day FROM data_quality.sweep WHERE region_code = ANY (${[...ancestorsOf(regionCode), regionCode]}) AND finished_at IS NOT NULL ORDER BY day DESC LIMIT 1`.execute(trx);
  return rows[0]?.day;
}
