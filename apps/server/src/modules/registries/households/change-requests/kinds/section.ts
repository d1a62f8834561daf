import type { sectionChange } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { encryptOptional } from '#platform/personal-data/cipher.ts';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import { findSection, type SectionField, type SectionForm, type SectionValue } from '../../sections/section-forms.ts';
import { listSectionStatements } from '../../sections/section-store.ts';
import { refused, type ChangeKind } from '../change-kind.ts';
import { listPresentMembers, requireMember } from '../present-members.ts';
import { refreshHousehold } from '../write-membership.ts';

type Change = z.output<typeof sectionChange>;

const longestText = 100;

/** The fields a proposal states, each of the kind that the form says. */
function fieldsOf(change: Change): { section: SectionForm; fields: { field: SectionField; value: SectionValue }[] } {
  const section = findSection(change.section);
  if (!section) throw refused('section', '不在可选范围内。');
  const fields = Object.entries(change.fields).map(([code, value]) => {
    const field = section.fields.find((one) => one.code === code);
    if (!field) throw refused(`fields.${code}`, '不在可选范围内。');
    const fits = value === null || (field.kind === 'flag' ? typeof value === 'boolean' : field.kind === 'number' ? typeof value === 'number' && value >= 0 && value <= (field.max ?? Number.MAX_SAFE_INTEGER) : typeof value === 'string' && value.length <= longestText);
    if (!fits) throw refused(`fields.${code}`, '不在可选范围内。');
    if (typeof value === 'string' && hideIdNumbers(value) !== value) throw refused(`fields.${code}`, '这里不能写证件号码。');
    return { field, value: typeof value === 'number' ? Math.round(value * 100) / 100 : value };
  });
  return { section, fields };
}

/** What one source says of some fields of a section from a day on; what other sources say stays beside it. */
export const section: ChangeKind<Change> = {
  examine: async ({ trx, household, effectiveOn }, change) => {
    const { section: form, fields } = fieldsOf(change);
    if ((form.of === 'person') !== (change.personId !== undefined)) throw refused('personId', form.of === 'person' ? '请选择是谁的情况。' : '这一栏是全户的情况。');
    if (change.personId !== undefined) requireMember(await listPresentMembers(trx, household.id), change.personId);
    const personId = change.personId ?? null;
    const statements = await listSectionStatements(trx, household.id, effectiveOn, new Date());
    return fields.map(({ field, value }) => {
      const known = statements.find((one) => one.section === form && one.field === field && one.personId === personId && one.source === change.source);
      return { key: `${personId ?? 'household'}/${form.code}.${field.code}:${change.source}`, personId, field: `section:${form.code}.${field.code}:${change.source}`, before: known?.value ?? null, after: value };
    });
  },
  write: async (context, change) => {
    const { trx, actor, household, effectiveOn, requestId } = context;
    const { section: form, fields } = fieldsOf(change);
    for (const { field, value } of fields) {
      await sql`UPDATE households.field_exception SET superseded_at = now() WHERE household_id = ${household.id} AND person_id IS NOT DISTINCT FROM ${change.personId ?? null}::uuid AND section_code = ${form.code} AND field_code = ${field.code}
        AND source = ${change.source} AND observed_on = ${effectiveOn}::date AND superseded_at IS NULL`.execute(trx);
      await sql`INSERT INTO households.field_exception (county_code, id, household_id, person_id, responsible_region_code, section_code, field_code, value_enc, source, observed_on, recorded_by, recorded_by_name, change_id)
        VALUES (${household.county_code}, ${newId()}, ${household.id}, ${change.personId ?? null}, ${household.responsible_region_code}, ${form.code}, ${field.code}, ${encryptOptional('section-field', value === null ? null : JSON.stringify(value))},
          ${change.source}, ${effectiveOn}, ${actor.accountId}, ${actor.displayName}, ${requestId})`.execute(trx);
    }
    await refreshHousehold(context, household.id);
    return [{ change: change.personId ? 'person' : 'household' }];
  },
};
