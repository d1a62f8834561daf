import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

/** Where somebody lives on a day by the registry; nothing for who left, died, or lives in no registered household. */
export async function findPersonHome(trx: Trx, personId: string, asOf: string): Promise<{ householdId: string; regionCode: string } | undefined> {
  const { rows } = await sql<{ householdId: string; regionCode: string }>`
    SELECT m.household_id AS "householdId", h.responsible_region_code AS "regionCode" FROM households.membership m
    JOIN households.household h ON h.id = m.household_id AND h.county_code = m.county_code AND h.ended_on IS NULL
    WHERE m.person_id = ${personId} AND m.superseded_at IS NULL AND m.valid_from <= ${asOf}::date AND (m.valid_to IS NULL OR m.valid_to > ${asOf}::date)
    ORDER BY m.valid_from DESC LIMIT 1`.execute(trx);
  return rows[0];
}
