import type { divisionSucceeded, membersMoved } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';

/**
 * Two households became one: what is under way goes on with the household of today. Where that one has a procedure of its
 * own, both stay open side by side, and people end the one that is not needed; what was decided stays where it was. When the
 * merge is taken back, what it carried along goes back.
 */
export async function followMergedHousehold(trx: Trx, { payload }: DeliveredEvent<z.output<typeof membersMoved.payload>>): Promise<void> {
  const { fromHouseholdId: from, toHouseholdId: to } = payload;
  if (payload.takesBack) {
    for (const table of ['procedure', 'measure', 'follow_up'] as const) {
      await sql`UPDATE ${sql.table(`identification.${table}`)} SET household_id = ${to} WHERE household_id = ${from} AND about_household_id IS NOT NULL AND households.kept_household(about_household_id) = ${to}`.execute(trx);
    }
  }
  if (!payload.whole) return;
  const moved = sql`household_id = ${to}, about_household_id = coalesce(about_household_id, household_id)`;
  await sql`UPDATE identification.procedure SET ${moved}, version = version + 1 WHERE household_id = ${from} AND outcome IS NULL
    AND NOT EXISTS (SELECT 1 FROM identification.procedure other WHERE other.household_id = ${to} AND other.outcome IS NULL)`.execute(trx);
  await sql`UPDATE identification.measure SET ${moved} WHERE household_id = ${from} AND state <> 'dropped'`.execute(trx);
  await sql`UPDATE identification.follow_up SET ${moved} WHERE household_id = ${from} AND done_on IS NULL`.execute(trx);
}

/** A village was merged into another, or a household of a divided one went to its successor: its cases are handed over whole, with their steps, papers and appeals, closed ones too: an appeal against them is lodged where the household is served now. */
export async function followDivision(trx: Trx, { payload }: DeliveredEvent<z.output<typeof divisionSucceeded.payload>>): Promise<void> {
  const { regionCode: from, successorCode: to, householdIds: only } = payload;
  const moved = await sql<{ id: string }>`UPDATE identification.procedure SET region_code = ${to}, version = version + 1 WHERE region_code = ${from} ${only ? sql`AND household_id = ANY (${only}::uuid[])` : sql``} RETURNING id`.execute(trx);
  const ids = moved.rows.map(({ id }) => id);
  for (const table of ['step', 'attachment', 'measure', 'appeal', 'follow_up'] as const) {
    await sql`UPDATE ${sql.table(`identification.${table}`)} SET region_code = ${to} WHERE procedure_id = ANY (${ids}::uuid[])`.execute(trx);
  }
}
