import type { MyFileView } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptOptional, decryptValue } from '#platform/personal-data/cipher.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';

export interface RequestRow {
  id: string;
  number: string;
  household_id: string;
  person_id: string;
  region_code: string;
  kind: 'correction' | 'contest';
  subject_id: string | null;
  subject_kind: 'finding' | 'hold' | null;
  decided_by: string | null;
  text_enc: Buffer;
  due_on: string;
  state: 'received' | 'answered';
  answer_enc: Buffer | null;
  outcome: 'upheld' | 'rejected' | null;
  answered_by_name: string | null;
  made_at: Date;
}

/** Kept word for word; a number of a card or a phone in it is shown to nobody who merely reads. */
export const saidIn = (row: RequestRow): string => withoutPersonalData(decryptValue('resident-request', row.text_enc));
export const answerIn = (row: RequestRow): string | null => decryptOptional('resident-request', row.answer_enc);

export async function listOwnRequests(trx: Trx, householdId: string): Promise<MyFileView['requests']> {
  const { rows } = await sql<RequestRow>`SELECT * FROM my_file.request WHERE household_id = ANY ((SELECT households.household_ids(${householdId}::uuid))::uuid[]) ORDER BY made_at DESC LIMIT 100`.execute(trx);
  return rows.map((row) => ({ id: row.id, number: row.number, kind: row.kind, text: saidIn(row), state: row.state, dueOn: row.due_on, outcome: row.outcome, answer: answerIn(row), answeredBy: row.answered_by_name }));
}

export async function findRequest(trx: Trx, id: string): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`SELECT * FROM my_file.request WHERE id = ${id} FOR UPDATE`.execute(trx);
  return rows[0];
}
