import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { listFormerMembers } from '../dated-values/read-dated-values.ts';
import { listMergedHouseholds } from '../household-store.ts';
import { householdTokens } from '../search-tokens.ts';

/** What the household is found by, after its people or their names changed; who left it still leads there, and so does what they were called before. */
export async function refreshSearchTokens(trx: Trx, household: { id: string; number: string; county_code: string; responsible_region_code: string }): Promise<void> {
  const { rows } = await sql<{ name: string; id_number_enc: Buffer | null; person_key: string | null }>`SELECT name, id_number_enc, person_key FROM households.person WHERE household_id = ${household.id}`.execute(trx);
  const present = rows.map((row) => ({ name: row.name, lastFour: decryptOptional('id-number', row.id_number_enc)?.slice(-4) ?? null, personKey: row.person_key }));
  const members = [...present, ...(await listFormerMembers(trx, household.id))];
  await sql`DELETE FROM households.search_token WHERE household_id = ${household.id}`.execute(trx);
  const numbers = [household.number, ...(await listMergedHouseholds(trx, household.id)).map(({ number }) => number)];
  const tokens = new Set(numbers.flatMap((number) => householdTokens({ number, members })));
  await sql`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id)
    SELECT token, ${household.responsible_region_code}, ${household.county_code}, ${household.id}::uuid FROM unnest(${[...tokens]}::text[]) AS t (token) ON CONFLICT DO NOTHING`.execute(trx);
}
