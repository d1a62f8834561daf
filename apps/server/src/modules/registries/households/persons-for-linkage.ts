import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

/** A registered person as whoever compares entries needs them; the number stays encrypted. */
export interface PersonForEntryCheck {
  id: string;
  household_id: string;
  household_number: string;
  responsible_region_code: string;
  name: string;
  person_key: string | null;
  birth_date: string | null;
}

/** Birthdays repeat: a whole country has some thousands of persons for each; more than these say nothing new. */
const mostOfOneDay = 2_000;

/** Present members with one of these numbers (as blind index), or born on a day. Both are looked up by equality. */
export async function listPersonsForEntryCheck(trx: Trx, by: { personKeys: readonly string[]; birthDate: string | null }): Promise<PersonForEntryCheck[]> {
  const { rows } = await sql<PersonForEntryCheck>`
    WITH found AS MATERIALIZED (
      SELECT county_code, id FROM households.person WHERE person_key = ANY (${by.personKeys}::uuid[])
      UNION (SELECT county_code, id FROM households.person WHERE birth_date = ${by.birthDate}::date LIMIT ${mostOfOneDay}))
    SELECT p.id, p.household_id, h.number AS household_number, p.responsible_region_code, p.name, p.person_key, p.birth_date
    FROM found f JOIN households.person p ON p.id = f.id AND p.county_code = f.county_code
    JOIN households.household h ON h.id = p.household_id AND h.county_code = p.county_code
    WHERE h.ended_on IS NULL AND EXISTS (SELECT 1 FROM households.membership m WHERE m.person_id = p.id AND m.county_code = p.county_code AND m.superseded_at IS NULL AND m.valid_to IS NULL)`.execute(trx);
  return rows;
}

export interface PersonForLinkage {
  county_code: string;
  id: string;
  household_id: string;
  responsible_region_code: string;
  name: string;
  id_number_enc: Buffer | null;
  birth_date: string | null;
  sex_code: string | null;
  relation_code: string;
  phone_enc: Buffer | null;
}

/** Present members within a division, by id, a page at a time; what is encrypted stays so. */
export async function listPersonsForLinkage(trx: Trx, of: { regionCode: string; after: string | undefined; limit: number }): Promise<PersonForLinkage[]> {
  const { from, to } = regionRange(of.regionCode);
  const { rows } = await sql<PersonForLinkage>`
    SELECT p.county_code, p.id, p.household_id, p.responsible_region_code, p.name, p.id_number_enc, p.birth_date, p.sex_code, m.relation_code, coalesce(p.phone_enc, h.phone_enc) AS phone_enc
    FROM households.person p
    JOIN households.household h ON h.id = p.household_id AND h.county_code = p.county_code AND h.ended_on IS NULL
    JOIN LATERAL (SELECT relation_code FROM households.membership m WHERE m.person_id = p.id AND m.county_code = p.county_code AND m.superseded_at IS NULL AND m.valid_to IS NULL ORDER BY m.valid_from DESC LIMIT 1) m ON true
    WHERE p.responsible_region_code >= ${from} AND p.responsible_region_code < ${to} ${of.after === undefined ? sql`` : sql`AND p.id > ${of.after}::uuid`}
    ORDER BY p.id LIMIT ${of.limit}`.execute(trx);
  return rows;
}

export interface PersonCard extends PersonForLinkage {
  household_number: string;
  programmes: string[];
}

/** Two records to be laid side by side. */
export async function listPersonCards(trx: Trx, ids: readonly string[]): Promise<PersonCard[]> {
  const { rows } = await sql<PersonCard>`
    SELECT p.county_code, p.id, p.household_id, p.responsible_region_code, p.name, p.id_number_enc, p.birth_date, p.sex_code, m.relation_code, coalesce(p.phone_enc, h.phone_enc) AS phone_enc, h.number AS household_number,
      ARRAY(SELECT DISTINCT e.programme_code FROM households.enrolment e WHERE e.person_id = p.id AND e.county_code = p.county_code AND e.superseded_at IS NULL AND e.valid_to IS NULL ORDER BY 1) AS programmes
    FROM households.person p
    JOIN households.household h ON h.id = p.household_id AND h.county_code = p.county_code
    LEFT JOIN LATERAL (SELECT relation_code FROM households.membership m WHERE m.person_id = p.id AND m.county_code = p.county_code AND m.superseded_at IS NULL ORDER BY m.valid_from DESC LIMIT 1) m ON true
    WHERE p.id = ANY (${[...ids]}::uuid[])`.execute(trx);
  return rows;
}
