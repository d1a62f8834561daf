import type { leaveChange } from '@sunlit/api-spec';
import type { z } from 'zod';
import { fieldOf, refused, type ChangeKind } from '../change-kind.ts';
import { listPresentMembers, requireMember } from '../present-members.ts';
import { changeRelation, endMembership, refreshHousehold } from '../write-membership.ts';
import { examineRelations } from './relations.ts';

/** A member leaves on a day (death, marriage, moving). The membership is closed, never removed; no benefit ends by it. */
export const leave: ChangeKind<z.output<typeof leaveChange>> = {
  examine: async ({ trx, household, effectiveOn }, change) => {
    const members = await listPresentMembers(trx, household.id);
    const leaving = requireMember(members, change.personId);
    if (leaving.valid_from > effectiveOn) throw refused('personId', `不能早于入户日期 ${leaving.valid_from}。`);
    if (change.relations.some(({ personId }) => personId === change.personId)) throw refused('relations', '离户的人不能再指定关系。');
    const staying = examineRelations(members.filter((one) => one !== leaving), change.relations);
    return [fieldOf(change.personId, 'leaving', null, change.reason), ...staying];
  },
  write: async (context, change) => {
    const members = await listPresentMembers(context.trx, context.household.id);
    await endMembership(context, requireMember(members, change.personId), change.reason);
    for (const { personId, relation } of change.relations) await changeRelation(context, context.household, requireMember(members, personId), relation);
    await refreshHousehold(context, context.household.id);
    return [{ change: 'member-left' }];
  },
};
