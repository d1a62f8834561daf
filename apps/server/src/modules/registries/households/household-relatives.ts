import { sql } from 'kysely';
import { labelOf } from '#platform/configuration/dictionaries.ts';
import type { Locale } from '#platform/http/locale.ts';
import type { Trx } from '#platform/database/transaction.ts';

/** Households that somebody who is or was in one of these is or was in too. */
export async function listHouseholdsSharingMembers(trx: Trx, householdIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ household_id: string }>`
    SELECT DISTINCT other.household_id FROM households.membership own JOIN households.membership other ON other.person_id = own.person_id
    WHERE own.household_id = ANY (${[...householdIds]}::uuid[])`.execute(trx);
  return rows.map((row) => row.household_id);
}

export interface MemberToSign {
  name: string;
  relation: string;
  isAdult: boolean;
  isAuthorised: boolean;
}

/** Present members, who of them is of age, and whose authorisation holds on a day. */
export async function listMembersToSign(trx: Trx, householdId: string, on: string, locale: Locale): Promise<MemberToSign[]> {
  const { rows } = await sql<{ name: string; relation_code: string; adult: boolean; authorised: boolean }>`
    SELECT p.name, m.relation_code, coalesce(p.birth_date <= ${on}::date - interval '18 years', true) AS adult,
      EXISTS (SELECT 1 FROM households.authorisation a WHERE a.person_id = p.id AND a.county_code = p.county_code AND a.signed_on <= ${on}::date AND (a.valid_until IS NULL OR a.valid_until >= ${on}::date) AND (a.withdrawn_on IS NULL OR a.withdrawn_on > ${on}::date)) AS authorised
    FROM households.membership m JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
    WHERE m.household_id = ${householdId} AND m.superseded_at IS NULL AND m.valid_from <= ${on}::date AND (m.valid_to IS NULL OR m.valid_to > ${on}::date) ORDER BY m.relation_code, p.birth_date NULLS LAST`.execute(trx);
  return rows.map((row) => ({ name: row.name, relation: labelOf('relation', row.relation_code, locale), isAdult: row.adult, isAuthorised: row.authorised }));
}

/** Names of heads, by household. */
export async function listHeadNames(trx: Trx, householdIds: readonly string[]): Promise<Map<string, string>> {
  if (householdIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; head_name: string }>`SELECT id, head_name FROM households.household WHERE id = ANY (${[...new Set(householdIds)]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row.head_name]));
}
