import type { relationsChange } from '@sunlit/api-spec';
import type { z } from 'zod';
import { fieldOf, refused, type ChangeKind, type FieldChange } from '../change-kind.ts';
import { headRelation, listPresentMembers, requireMember, type PresentMember } from '../present-members.ts';
import { requireCode } from '../require-code.ts';
import { changeRelation, refreshHousehold } from '../write-membership.ts';

type Relations = z.output<typeof relationsChange>['relations'];

/** What some members will be to the head; afterwards exactly one of `members` is the head. */
export function examineRelations(members: readonly PresentMember[], relations: Relations): FieldChange[] {
  const fields = relations.map(({ personId, relation }, index) => {
    requireCode('relation', `relations.${index}.relation`, relation);
    return fieldOf(personId, 'relation', requireMember(members, personId, `relations.${index}.personId`).relation_code, relation);
  });
  const after = new Map(members.map((member) => [member.person_id, member.relation_code]));
  for (const { personId, relation } of relations) after.set(personId, relation);
  const heads = [...after.values()].filter((relation) => relation === headRelation).length;
  if (after.size > 0 && heads !== 1) throw refused('relations', heads === 0 ? '请指定谁是户主。' : '一户只能有一个户主。');
  return fields;
}

export const relations: ChangeKind<z.output<typeof relationsChange>> = {
  examine: async ({ trx, household }, change) => examineRelations(await listPresentMembers(trx, household.id), change.relations),
  write: async (context, change) => {
    const members = await listPresentMembers(context.trx, context.household.id);
    for (const { personId, relation } of change.relations) await changeRelation(context, context.household, requireMember(members, personId), relation);
    await refreshHousehold(context, context.household.id);
    return [{ change: 'relations' }];
  },
};
