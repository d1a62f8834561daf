import { CompiledQuery, sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { decryptDated, type DatedField } from './dated-fields.ts';

/** What a field said, given what it says now; in the ciphertext that the registry keeps it in, or in plain. */
export interface DatedReader {
  kept: (subjectId: string, field: DatedField, now: Buffer | null) => Buffer | null;
  text: (subjectId: string, field: DatedField, now: string | null) => string | null;
}

/** Fields with a course as they were on a day, as known at a moment, by person or household; the others are as they always were. */
export async function readDatedValues(trx: Trx, subjectIds: readonly string[], asOf: string, knownAt: Date): Promise<DatedReader> {
  const { rows } = await sql<{ subject_id: string; field_code: DatedField; value_enc: Buffer | null }>`
    SELECT DISTINCT ON (subject_id, field_code) subject_id, field_code, value_enc FROM households.dated_value
    WHERE subject_id = ANY (${subjectIds}::uuid[]) AND (valid_from IS NULL OR valid_from <= ${asOf}::date) AND (valid_to IS NULL OR valid_to > ${asOf}::date)
      AND recorded_at <= ${knownAt} AND (superseded_at IS NULL OR superseded_at > ${knownAt})
    ORDER BY subject_id, field_code, recorded_at DESC`.execute(trx);
  const said = new Map(rows.map((row) => [`${row.subject_id}|${row.field_code}`, row]));
  return {
    kept: (subjectId, field, now) => {
      const row = said.get(`${subjectId}|${field}`);
      return row ? row.value_enc : now;
    },
    text: (subjectId, field, now) => {
      const row = said.get(`${subjectId}|${field}`);
      return row ? decryptDated(field, row.value_enc) : now;
    },
  };
}

interface FormerRow {
  household_id: string;
  name: string;
  field_code: DatedField;
  value_enc: Buffer;
}

/** Text of the question that `formerMembers` reads the answer of; both kinds of connection ask it. */
export const formerMembersQuery = `SELECT DISTINCT p.household_id, p.name, v.field_code, v.value_enc FROM households.person p JOIN households.dated_value v ON v.subject_id = p.id
  WHERE p.household_id = ANY ($1::uuid[]) AND v.field_code IN ('name', 'idNumber') AND v.value_enc IS NOT NULL`;

/** Names and numbers that people had before, as further members to find their household by: whoever knows only the old one still finds them. */
export function formerMembers(rows: readonly FormerRow[]): Map<string, { name: string; lastFour: string | null; personKey: string | null }[]> {
  const pseudonymiser = new Pseudonymiser(getKeyring().pseudonymKey);
  const found = new Map<string, { name: string; lastFour: string | null; personKey: string | null }[]>();
  for (const { household_id: id, name, field_code: field, value_enc: kept } of rows) {
    const value = decryptDated(field, kept)!;
    const member = field === 'name' ? { name: value, lastFour: null, personKey: null } : { name, lastFour: value.slice(-4), personKey: pseudonymiser.ofIdNumber(value) };
    found.set(id, [...(found.get(id) ?? []), member]);
  }
  return found;
}

/** The same within a transaction of a request. */
export async function listFormerMembers(trx: Trx, householdId: string): Promise<{ name: string; lastFour: string | null; personKey: string | null }[]> {
  const { rows } = await trx.executeQuery(CompiledQuery.raw(formerMembersQuery, [[householdId]]) as CompiledQuery<FormerRow>);
  return formerMembers(rows).get(householdId) ?? [];
}
