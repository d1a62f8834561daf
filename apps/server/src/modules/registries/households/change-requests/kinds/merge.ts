import type { mergeChange } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { z } from 'zod';
import { findHousehold } from '../../household-store.ts';
import { fieldOf, refused, type ChangeKind } from '../change-kind.ts';
import { moveMembers } from '../move-members.ts';
import { headRelation, listPresentMembers, requireMember } from '../present-members.ts';
import { requireCode } from '../require-code.ts';

/** Another household joins this one. Its record stays whole for the days before; its id and number lead here from now on. */
export const merge: ChangeKind<z.output<typeof mergeChange>> = {
  examine: async ({ trx, actor, household }, change) => {
    const merged = await findHousehold(trx, change.mergedHouseholdId);
    if (!merged || merged.id === household.id || merged.ended_on !== null) throw refused('mergedHouseholdId', '没有这一户，或已并入别的户。');
    if (actor.ownHouseholds.includes(merged.id)) throw refused('mergedHouseholdId', '您与此事有关，须由他人办理。');
    if (merged.responsible_region_code !== household.responsible_region_code) throw refused('mergedHouseholdId', '两户须在同一个村；迁来的请逐人登记离户和入户。');
    const members = await listPresentMembers(trx, merged.id);
    for (const [index, { personId, relation }] of change.members.entries()) {
      requireCode('relation', `members.${index}.relation`, relation);
      if (relation === headRelation) throw refused('members', '一户只能有一个户主。');
      requireMember(members, personId, `members.${index}.personId`);
    }
    if (new Set(change.members.map(({ personId }) => personId)).size !== members.length) throw refused('members', '请写明每个人与户主的关系。');
    return [{ key: `merge:${merged.id}`, personId: null, field: 'mergedNumber', before: null, after: merged.number }, ...change.members.map(({ personId, relation }) => fieldOf(personId, 'relation', requireMember(members, personId).relation_code, relation))];
  },
  write: async (context, change) => {
    const { trx, household, effectiveOn, requestId } = context;
    await sql`SELECT 1 FROM households.household WHERE id = ${change.mergedHouseholdId} FOR UPDATE`.execute(trx);
    const merged = (await findHousehold(trx, change.mergedHouseholdId))!;
    await sql`UPDATE households.household SET ended_on = ${effectiveOn} WHERE id = ${merged.id}`.execute(trx);
    await sql`INSERT INTO households.household_alias (county_code, household_id, kept_household_id, responsible_region_code, since, change_id)
      VALUES (${merged.county_code}, ${merged.id}, ${household.id}, ${merged.responsible_region_code}, ${effectiveOn}, ${requestId})`.execute(trx);
    await moveMembers(context, { from: merged, to: household, members: change.members, present: await listPresentMembers(trx, merged.id), reason: 'merged', whole: true });
    return [{ change: 'member-joined' }, { householdId: merged.id, change: 'member-left' }];
  },
};
