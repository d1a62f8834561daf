import type { membersMoved } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';

/**
 * What is not closed yet goes with the person, or with the whole household; a closed finding stays where it was decided. When
 * a merge is taken back, what it carried along goes back to the household it was about, decided meanwhile or not.
 */
export async function followMovedMembers(trx: Trx, { payload }: DeliveredEvent<z.output<typeof membersMoved.payload>>): Promise<void> {
  if (payload.takesBack) {
    await sql`UPDATE supervision.finding SET household_id = ${payload.toHouseholdId}, version = version + 1, changed_at = now()
      WHERE household_id = ${payload.fromHouseholdId} AND about_household_id IS NOT NULL AND households.kept_household(about_household_id) = ${payload.toHouseholdId}`.execute(trx);
  }
  await sql`UPDATE supervision.finding SET household_id = ${payload.toHouseholdId}, version = version + 1, changed_at = now(), about_household_id = CASE WHEN ${payload.whole} THEN coalesce(about_household_id, household_id) ELSE about_household_id END
    WHERE household_id = ${payload.fromHouseholdId} AND state <> 'closed' AND (${payload.whole} OR person_id = ANY (${payload.personIds}::uuid[]))`.execute(trx);
}
