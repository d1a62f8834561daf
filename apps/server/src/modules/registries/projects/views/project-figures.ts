import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

/** Projects of the pool whose planned end has come, or that are done, and how many of them were completed by it. */
export async function countTimelyProjects(trx: Trx, regionCode: string, on: string): Promise<{ due: number; inTime: number }> {
  const range = regionRange(regionCode);
  const { rows } = await sql<{ due: number; in_time: number }>`
    SELECT count(*)::int AS due, count(*) FILTER (WHERE completed_on <= finish_by)::int AS in_time FROM projects.project
    WHERE region_code >= ${range.from} AND region_code < ${range.to} AND approved_on IS NOT NULL AND state <> 'cancelled' AND (finish_by < ${on}::date OR completed_on <= ${on}::date)`.execute(trx);
  return { due: rows[0]?.due ?? 0, inTime: rows[0]?.in_time ?? 0 };
}
