import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';

/** Which of these households a procedure is about: an import that brought them is not undone under it. */
export async function listHouseholdsWithProcedures(householdIds: readonly string[]): Promise<string[]> {
  const { rows } = await inTransaction(systemActor, (trx) => sql<{ household_id: string }>`SELECT DISTINCT household_id FROM identification.procedure WHERE household_id = ANY (${[...householdIds]}::uuid[])`.execute(trx));
  return rows.map((row) => row.household_id);
}
