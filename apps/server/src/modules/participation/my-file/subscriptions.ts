import { divisionSucceeded } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { subscribe } from '#platform/events/subscribe.ts';

/** A village was merged into another: whoever serves there goes on with its residents' letters and requests. */
export function subscribeMyFile(): void {
  subscribe(divisionSucceeded, 'my-file.follow-division', async (trx, { payload: { regionCode: from, successorCode: to, householdIds: only } }) => {
    const those = only ? sql`AND household_id = ANY (${only}::uuid[])` : sql``;
    for (const table of ['request', 'code_letter'] as const) await sql`UPDATE ${sql.table(`my_file.${table}`)} SET region_code = ${to} WHERE region_code = ${from} ${those}`.execute(trx);
  });
}
