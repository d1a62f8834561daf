import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { refused } from './change-kind.ts';

export const headRelation = '01';

export interface PresentMember {
  /** of the membership */
  id: string;
  person_id: string;
  name: string;
  relation_code: string;
  valid_from: string;
}

/** Who belongs to the household now. */
export async function listPresentMembers(trx: Trx, householdId: string): Promise<PresentMember[]> {
  const { rows } = await sql<PresentMember>`
    SELECT m.id, m.person_id, p.name, m.relation_code, m.valid_from FROM households.membership m JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
    WHERE m.household_id = ${householdId} AND m.superseded_at IS NULL AND m.valid_to IS NULL ORDER BY m.relation_code, m.id`.execute(trx);
  return rows;
}

export function requireMember(members: readonly PresentMember[], personId: string, field = 'personId'): PresentMember {
  const member = members.find((one) => one.person_id === personId);
  if (!member) throw refused(field, '此人已不在户内。');
  return member;
}
