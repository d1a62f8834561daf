import type { personCellsChange } from '@sunlit/api-spec';
import { newId, normaliseTitle } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import { readCellCorrections } from '../../cell-corrections.ts';
import { importedCells } from '../../person-cells.ts';
import { refused, type ChangeKind, type FieldChange } from '../change-kind.ts';
import { listPresentMembers, requireMember } from '../present-members.ts';
import { refreshHousehold } from '../write-membership.ts';

type Change = z.output<typeof personCellsChange>;

/** Columns of the county's own table, until its next file; the row as it came stays readable. */
export const personCells: ChangeKind<Change> = {
  examine: async ({ trx, household }, change) => {
    requireMember(await listPresentMembers(trx, household.id), change.personId);
    const { titles, values } = await importedCells(trx, { id: change.personId, household_id: household.id });
    const corrections = new Map((await readCellCorrections(trx, [household.id])).filter((one) => one.person_id === change.personId).map((one) => [one.title_key, one.value]));
    return change.cells.map(({ title, value }, index): FieldChange => {
      const key = normaliseTitle(title);
      if (!titles.has(key)) throw refused(`cells.${index}.title`, '这一户的表格里没有这一列。');
      if (hideIdNumbers(value) !== value) throw refused(`cells.${index}.value`, '这里不能写证件号码。');
      return { key: `${change.personId}/cell:${key}`, personId: change.personId, field: `cell:${titles.get(key)!}`, before: corrections.get(key) ?? values.get(key) ?? null, after: value };
    });
  },
  write: async (context, change) => {
    const { trx, actor, household, reason } = context;
    const { titles } = await importedCells(trx, { id: change.personId, household_id: household.id });
    for (const { title, value } of change.cells) {
      const key = normaliseTitle(title);
      await sql`UPDATE households.cell_correction SET superseded_at = now() WHERE person_id = ${change.personId} AND title_key = ${key} AND superseded_at IS NULL`.execute(trx);
      await sql`INSERT INTO households.cell_correction (county_code, id, household_id, person_id, responsible_region_code, title, title_key, value_enc, reason, recorded_by, recorded_by_name)
        VALUES (${household.county_code}, ${newId()}, ${household.id}, ${change.personId}, ${household.responsible_region_code}, ${titles.get(key)!}, ${key}, ${encryptValue('cell-correction', value)}, ${reason}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
    }
    await refreshHousehold(context, household.id);
    return [{ change: 'person' }];
  },
};
