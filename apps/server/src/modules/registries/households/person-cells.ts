import type { BodyOf, ResponseOf, correctPersonCells as correctEndpoint, listPersonCells as listEndpoint } from '@sunlit/api-spec';
import { householdChanged } from '@sunlit/api-spec';
import { newId, normaliseTitle } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events/publish.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptValue, encryptValue } from '#platform/personal-data/cipher.ts';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import { readCellCorrections } from './cell-corrections.ts';
import { findPerson, raiseVersion, type PersonRow } from './household-store.ts';

const done = { ok: true as const };

interface Cells {
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

/** Corrects columns of the county's own table until its next file; the row as it came stays readable. */
export async function correctPersonCells(actor: Actor, personId: string, command: BodyOf<typeof correctEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'person.correct-cells', { ...command, personId } as typeof command, async (trx) => {
    const person = await requirePerson(trx, actor, personId);
    if (actor.ownHouseholds.includes(person.household_id)) throw new AppError('conflict-of-interest');
    const { titles } = await importedCells(trx, person);
    for (const [index, { title, value }] of command.cells.entries()) {
      const key = normaliseTitle(title);
      if (!titles.has(key)) throw new AppError('request-invalid', undefined, { fields: [{ path: `cells.${index}.title`, message: '这一户的表格里没有这一列。' }] });
      if (hideIdNumbers(value) !== value) throw new AppError('request-invalid', undefined, { fields: [{ path: `cells.${index}.value`, message: '这里不能写证件号码。' }] });
      await sql`UPDATE households.cell_correction SET superseded_at = now() WHERE person_id = ${personId} AND title_key = ${key} AND superseded_at IS NULL`.execute(trx);
      await sql`INSERT INTO households.cell_correction (county_code, id, household_id, person_id, responsible_region_code, title, title_key, value_enc, reason, recorded_by, recorded_by_name)
        VALUES (${person.county_code}, ${newId()}, ${person.household_id}, ${personId}, ${person.responsible_region_code}, ${titles.get(key)!}, ${key}, ${encryptValue('cell-correction', value)}, ${command.reason}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
    }
    await raiseVersion(trx, person.household_id, undefined);
    await recordAudit(trx, actor, { action: 'person.correct-cells', objectKind: 'person', objectId: personId, householdId: person.household_id, regionCode: person.responsible_region_code, reason: command.reason, details: { columns: command.cells.map(({ title }) => title) } });
    await publish(trx, actor, householdChanged, { subject: person.household_id, payload: { householdId: person.household_id, change: 'person' } });
    return done;
  });
}

async function requirePerson(trx: Trx, actor: Actor, personId: string): Promise<PersonRow> {
  const person = await findPerson(trx, personId);
  if (!person) throw new AppError('not-found');
  authorize(actor, 'household.change', { regionCode: person.responsible_region_code });
  return person;
}

async function importedCells(trx: Trx, person: PersonRow): Promise<Cells> {
  const { rows } = await sql<{ columns: { title: string; field: string | null }[] | null; unmapped_enc: Buffer | null }>`
    SELECT b.report -> 'columns' AS columns, s.unmapped_enc FROM households.household h JOIN households.import_batch b ON b.id = h.source_import_id
    LEFT JOIN households.source_row s ON s.import_id = b.id AND s.person_id = ${person.id} AND s.county_code = h.county_code
    WHERE h.id = ${person.household_id} LIMIT 1`.execute(trx);
  const row = rows[0];
  const titles = new Map((row?.columns ?? []).filter(({ field }) => field === null).map(({ title }) => [normaliseTitle(title), title]));
  const unmapped = row?.unmapped_enc ? (JSON.parse(decryptValue('source-row', row.unmapped_enc)) as Record<string, string>) : {};
  return { titles, values: new Map(Object.entries(unmapped).map(([title, value]) => [normaliseTitle(title), value])) };
}
