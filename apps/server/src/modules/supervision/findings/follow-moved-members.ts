import type { membersMoved } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';

/** What is not closed yet goes with the person, or with the whole household; a closed finding stays where it was decided. */
export async function followMovedMembers(trx: Trx, { payload }: DeliveredEvent<z.output<typeof membersMoved.payload>>): Promise<void> {
  await sql`UPDATE supervision.finding SET household_id = ${payload.toHouseholdId}, version = version + 1, changed_at = now()
    WHERE household_id = ${payload.fromHouseholdId} AND state <> 'closed' AND (${payload.whole} OR person_id = ANY (${payload.personIds}::uuid[]))`.execute(trx);
}
