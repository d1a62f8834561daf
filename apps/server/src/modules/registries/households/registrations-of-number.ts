import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

/** Who is registered under an identity number and lives in a household on a day. Several rows: registered more than once. */
export async function listRegistrationsOfNumber(trx: Trx, personKey: string, asOf: string): Promise<{ personId: string; householdId: string; regionCode: string; name: string }[]> {
  const { rows } = await sql<{ personId: string; householdId: string; regionCode: string; name: string }>`
    SELECT p.id AS "personId", m.household_id AS "householdId", h.responsible_region_code AS "regionCode", p.name FROM households.person p
    JOIN households.membership m ON m.person_id = p.id AND m.county_code = p.county_code AND m.superseded_at IS NULL AND m.valid_from <= ${asOf}::date AND (m.valid_to IS NULL OR m.valid_to > ${asOf}::date)
    JOIN households.household h ON h.id = m.household_id AND h.county_code = m.county_code AND h.ended_on IS NULL
    WHERE p.person_key = ${personKey}::uuid LIMIT 20`.execute(trx);
  return rows;
}
