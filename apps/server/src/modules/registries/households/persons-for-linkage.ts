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
