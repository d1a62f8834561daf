import { idCardCheckCharacter } from '@sunlit/kernel';
import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';

/** A number of nobody: GB/T 2260 assigns no division beginning with 39, and the generator gives out none of this day. */
const strangerFirst17 = '39990020991231999';
export const strangerNumber = strangerFirst17 + idCardCheckCharacter(strangerFirst17);

export interface DemoResident {
  id: string;
  name: string;
  about: { zh: string; en: string };
}

const perGroup = 3;
const groups = [
  { table: sql`(SELECT id, household_id FROM identification.procedure WHERE outcome = 'entered') AS entered`, about: { zh: '刚被纳入帮扶', en: 'the household was just registered for help' } },
  { table: sql.table('identification.procedure'), about: { zh: '家里有帮扶办理事项', en: 'a matter of help is under way or decided' } },
  { table: sql.table('payouts.line'), about: { zh: '家里领取补贴', en: 'the household receives benefits' } },
  { table: sql.table('supervision.finding'), about: { zh: '家里有核查事项', en: 'something about the household was checked' } },
];

/** A few heads of invented households whose files have something in them. */
export async function listDemoResidents(): Promise<DemoResident[]> {
  return inTransaction(systemActor, async (trx) => {
    const found = new Map<string, DemoResident>();
    for (const { table, about } of groups) {
      const { rows } = await sql<{ id: string; name: string }>`
        SELECT p.id, p.name FROM (SELECT DISTINCT household_id FROM (SELECT household_id FROM ${table} WHERE household_id IS NOT NULL ORDER BY id LIMIT 200) AS sample) s
        JOIN households.household h ON h.id = s.household_id AND h.ended_on IS NULL
        JOIN households.person p ON p.household_id = h.id AND p.county_code = h.county_code AND p.name = h.head_name AND p.person_key IS NOT NULL
        ORDER BY p.id LIMIT ${perGroup}`.execute(trx);
      for (const row of rows) if (!found.has(row.id)) found.set(row.id, { ...row, about });
    }
    return [...found.values()];
  });
}
