import type { HoldNotice, PayoutDoubt } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { dayOf } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { LineRow } from '../batches/batch-store.ts';
import { factWords } from './fact-words.ts';
import type { DoubtFact } from './find-doubts.ts';

export interface HoldNoticeRow {
  id: string;
  number: string;
  proposal_id: string;
  batch_id: string;
  line_id: string;
  household_id: string;
  region_code: string;
  doubt: PayoutDoubt;
  fact: DoubtFact;
  reason: string;
  legal_basis: string;
  hold_until: string;
  decided_by: string;
  contact_name: string;
  contact_phone: string;
  made_at: Date;
  withdrawn_at: Date | null;
  end_number: string | null;
  end_reason: string | null;
  objection_number: string | null;
  ended_by_name: string | null;
  ended_at: Date | null;
}

export interface NewHoldNotice {
  proposalId: string;
  line: Pick<LineRow, 'id' | 'county_code' | 'batch_id' | 'household_id' | 'region_code'>;
  reason: string;
  legalBasis: string;
  until: string;
  decidedBy: string;
  contact: { name: string; phone: string };
}

/** Written before the decision it tells of: the database takes no hold without it. */
export async function insertHoldNotice(trx: Trx, notice: NewHoldNotice): Promise<string> {
  const id = newId();
  const { line } = notice;
  await sql`
    INSERT INTO payouts.hold_notice (county_code, id, number, proposal_id, batch_id, line_id, household_id, region_code, reason, legal_basis, hold_until, decided_by, contact_name, contact_phone)
    VALUES (${line.county_code}, ${id}, 'HF-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('payouts.hold_notice_number')::text, 6, '0'), ${notice.proposalId}, ${line.batch_id}, ${line.id}, ${line.household_id}, ${line.region_code},
      ${notice.reason}, ${notice.legalBasis}, ${notice.until}, ${notice.decidedBy}, ${notice.contact.name}, ${notice.contact.phone})`.execute(trx);
  return id;
}

/** What a decision changed later, or a batch taken back, makes void; the household still sees that it was told. */
export async function withdrawHoldNotices(trx: Trx, of: { proposalId: string } | { batchId: string }): Promise<void> {
  await sql`UPDATE payouts.hold_notice SET withdrawn_at = now() WHERE withdrawn_at IS NULL AND ${'proposalId' in of ? sql`proposal_id = ${of.proposalId}` : sql`batch_id = ${of.batchId}`}`.execute(trx);
}

const source = sql`
  SELECT n.*, p.doubt, p.fact, e.number AS end_number, e.reason AS end_reason, e.objection_number, e.ended_by_name, e.made_at AS ended_at
  FROM payouts.hold_notice n JOIN payouts.proposal p ON p.id = n.proposal_id LEFT JOIN payouts.hold_end e ON e.notice_id = n.id`;

export async function findHoldNotice(trx: Trx, id: string): Promise<HoldNoticeRow | undefined> {
  const { rows } = await sql<HoldNoticeRow>`${source} WHERE n.id = ${id}`.execute(trx);
  return rows[0];
}

export async function listHoldNotices(trx: Trx, lineIds: readonly string[]): Promise<HoldNoticeRow[]> {
  const { rows } = await sql<HoldNoticeRow>`${source} WHERE n.line_id = ANY (${lineIds}::uuid[]) ORDER BY n.made_at, n.id`.execute(trx);
  return rows;
}

/** Of which batch the notices are. */
export async function listHoldNoticeBatches(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; batch_id: string }>`SELECT id, batch_id FROM payouts.hold_notice WHERE id = ANY (${ids}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row.batch_id]));
}

export function holdNoticeView(row: HoldNoticeRow): HoldNotice {
  return {
    id: row.id,
    number: row.number,
    fact: factWords(row.doubt, row.fact),
    reason: row.reason,
    legalBasis: row.legal_basis,
    until: row.hold_until,
    contact: { name: row.contact_name, phone: row.contact_phone },
    madeAt: row.made_at.toISOString(),
    withdrawn: row.withdrawn_at !== null,
    ended: row.ended_at && { number: row.end_number!, objection: row.objection_number, reason: row.end_reason!, by: row.ended_by_name!, on: dayOf(row.ended_at) },
  };
}
