import type { PayoutDoubt, QueryOf, ResponseOf, listPayoutProposals as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getBatch, type LineRow } from '../batches/batch-store.ts';
import { lineView } from '../batches/line-view.ts';
import { factWords } from './fact-words.ts';
import type { DoubtFact } from './find-doubts.ts';
import { holdNoticeView, listHoldNotices, type HoldNoticeRow } from './hold-notice-store.ts';

interface Row extends LineRow {
  proposal_id: string;
  doubt: PayoutDoubt;
  fact: DoubtFact;
  decision: 'pay' | 'hold' | null;
  reason: string | null;
  legal_basis: string | null;
  hold_days: number | null;
  decided_by_name: string | null;
  decided_at: Date | null;
}

/** The notice that stands, or the last one whose hold ended before its term. */
function noticesOf(notices: readonly HoldNoticeRow[]) {
  const last = notices.at(-1);
  const ended = last && holdNoticeView(last).ended;
  return { noticeId: notices.find((one) => one.withdrawn_at === null)?.id ?? null, ended: last && ended ? { noticeId: last.id, reason: ended.reason, by: ended.by, on: ended.on } : null };
}

/** Undecided ones first, then in the order of the lines. */
export async function listProposals(actor: Actor, batchId: string, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    await getBatch(trx, batchId);
    const where = sql`p.batch_id = ${batchId} ${query.decided ? (query.decided === 'yes' ? sql`AND p.decision IS NOT NULL` : sql`AND p.decision IS NULL`) : sql``}`;
    const after = readCursor(query.cursor);
    const { rows } = await sql<Row>`
      SELECT l.*, p.id AS proposal_id, p.doubt, p.fact, p.decision, p.reason, p.legal_basis, p.hold_days, p.decided_by_name, p.decided_at
      FROM payouts.proposal p JOIN payouts.line l ON l.id = p.line_id
      WHERE ${where} ${after ? sql`AND (p.decision IS NOT NULL, l.ordinal, p.doubt) > (${after[0]}::boolean, ${after[1]}::int, ${after[2]}::text)` : sql``}
      ORDER BY p.decision IS NOT NULL, l.ordinal, p.doubt LIMIT ${query.limit + 1}`.execute(trx);
    const notices = Map.groupBy(await listHoldNotices(trx, rows.map((row) => row.id)), (notice) => notice.proposal_id);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM payouts.proposal p WHERE ${where}`.execute(trx);
    return page(rows, query.limit, (row) => [String(row.decision !== null), row.ordinal, row.doubt], count.rows[0]!.count, (row) => ({
      id: row.proposal_id,
      line: lineView(actor, row, name),
      doubt: row.doubt,
      fact: factWords(row.doubt, row.fact),
      decision: row.decision === null ? null : { decision: row.decision, reason: row.reason!, legalBasis: row.legal_basis, holdDays: row.hold_days, ...noticesOf(notices.get(row.proposal_id) ?? []), by: row.decided_by_name!, at: row.decided_at!.toISOString() },
    }));
  });
}
