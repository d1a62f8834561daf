import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';

export interface CellCorrection {
  person_id: string;
  title: string;
  title_key: string;
  value: string;
  reason: string;
  recorded_at: Date;
  recorded_by_name: string;
}

/** Corrections that hold: made after the household's last file was imported, and not replaced by a later one. */
export async function readCellCorrections(trx: Trx, householdIds: readonly string[]): Promise<CellCorrection[]> {
  const { rows } = await sql<Omit<CellCorrection, 'value'> & { value_enc: Buffer }>`
    SELECT c.person_id, c.title, c.title_key, c.value_enc, c.reason, c.recorded_at, c.recorded_by_name FROM households.cell_correction c
    JOIN households.household h ON h.id = c.household_id AND h.county_code = c.county_code
    LEFT JOIN households.import_batch b ON b.id = h.source_import_id
    WHERE c.household_id = ANY (${[...householdIds]}::uuid[]) AND c.superseded_at IS NULL AND (b.applied_at IS NULL OR c.recorded_at > b.applied_at)`.execute(trx);
  return rows.map(({ value_enc, ...row }) => ({ ...row, value: decryptValue('cell-correction', value_enc) }));
}
