import type { PayoutState } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { keptStandard, type KeptStandard } from '../entitlements/payout-standard.ts';

export interface Examination {
  at: string;
  by: string;
  datasets: { kind: string; asOf: string | null }[];
}

export interface BatchRow {
  county_code: string;
  id: string;
  number: string;
  region_code: string;
  plan_id: string;
  kind: 'monthly' | 're-issue';
  programme_code: string;
  month: string;
  months: number;
  as_of: string;
  pay_day: string;
  standard: KeptStandard;
  state: PayoutState;
  line_count: number;
  household_count: number;
  total_fen: number;
  examined_on: Examination | null;
  made_by: string;
  made_by_name: string;
  made_at: Date;
  checked_by: string | null;
  checked_by_name: string | null;
  checked_at: Date | null;
  approved_by: string | null;
  approved_by_name: string | null;
  approved_at: Date | null;
  sent_by_name: string | null;
  sent_at: Date | null;
  settled_at: Date | null;
  withdrawn_reason: string | null;
}

export async function getBatch(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<BatchRow> {
  const { rows } = await sql<BatchRow>`SELECT * FROM payouts.batch WHERE id = ${id} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(trx);
  const row = rows[0];
  if (!row) throw new AppError('not-found');
  return { ...row, standard: keptStandard.parse(row.standard) };
}

export function requireState(batch: Pick<BatchRow, 'state'>, ...states: PayoutState[]): void {
  if (!states.includes(batch.state)) throw new AppError('wrong-state', '批次已不在这一步，请刷新后查看。');
}

export interface LineRow {
  county_code: string;
  id: string;
  batch_id: string;
  ordinal: number;
  region_code: string;
  enrolment_id: string;
  household_id: string;
  person_id: string;
  payee_key: string;
  payee_name: string;
  bank_name: string | null;
  account_enc: Buffer;
  account_key: string | null;
  units: number;
  months: number;
  standard_fen: number;
  amount_fen: number;
  state: 'listed' | 'held' | 'sent' | 'paid' | 'failed' | 're-issued' | 'withdrawn';
  reissues_id: string | null;
  bank_code: string | null;
  bank_text: string | null;
  paid_on: string | null;
  transaction_id: string | null;
  held_until: string | null;
}

export async function listBatchLines(trx: Trx, batchId: string): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`SELECT * FROM payouts.line WHERE batch_id = ${batchId} ORDER BY ordinal`.execute(trx);
  return rows;
}

export type NewLine = Omit<LineRow, 'state' | 'bank_code' | 'bank_text' | 'paid_on' | 'transaction_id' | 'held_until'>;

/** All lines in one statement: they stand together or not at all. */
export async function insertLines(trx: Trx, lines: readonly NewLine[]): Promise<void> {
  const column = <Key extends keyof NewLine>(key: Key) => lines.map((line) => line[key]);
  await sql`
    INSERT INTO payouts.line (county_code, id, batch_id, ordinal, region_code, enrolment_id, household_id, person_id, payee_key, payee_name, bank_name, account_enc, account_key, units, months, standard_fen, amount_fen, reissues_id)
    SELECT * FROM unnest(${column('county_code')}::text[], ${column('id')}::uuid[], ${column('batch_id')}::uuid[], ${column('ordinal')}::int[], ${column('region_code')}::text[], ${column('enrolment_id')}::uuid[], ${column('household_id')}::uuid[],
      ${column('person_id')}::uuid[], ${column('payee_key')}::uuid[], ${column('payee_name')}::text[], ${column('bank_name')}::text[], ${column('account_enc')}::bytea[], ${column('account_key')}::uuid[],
      ${column('units')}::int[], ${column('months')}::smallint[], ${column('standard_fen')}::bigint[], ${column('amount_fen')}::bigint[], ${column('reissues_id')}::uuid[])`.execute(trx);
}

/** What other batches of a plan have listed or sent and not yet settled, in fen. */
export async function sumCommitted(trx: Trx, planId: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    SELECT coalesce(sum(l.amount_fen), 0)::bigint AS fen FROM payouts.batch b JOIN payouts.line l ON l.batch_id = b.id WHERE b.plan_id = ${planId} AND l.state IN ('listed', 'sent')`.execute(trx);
  return rows[0]!.fen;
}
