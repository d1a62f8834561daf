import type { ResponseOf, getIndicator as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findFundKind, purposeTitle } from '../fund-catalogue.ts';
import { listFundEvidence } from '../trail/fund-evidence.ts';
import { withCode } from '../trail/trail-policy.ts';
import { itemOf, listIndicatorsWhere, loadItemContext, type ItemContext } from './indicator-rows.ts';

type View = ResponseOf<typeof endpoint>;

/** A page shows so many children, plans and payments; the lists and the export hold all of them. */
const mostShown = 200;

export async function viewIndicator(actor: Actor, id: string): Promise<View> {
  authorize(actor, 'fund.read');
  return inTransaction(actor, async (trx) => {
    const [row] = await listIndicatorsWhere(trx, sql`i.id = ${id}`, 1);
    if (!row) throw new AppError('not-found');
    const context = await loadItemContext(trx, row.region_code);
    const children = await listIndicatorsWhere(trx, sql`i.parent_id = ${id}`, mostShown);
    return {
      ...itemOf(context, row),
      issuedBy: row.issued_by_name,
      arrivedBy: row.arrived_by_name,
      transactionId: row.transaction_id,
      carryOverYears: findFundKind(row.fund_code, row.region_code, row.issued_on)?.carryOverYears ?? null,
      lineage: row.lineage.map(({ regionCode, ...hop }) => ({ ...hop, region: context.name(regionCode) })),
      children: children.map((child) => itemOf(context, child)),
      plans: await listPlans(trx, id, context),
      payments: await listPayments(trx, id),
      document: await findDocument(trx, id),
    };
  });
}

/** Only the first hop has one; those below carry its number. */
async function findDocument(trx: Trx, indicatorId: string): Promise<View['document']> {
  const row = await trx.selectFrom('funds.indicator as i').innerJoin('funds.source_document as d', 'd.id', 'i.document_id').select('d.id').where('i.id', '=', indicatorId).executeTakeFirst();
  return row ? { id: row.id, attachments: await listFundEvidence(trx, row.id) } : null;
}

async function listPlans(trx: Trx, indicatorId: string, context: ItemContext): Promise<View['plans']> {
  const { rows } = await sql<{ id: string; kind: View['plans'][number]['kind']; title: string; use_code: string; place_code: string; households: number; amount_fen: number; paid_fen: number; planned_on: string; finish_by: string; negative_words: string[]; state: 'planned' | 'cancelled'; planned_by_name: string; transaction_id: string }>`
    SELECT p.*, coalesce((SELECT sum(b.amount_fen) FROM funds.subject_balance b WHERE b.county_code = p.county_code AND b.subject_kind = 'plan' AND b.subject_id = p.id AND b.account_code = 'paid'), 0)::bigint AS paid_fen
    FROM funds.plan p WHERE p.indicator_id = ${indicatorId} ORDER BY p.planned_on, p.id LIMIT ${mostShown}`.execute(trx);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    use: withCode(row.use_code, purposeTitle(row.use_code)),
    place: context.name(row.place_code),
    households: row.households,
    amountFen: row.amount_fen,
    paidFen: row.paid_fen,
    plannedOn: row.planned_on,
    finishBy: row.finish_by,
    negativeWords: row.negative_words,
    state: row.state,
    plannedBy: row.planned_by_name,
    transactionId: row.transaction_id,
  }));
}

async function listPayments(trx: Trx, indicatorId: string): Promise<View['payments']> {
  const rows = await trx.selectFrom('funds.payment').selectAll().where('indicator_id', '=', indicatorId).orderBy('paid_on').orderBy('id').limit(mostShown).execute();
  return rows.map((row) => ({
    id: row.id,
    planId: row.plan_id,
    voucherNumber: row.voucher_number,
    payeeKind: row.payee_kind as View['payments'][number]['payeeKind'],
    payee: row.payee,
    accountKind: row.account_kind as View['payments'][number]['accountKind'],
    households: row.households,
    amountFen: row.amount_fen,
    paidOn: row.paid_on,
    state: row.state as 'paid' | 'reversed',
    paidBy: row.paid_by_name,
    transactionId: row.transaction_id,
  }));
}
