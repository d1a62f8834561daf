import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { withMergedRecords } from '../person-aliases.ts';

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
  const { rows: members } = await sql<{ id: string }>`SELECT id FROM households.person WHERE household_id = ${householdId}`.execute(trx);
  const persons = await withMergedRecords(trx, members.map(({ id }) => id));
  const { rows } = await sql<AuthorisationRow & { name: string }>`
    SELECT a.*, p.name FROM households.authorisation a JOIN households.person p ON p.id = a.person_id AND p.county_code = a.county_code
    WHERE a.person_id = ANY (${persons}::uuid[]) ORDER BY a.signed_on DESC, a.id DESC`.execute(trx);
  return rows;
}

export async function findAuthorisation(trx: Trx, id: string, lock: 'for-update' | 'none' = 'none'): Promise<AuthorisationRow | undefined> {
  const { rows } = await sql<AuthorisationRow>`SELECT * FROM households.authorisation WHERE id = ${id} ${lock === 'for-update' ? sql`FOR UPDATE` : sql``}`.execute(trx);
  return rows[0];
}

/**
 * Pseudonyms of the people within the actor's region whose authorisation for a kind of data holds on a day. One that has
 * been withdrawn meanwhile no longer allows a look at an earlier day either. It holds for every record that people merged with theirs.
 */
export async function listAuthorisedKeys(trx: Trx, kind: string, asOf: string, on: string): Promise<string[]> {
  const { rows: signed } = await sql<{ person_id: string; person_key: string | null }>`
    SELECT DISTINCT a.person_id, p.person_key FROM households.authorisation a JOIN households.person p ON p.id = a.person_id AND p.county_code = a.county_code
    WHERE ${kind} = ANY (a.kinds) AND a.signed_on <= ${asOf}::date
      AND (a.valid_until IS NULL OR a.valid_until >= ${asOf}::date) AND (a.withdrawn_on IS NULL OR a.withdrawn_on > greatest(${asOf}::date, ${on}::date))`.execute(trx);
  const own = new Set(signed.map(({ person_id }) => person_id));
  const others = (await withMergedRecords(trx, [...own])).filter((id) => !own.has(id));
  const merged = others.length === 0 ? [] : (await sql<{ person_key: string | null }>`SELECT person_key FROM households.person WHERE id = ANY (${others}::uuid[])`.execute(trx)).rows;
  return [...new Set([...signed, ...merged].flatMap(({ person_key }) => person_key ?? []))];
}
