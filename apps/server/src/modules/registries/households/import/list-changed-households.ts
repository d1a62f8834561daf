import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

/** Households that were known before the import and that it changed. */
export async function listHouseholdsChangedByImport(trx: Trx, importId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT household_id AS id FROM households.import_undo WHERE import_id = ${importId} AND NOT created`.execute(trx);
  return rows.map((row) => row.id);
}
