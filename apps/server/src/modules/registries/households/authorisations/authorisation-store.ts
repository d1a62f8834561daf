import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

export interface AuthorisationRow {
  county_code: string;
  id: string;
  household_id: string;
  person_id: string;
  responsible_region_code: string;
  kinds: string[];
  purpose: string;
  signed_by: 'self' | 'guardian' | 'proxy';
  signer_name: string | null;
  signed_on: string;
  valid_until: string | null;
  form_file_id: string | null;
  form_file_name: string | null;
  recorded_by: string;
  recorded_by_name: string;
  recorded_at: Date;
  withdrawn_on: string | null;
  withdrawal_reason: string | null;
  withdrawn_by_name: string | null;
}

export async function listAuthorisationRows(trx: Trx, householdId: string): Promise<(AuthorisationRow & { name: string })[]> {
  const { rows } = await sql<AuthorisationRow & { name: string }>`
    SELECT a.*, p.name FROM households.authorisation a JOIN households.person p ON p.id = a.person_id AND p.county_code = a.county_code
    WHERE p.household_id = ${householdId} ORDER BY a.signed_on DESC, a.id DESC`.execute(trx);
  return rows;
}

export async function findAuthorisation(trx: Trx, id: string, lock: 'for-update' | 'none' = 'none'): Promise<AuthorisationRow | undefined> {
  const { rows } = await sql<AuthorisationRow>`SELECT * FROM households.authorisation WHERE id = ${id} ${lock === 'for-update' ? sql`FOR UPDATE` : sql``}`.execute(trx);
  return rows[0];
}

/**
 * Pseudonyms of the people within the actor's region whose authorisation for a kind of data holds on a day. One that has
 * been withdrawn meanwhile no longer allows a look at an earlier day either.
 */
export async function listAuthorisedKeys(trx: Trx, kind: string, asOf: string, on: string): Promise<string[]> {
  const { rows } = await sql<{ person_key: string }>`
    SELECT DISTINCT p.person_key FROM households.authorisation a JOIN households.person p ON p.id = a.person_id AND p.county_code = a.county_code
    WHERE p.person_key IS NOT NULL AND ${kind} = ANY (a.kinds) AND a.signed_on <= ${asOf}::date
      AND (a.valid_until IS NULL OR a.valid_until >= ${asOf}::date) AND (a.withdrawn_on IS NULL OR a.withdrawn_on > greatest(${asOf}::date, ${on}::date))`.execute(trx);
  return rows.map((row) => row.person_key);
}
