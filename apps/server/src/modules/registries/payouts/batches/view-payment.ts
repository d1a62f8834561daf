import { sql } from 'kysely';
import type { Localised, PayoutLineState } from '@sunlit/api-spec';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listHouseholdIds } from '#modules/registries/households/index.ts';
import { programmeView } from '../entitlements/payout-standard.ts';
import { maskedAccount } from '../payee-words.ts';
import type { LineRow } from './batch-store.ts';

/** One payment as others than the pay-outs speak of it. */
export interface Payment {
  id: string;
  batchId: string;
  batchNumber: string;
  householdId: string;
  personId: string;
  programme: Localised;
  month: string;
  payee: string;
  accountMasked: string;
  amountFen: number;
  state: PayoutLineState;
  paidOn: string | null;
  bankText: string | null;
  /** in which batch it was issued again, if it was */
  reissuedIn: { batchId: string; batchNumber: string; state: PayoutLineState } | null;
  /** who made, checked, approved and sent it: they do not look into whether it arrived */
  officers: readonly string[];
}

type Row = LineRow & { number: string; programme_code: string; month: string; made_by: string; checked_by: string | null; approved_by: string | null; sent_by: string | null; next_batch: string | null; next_number: string | null; next_state: PayoutLineState | null };

export async function findPayment(trx: Trx, lineId: string): Promise<Payment | undefined> {
  const { rows } = await sql<Row>`
    SELECT l.*, b.number, b.programme_code, b.month, b.made_by, b.checked_by, b.approved_by, b.sent_by, nb.id AS next_batch, nb.number AS next_number, n.state AS next_state
    FROM payouts.line l JOIN payouts.batch b ON b.id = l.batch_id
    LEFT JOIN payouts.line n ON n.reissues_id = l.id AND n.state <> 'withdrawn' LEFT JOIN payouts.batch nb ON nb.id = n.batch_id WHERE l.id = ${lineId}`.execute(trx);
  const row = rows[0];
  return (
    row && {
      id: row.id,
      batchId: row.batch_id,
      batchNumber: row.number,
      householdId: row.household_id,
      personId: row.person_id,
      programme: programmeView(row.programme_code).title,
      month: row.month,
      payee: row.payee_name,
      accountMasked: maskedAccount(row.account_enc) ?? '',
      amountFen: row.amount_fen,
      state: row.state,
      paidOn: row.paid_on,
      bankText: row.bank_text,
      reissuedIn: row.next_batch === null ? null : { batchId: row.next_batch, batchNumber: row.next_number!, state: row.next_state! },
      officers: [row.made_by, row.checked_by, row.approved_by, row.sent_by].filter((id) => id !== null),
    }
  );
}

/** A payment of the household's own of which it can say that it did not arrive: one that went to the bank. */
export async function getSentPayment(trx: Trx, lineId: string | undefined, householdId: string): Promise<Payment> {
  const payment = lineId === undefined ? undefined : await findPayment(trx, lineId);
  if (!payment || payment.state === 'withdrawn' || !(await listHouseholdIds(trx, householdId)).includes(payment.householdId)) throw new AppError('request-invalid', undefined, { fields: [{ path: 'subjectId', message: '请选择没有收到的那一笔。' }] });
  if (payment.state === 'listed') throw new AppError('wrong-state', '这笔钱还没有送银行发放。');
  if (payment.state === 'held') throw new AppError('wrong-state', '这笔钱暂缓发放，原因见告知书；不同意请对告知书提出。');
  return payment;
}
