import type { householdChanged, householdsImported } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { systemActor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';
import { listHouseholdsChangedByImport } from '#modules/registries/households/index.ts';

/** Who decides must know that the household is no longer as the cross-check saw it. */
async function noteChange(trx: Trx, householdIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ county_code: string; id: string; responsible_region_code: string; state: string }>`
    SELECT county_code, id, responsible_region_code, state FROM supervision.finding
    WHERE household_id = ANY (${[...householdIds]}::uuid[]) AND released_at IS NOT NULL AND decided_at IS NULL AND state <> 'closed'`.execute(trx);
  if (rows.length === 0) return;
  await trx
    .insertInto('supervision.finding_step')
    .values(
      rows.map((row) => ({
        county_code: row.county_code,
        id: newId(),
        finding_id: row.id,
        responsible_region_code: row.responsible_region_code,
        by_id: systemActor.accountId,
        by_name: systemActor.displayName,
        action: 'household-changed',
        from_state: row.state,
        to_state: row.state,
        reason: '',
      })),
    )
    .execute();
}

export async function noteHouseholdChange(trx: Trx, event: DeliveredEvent<z.output<typeof householdChanged.payload>>): Promise<void> {
  await noteChange(trx, [event.payload.householdId]);
}

const portion = 5000;

export async function noteImportedChanges(trx: Trx, event: DeliveredEvent<z.output<typeof householdsImported.payload>>): Promise<void> {
  const changed = await listHouseholdsChangedByImport(trx, event.payload.importId);
  for (let start = 0; start < changed.length; start += portion) await noteChange(trx, changed.slice(start, start + portion));
}
