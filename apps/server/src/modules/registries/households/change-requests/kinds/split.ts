import type { splitChange } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { findHousehold } from '../../household-store.ts';
import { fieldOf, refused, type ChangeKind } from '../change-kind.ts';
import { moveMembers } from '../move-members.ts';
import { headRelation, listPresentMembers, requireMember } from '../present-members.ts';
import { requireCode } from '../require-code.ts';
import { changeRelation, refreshHousehold } from '../write-membership.ts';
import { examineRelations } from './relations.ts';

/** Some members become a household of their own: same village, status and contact; an account of its own comes later. */
export const split: ChangeKind<z.output<typeof splitChange>> = {
  examine: async ({ trx, household, effectiveOn }, change) => {
    const members = await listPresentMembers(trx, household.id);
    const going = change.members.map(({ personId, relation }, index) => {
      requireCode('relation', `members.${index}.relation`, relation);
      const member = requireMember(members, personId, `members.${index}.personId`);
      if (member.valid_from > effectiveOn) throw refused('members', `不能早于入户日期 ${member.valid_from}。`);
      return member;
    });
    if (new Set(going).size !== going.length || going.length >= members.length) throw refused('members', '至少有一人留在原户。');
    if (change.members.filter(({ relation }) => relation === headRelation).length !== 1) throw refused('members', '请指定谁是户主。');
    const { rows } = await sql`SELECT 1 FROM households.household WHERE responsible_region_code = ${household.responsible_region_code} AND number = ${change.number}`.execute(trx);
    if (rows.length > 0) throw refused('number', '本村已有这个户编号。');
    const staying = examineRelations(members.filter((one) => !going.includes(one)), change.relations);
    return [{ key: `number:${change.number}`, personId: null, field: 'splitNumber', before: null, after: change.number }, ...change.members.map(({ personId, relation }) => fieldOf(personId, 'splitRelation', null, relation)), ...staying];
  },
  write: async (context, change) => {
    const { trx, actor, household, effectiveOn, requestId, reason } = context;
    const id = newId();
    await sql`INSERT INTO households.household (county_code, id, number, responsible_region_code, historical_region_code, head_name, address_enc, phone_enc, status_code, status_from, member_count, change_id)
      SELECT county_code, ${id}::uuid, ${change.number}, responsible_region_code, historical_region_code, head_name, address_enc, phone_enc, status_code, ${effectiveOn}::date, 0, ${requestId}::uuid FROM households.household WHERE id = ${household.id}`.execute(trx);
    await sql`INSERT INTO households.household_status (county_code, id, household_id, responsible_region_code, status_code, valid_from, reason, recorded_by, change_id)
      VALUES (${household.county_code}, ${newId()}, ${id}, ${household.responsible_region_code}, ${household.status_code}, ${effectiveOn}, ${reason}, ${actor.accountId}, ${requestId})`.execute(trx);
    const made = (await findHousehold(trx, id))!;
    const present = await listPresentMembers(trx, household.id);
    await moveMembers(context, { from: household, to: made, members: change.members, present, reason: 'split', whole: false });
    for (const { personId, relation } of change.relations) await changeRelation(context, household, requireMember(present, personId), relation);
    await refreshHousehold(context, household.id);
    return [{ change: 'member-left' }, { householdId: id, change: 'member-joined' }];
  },
};
