import { divisionSucceeded, householdChanged, householdsImported, membersMoved } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { inTransaction } from '#platform/database/transaction.ts';
import { subscribe } from '#platform/events/subscribe.ts';
import { registerHousekeeping } from '#platform/jobs/housekeeping.ts';
import { readHouseholdsForQuality, registerDraftChecker } from '#modules/registries/households/index.ts';
import { countyChecker } from './county-checker.ts';
import { getQualityChecks } from './quality-library.ts';
import { refreshHouseholds } from './refresh-households.ts';
import { enqueueSweeps, startNightlySweeps } from './start-sweep.ts';

/** The work list follows the registry: at once for one household, by a job after an import, and every night. */
export function subscribeQuality(): void {
  subscribe(householdChanged, 'data-quality.refresh-household', async (trx, { payload }) => {
    await refreshHouseholds(trx, await readHouseholdsForQuality(trx, { ids: [payload.householdId] }));
  });
  // What somebody accepted about a person stays accepted; what spoke of a household that ended speaks no more.
  subscribe(membersMoved, 'data-quality.follow-moved-members', async (trx, { payload: { fromHouseholdId: from, toHouseholdId: to, personIds, whole } }) => {
    await sql`UPDATE data_quality.item i SET household_id = ${to} WHERE household_id = ${from} AND person_id = ANY (${personIds}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM data_quality.item o WHERE o.household_id = ${to} AND o.check_code = i.check_code AND o.person_id = i.person_id)`.execute(trx);
    if (whole) await sql`UPDATE data_quality.item SET state = 'resolved', resolved_at = now() WHERE household_id = ${from} AND state <> 'resolved'`.execute(trx);
  });
  subscribe(divisionSucceeded, 'data-quality.follow-divisions', async (trx, { payload: { regionCode: from, successorCode: to, householdIds: only } }) => {
    await sql`UPDATE data_quality.item SET responsible_region_code = ${to} WHERE responsible_region_code = ${from} ${only ? sql`AND household_id = ANY (${only}::uuid[])` : sql``}`.execute(trx);
  });
  subscribe(householdsImported, 'data-quality.sweep-import', async (trx, { payload }) => {
    const { rows } = await sql<{ region_code: string }>`SELECT region_code FROM households.import_batch WHERE id = ${payload.importId}`.execute(trx);
    if (rows[0]) await enqueueSweeps(trx, rows[0].region_code);
  });
  registerDraftChecker((actor, countyCode) =>
    inTransaction(actor, async (trx) => {
      const check = await countyChecker(trx, countyCode);
      const checks = await getQualityChecks();
      return (facts) => check(facts).map(({ checkCode }) => checks.get(checkCode)!);
    }),
  );
  registerHousekeeping('data-quality', () => startNightlySweeps());
}
