import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

export interface EntitledEnrolment {
  enrolment_id: string;
  household_id: string;
  household_number: string;
  region_code: string;
  /** the person enrolled, else the head of the household */
  person_id: string | null;
  person_key: string | null;
  name: string | null;
  bank_name: string | null;
  account_enc: Buffer | null;
  account_key: string | null;
  per_household: boolean;
  members: number;
  is_member: boolean;
  left_reason: string | null;
}

/**
 * Who is enrolled in a programme on a day, with what it takes to pay them; a few of them when `enrolmentIds` are given.
 * The person is found with CASE, not coalesce(): under row-level security PostgreSQL uses an index only with what cannot
 * leak, and it does not trust coalesce().
 */
export async function listEntitledEnrolments(trx: Trx, filter: { programmeCode: string; regionCode: string; asOf: string; enrolmentIds?: readonly string[] }): Promise<EntitledEnrolment[]> {
  const { from, to } = regionRange(filter.regionCode);
  const day = sql`${filter.asOf}::date`;
  const holds = (alias: string) => sql`${sql.ref(`${alias}.superseded_at`)} IS NULL AND ${sql.ref(`${alias}.valid_from`)} <= ${day} AND (${sql.ref(`${alias}.valid_to`)} IS NULL OR ${sql.ref(`${alias}.valid_to`)} > ${day})`;
  const { rows } = await sql<EntitledEnrolment>`
    SELECT coalesce(e.continues_id, e.id) AS enrolment_id, e.household_id, h.number AS household_number, h.responsible_region_code AS region_code, p.id AS person_id, p.person_key, p.name,
      h.bank_name, h.account_enc, h.account_key, e.person_id IS NULL AS per_household, n.members,
      (h.ended_on IS NULL OR h.ended_on > ${day}) AND coalesce(m.valid_to IS NULL OR m.valid_to > ${day}, false) AS is_member, m.left_reason
    FROM households.enrolment e
    JOIN households.household h ON h.id = e.household_id AND h.county_code = e.county_code
    LEFT JOIN LATERAL (SELECT m.person_id FROM households.membership m WHERE m.household_id = e.household_id AND m.county_code = e.county_code AND m.relation_code = '01' AND ${holds('m')} ORDER BY m.valid_from DESC LIMIT 1) head ON e.person_id IS NULL
    LEFT JOIN households.person p ON p.id = CASE WHEN e.person_id IS NULL THEN head.person_id ELSE e.person_id END AND p.county_code = e.county_code
    LEFT JOIN LATERAL (SELECT m.valid_to, m.left_reason FROM households.membership m WHERE m.person_id = p.id AND m.household_id = e.household_id AND m.county_code = e.county_code AND m.superseded_at IS NULL AND m.valid_from <= ${day} ORDER BY m.valid_from DESC LIMIT 1) m ON true
    CROSS JOIN LATERAL (SELECT count(*)::int AS members FROM households.membership m WHERE m.household_id = e.household_id AND m.county_code = e.county_code AND ${holds('m')}) n
    WHERE e.programme_code = ${filter.programmeCode} AND ${holds('e')} AND e.responsible_region_code >= ${from} AND e.responsible_region_code < ${to}
      ${filter.enrolmentIds ? sql`AND coalesce(e.continues_id, e.id) = ANY (${filter.enrolmentIds}::uuid[])` : sql``}
    ORDER BY h.responsible_region_code, h.number, e.id`.execute(trx);
  return rows;
}

/** Programmes of people on a day, in whichever household they are enrolled. */
export async function listProgrammesOfPersons(trx: Trx, personKeys: readonly string[], asOf: string): Promise<{ person_key: string; programme_code: string }[]> {
  const { rows } = await sql<{ person_key: string; programme_code: string }>`
    SELECT DISTINCT p.person_key, e.programme_code FROM households.person p JOIN households.enrolment e ON e.person_id = p.id AND e.county_code = p.county_code
    WHERE p.person_key = ANY (${personKeys}::uuid[]) AND e.superseded_at IS NULL AND e.valid_from <= ${asOf}::date AND (e.valid_to IS NULL OR e.valid_to > ${asOf}::date)`.execute(trx);
  return rows;
}

/** How many households of the actor's region are registered with each of these accounts, where there is more than one. */
export async function countHouseholdsSharingAccounts(trx: Trx, accountKeys: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ account_key: string; households: number }>`
    SELECT account_key, count(*)::int AS households FROM households.household WHERE account_key = ANY (${accountKeys}::uuid[]) AND ended_on IS NULL GROUP BY 1 HAVING count(*) > 1`.execute(trx);
  return new Map(rows.map((row) => [row.account_key, row.households]));
}

/** The names of each household's members on a day, as pseudonyms. */
export async function listMemberNameKeys(trx: Trx, householdIds: readonly string[], asOf: string): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ household_id: string; name_keys: string[] }>`
    SELECT m.household_id, array_agg(DISTINCT p.name_key) AS name_keys FROM households.membership m JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
    WHERE m.household_id = ANY (${[...new Set(householdIds)]}::uuid[]) AND p.name_key IS NOT NULL AND m.superseded_at IS NULL AND m.valid_from <= ${asOf}::date AND (m.valid_to IS NULL OR m.valid_to > ${asOf}::date) GROUP BY 1`.execute(trx);
  return new Map(rows.map((row) => [row.household_id, new Set(row.name_keys)]));
}
