import { householdChanged, householdsImported } from '@sunlit/api-spec';
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
