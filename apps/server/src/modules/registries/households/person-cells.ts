import type { ResponseOf, listPersonCells as listEndpoint } from '@sunlit/api-spec';
import { normaliseTitle } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';
import { readCellCorrections } from './cell-corrections.ts';
import { findPerson, type PersonRow } from './household-store.ts';

export interface ImportedCells {
  /** columns that the household's last file had without a field, as titled there, by their normalised title */
  titles: Map<string, string>;
  values: Map<string, string>;
}

export async function listPersonCells(actor: Actor, personId: string): Promise<ResponseOf<typeof listEndpoint>> {
  return inTransaction(actor, async (trx) => {
    const person = await requirePerson(trx, actor, personId);
    const { titles, values } = await importedCells(trx, person);
    const corrections = new Map((await readCellCorrections(trx, [person.household_id])).filter((one) => one.person_id === personId).map((one) => [one.title_key, one]));
    const items = [...titles].map(([key, title]) => {
      const correction = corrections.get(key);
      return {
        title,
        value: withoutPersonalData(correction?.value ?? values.get(key) ?? ''),
        corrected: correction ? { by: correction.recorded_by_name, at: correction.recorded_at.toISOString(), reason: correction.reason } : null,
      };
    });
    return { items };
  });
}

async function requirePerson(trx: Trx, actor: Actor, personId: string): Promise<PersonRow> {
  const person = await findPerson(trx, personId);
  if (!person) throw new AppError('not-found');
  authorize(actor, 'household.change', { regionCode: person.responsible_region_code });
  return person;
}

/** What the household's last file said of a person in columns without a field. */
export async function importedCells(trx: Trx, person: Pick<PersonRow, 'id' | 'household_id'>): Promise<ImportedCells> {
  const { rows } = await sql<{ columns: { title: string; field: string | null }[] | null; unmapped_enc: Buffer | null }>`
    SELECT b.report -> 'columns' AS columns, s.unmapped_enc FROM households.household h JOIN households.import_batch b ON b.id = h.source_import_id
    LEFT JOIN households.source_row s ON s.import_id = b.id AND s.person_id = ${person.id} AND s.county_code = h.county_code
    WHERE h.id = ${person.household_id} LIMIT 1`.execute(trx);
  const row = rows[0];
  const titles = new Map((row?.columns ?? []).filter(({ field }) => field === null).map(({ title }) => [normaliseTitle(title), title]));
  const unmapped = row?.unmapped_enc ? (JSON.parse(decryptValue('source-row', row.unmapped_enc)) as Record<string, string>) : {};
  return { titles, values: new Map(Object.entries(unmapped).map(([title, value]) => [normaliseTitle(title), value])) };
}
