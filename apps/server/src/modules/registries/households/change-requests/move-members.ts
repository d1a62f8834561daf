import { membersMoved } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { publish } from '#platform/events/publish.ts';
import type { HouseholdRow } from '../household-store.ts';
import type { WriteContext } from './change-kind.ts';
import { sectionForms, tableOf } from '../sections/section-forms.ts';
import { requireMember, type PresentMember } from './present-members.ts';
import { refreshSearchTokens } from './refresh-search-tokens.ts';
import { beginMembership, endMembership, refreshHousehold } from './write-membership.ts';

interface Move {
  from: HouseholdRow;
  to: HouseholdRow;
  members: readonly { personId: string; relation: string }[];
  present: readonly PresentMember[];
  reason: 'split' | 'merged';
  /** what belongs to the household as such goes along */
  whole: boolean;
}

/**
 * Members of one household become members of another on a day, with what they are enrolled in, authorised and have under
 * way; other modules are told by event. Payments already listed stay with the household they were listed for.
 */
export async function moveMembers(context: WriteContext, { from, to, members, present, reason, whole }: Move): Promise<void> {
  const { trx, actor } = context;
  const personIds = members.map(({ personId }) => personId);
  for (const { personId, relation } of members) {
    await endMembership(context, requireMember(present, personId, 'members'), reason);
    await beginMembership(context, to, personId, relation, reason);
  }
  await sql`UPDATE households.person SET household_id = ${to.id} WHERE id = ANY (${personIds}::uuid[])`.execute(trx);
  await moveEnrolments(context, from, to, personIds, whole);
  await sql`UPDATE households.authorisation SET household_id = ${to.id} WHERE household_id = ${from.id} AND person_id = ANY (${personIds}::uuid[])`.execute(trx);
  for (const table of [...sectionForms().filter((one) => one.of === 'person').map(tableOf), 'field_exception']) await sql`UPDATE households.${sql.raw(table)} SET household_id = ${to.id} WHERE household_id = ${from.id} AND person_id = ANY (${personIds}::uuid[])`.execute(trx);
  // A request under way follows whom it is about; if it no longer fits there, its approval meets a conflict.
  await sql`UPDATE households.change_request SET household_id = ${to.id}, version = version + 1 WHERE household_id = ${from.id} AND closed_at IS NULL AND id <> ${context.requestId} AND (${whole} OR person_id = ANY (${personIds}::uuid[]))`.execute(trx);
  for (const household of [from, to]) {
    await refreshHousehold(context, household.id);
    await refreshSearchTokens(trx, household);
  }
  await publish(trx, actor, membersMoved, { subject: from.id, payload: { fromHouseholdId: from.id, toHouseholdId: to.id, personIds, whole } });
}

interface EnrolmentRow {
  id: string;
  person_id: string | null;
  programme_code: string;
  valid_from: string;
}

/** The enrolment goes on under its own id for whoever pays it; what the new household as such already has is not had twice. */
async function moveEnrolments({ trx, effectiveOn, requestId }: WriteContext, from: HouseholdRow, to: HouseholdRow, personIds: readonly string[], whole: boolean): Promise<void> {
  const { rows } = await sql<EnrolmentRow>`
    SELECT id, person_id, programme_code, valid_from FROM households.enrolment WHERE household_id = ${from.id} AND superseded_at IS NULL AND (valid_to IS NULL OR valid_to > ${effectiveOn}::date)
      AND (person_id = ANY (${personIds}::uuid[]) OR (${whole} AND person_id IS NULL))`.execute(trx);
  for (const row of rows) {
    await sql`UPDATE households.enrolment SET superseded_at = now(), superseded_by_change = ${requestId} WHERE id = ${row.id}`.execute(trx);
    const copy = (household: HouseholdRow, start: string, end: string | null) => sql`
      INSERT INTO households.enrolment (county_code, id, household_id, person_id, responsible_region_code, programme_code, valid_from, valid_to, change_id, continues_id)
      SELECT county_code, ${newId()}::uuid, ${household.id}::uuid, person_id, responsible_region_code, programme_code, ${start}::date, coalesce(${end}::date, valid_to), ${requestId}::uuid, coalesce(continues_id, id) FROM households.enrolment WHERE id = ${row.id}`;
    if (row.valid_from < effectiveOn) await copy(from, row.valid_from, effectiveOn).execute(trx);
    const { rows: had } = await sql`SELECT 1 FROM households.enrolment WHERE household_id = ${to.id} AND person_id IS NULL AND programme_code = ${row.programme_code} AND superseded_at IS NULL AND valid_to IS NULL`.execute(trx);
    if (row.person_id === null && had.length > 0) continue;
    await copy(to, row.valid_from < effectiveOn ? effectiveOn : row.valid_from, null).execute(trx);
  }
}
