import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { WriteContext } from './change-kind.ts';
import { headRelation, type PresentMember } from './present-members.ts';

interface Place {
  county_code: string;
  id: string;
  responsible_region_code: string;
}

/** The row that holds ends in recorded time; one that says until when it was true takes its place. */
export async function endMembership({ trx, requestId, effectiveOn }: WriteContext, member: PresentMember, leftReason: string | null): Promise<void> {
  await sql`UPDATE households.membership SET superseded_at = now(), superseded_by_change = ${requestId} WHERE id = ${member.id} AND superseded_at IS NULL`.execute(trx);
  if (member.valid_from > effectiveOn) return;
  await sql`INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from, valid_to, joined_reason, left_reason, change_id)
    SELECT county_code, ${newId()}::uuid, household_id, person_id, responsible_region_code, relation_code, valid_from, ${effectiveOn}::date, joined_reason, ${leftReason}, ${requestId}::uuid FROM households.membership WHERE id = ${member.id}`.execute(trx);
}

export async function beginMembership({ trx, requestId, effectiveOn }: WriteContext, household: Place, personId: string, relation: string, joinedReason: string | null): Promise<void> {
  await sql`INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from, joined_reason, change_id)
    VALUES (${household.county_code}, ${newId()}, ${household.id}, ${personId}, ${household.responsible_region_code}, ${relation}, ${effectiveOn}, ${joinedReason}, ${requestId})`.execute(trx);
}

/** The same person under another relation from the day on. */
export async function changeRelation(context: WriteContext, household: Place, member: PresentMember, relation: string): Promise<void> {
  if (member.relation_code === relation) return;
  await endMembership(context, member, null);
  await beginMembership({ ...context, effectiveOn: member.valid_from > context.effectiveOn ? member.valid_from : context.effectiveOn }, household, member.person_id, relation, null);
}

/** What lists show of a household follows its members; the version tells whoever edits that something changed. */
export async function refreshHousehold({ trx }: Pick<WriteContext, 'trx'>, householdId: string): Promise<void> {
  await sql`UPDATE households.household h SET version = version + 1, changed_at = now(),
      member_count = (SELECT count(*) FROM households.membership m WHERE m.household_id = h.id AND m.county_code = h.county_code AND m.superseded_at IS NULL AND m.valid_to IS NULL),
      head_name = coalesce((SELECT p.name FROM households.membership m JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
        WHERE m.household_id = h.id AND m.county_code = h.county_code AND m.relation_code = ${headRelation} AND m.superseded_at IS NULL AND m.valid_to IS NULL LIMIT 1), head_name)
    WHERE id = ${householdId}`.execute(trx);
}
