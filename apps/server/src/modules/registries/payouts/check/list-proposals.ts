import type { Localised, PayoutDoubt, QueryOf, ResponseOf, listPayoutProposals as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getBatch, type LineRow } from '../batches/batch-store.ts';
import { lineView } from '../batches/line-view.ts';
import { programmeView } from '../entitlements/payout-standard.ts';
import { yuan } from '../payee-words.ts';
import type { DoubtFact } from './find-doubts.ts';

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

/** Undecided ones first, then in the order of the lines. */
export async function listProposals(actor: Actor, batchId: string, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    await getBatch(trx, batchId);
    const where = sql`p.batch_id = ${batchId} ${query.decided ? (query.decided === 'yes' ? sql`AND p.decision IS NOT NULL` : sql`AND p.decision IS NULL`) : sql``}`;
    const after = readCursor(query.cursor);
    const { rows } = await sql<Row>`
      SELECT l.*, p.id AS proposal_id, p.doubt, p.fact, p.decision, p.reason, p.legal_basis, p.hold_days, p.decided_by_name, p.decided_at FROM payouts.proposal p JOIN payouts.line l ON l.id = p.line_id
      WHERE ${where} ${after ? sql`AND (p.decision IS NOT NULL, l.ordinal, p.doubt) > (${after[0]}::boolean, ${after[1]}::int, ${after[2]}::text)` : sql``}
      ORDER BY p.decision IS NOT NULL, l.ordinal, p.doubt LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM payouts.proposal p WHERE ${where}`.execute(trx);
    return page(rows, query.limit, (row) => [String(row.decision !== null), row.ordinal, row.doubt], count.rows[0]!.count, (row) => ({
      id: row.proposal_id,
      line: lineView(actor, row, name),
      doubt: row.doubt,
      fact: factWords(row.doubt, row.fact),
      decision: row.decision === null ? null : { decision: row.decision, reason: row.reason!, legalBasis: row.legal_basis, holdDays: row.hold_days, by: row.decided_by_name!, at: row.decided_at!.toISOString() },
    }));
  });
}

function factWords(doubt: PayoutDoubt, fact: DoubtFact): Localised {
  switch (doubt) {
    case 'died':
      return { zh: `部门数据登记于 ${fact.day} 死亡`, en: `Departments' data record a death on ${fact.day}` };
    case 'in-custody':
      return { zh: `部门数据登记自 ${fact.day} 起服刑或强制戒毒`, en: `Departments' data record custody since ${fact.day}` };
    case 'twice-in-month':
      return { zh: `同一人本月已列入批次 ${fact.batchNumber}`, en: `The same person is listed for the month in batch ${fact.batchNumber}` };
    case 'exclusive': {
      const { title } = programmeView(fact.programmeCode!);
      return { zh: `同时享受${title.zh}，两项待遇不能同时享受`, en: `Also enrolled in: ${title.en}; the two exclude each other` };
    }
    case 'shared-account':
      return { zh: `同一账号登记在 ${fact.households} 户名下`, en: `The account is registered for ${fact.households} households` };
    case 'owner-mismatch':
      return { zh: `部门数据里这个账号的开户名不是本户的人（最近一笔 ${fact.day}）`, en: `Departments' data give the account in the name of nobody of the household (last on ${fact.day})` };
    case 'over-standard':
      return { zh: `连同已发的共 ${yuan(fact.amountFen!)} 元，当月标准只有 ${yuan(fact.standardFen!)} 元`, en: `${yuan(fact.amountFen!)} yuan with what was paid already; the standard of these months allows ${yuan(fact.standardFen!)}` };
  }
}
