import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';

/** Which of these households a project is meant for or an income was shared with: they must not vanish with an import. */
export async function listHouseholdsOfProjects(householdIds: readonly string[]): Promise<string[]> {
  return inTransaction(systemActor, async (trx) => {
    const linked = await trx.selectFrom('projects.linked_household').select('household_id').distinct().where('household_id', 'in', householdIds).execute();
    const shares = await trx.selectFrom('projects.household_share').select('household_id').distinct().where('household_id', 'in', householdIds).execute();
    return [...new Set([...linked, ...shares].map((row) => row.household_id))];
  });
}
