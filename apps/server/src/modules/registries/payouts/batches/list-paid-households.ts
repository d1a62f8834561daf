import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';

/** Which of these households stand in a batch: taking an import back must not leave a payment without its household. */
export async function listHouseholdsWithPayouts(householdIds: readonly string[]): Promise<string[]> {
  const { rows } = await inTransaction(systemActor, (trx) => sql<{ id: string }>`SELECT DISTINCT household_id AS id FROM payouts.line WHERE household_id = ANY (${householdIds}::uuid[])`.execute(trx));
  return rows.map(({ id }) => id);
}
