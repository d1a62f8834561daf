import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import type { MeasureRow } from './measures.ts';

/** Every measure a household was promised, whichever procedure it belongs to. */
export async function listHouseholdMeasures(trx: Trx, householdId: string): Promise<MeasureRow[]> {
  const { rows } = await sql<MeasureRow>`SELECT * FROM identification.measure WHERE household_id = ANY ((SELECT households.household_ids(${householdId}::uuid))::uuid[]) AND state <> 'dropped' ORDER BY due_on, id`.execute(trx);
  return rows;
}
