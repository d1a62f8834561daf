import type { QueryOf, ResponseOf, listHouseholdPayouts as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { listHouseholdIds, nameFor, resolveHousehold } from '#modules/registries/households/index.ts';
import { keptStandard, programmeView } from '../entitlements/payout-standard.ts';
import { findHoldNotice, holdNoticeView, listHoldNotices } from '../check/hold-notice-store.ts';
import type { LineRow } from './batch-store.ts';

type Row = LineRow & { number: string; programme_code: string; month: string; standard: unknown };

/** What a household was paid, newest month first, with the working and the basis. Looking is recorded. */
export async function listHouseholdPayouts(actor: Actor, householdId: string, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'payout.read');
  return inTransaction(actor, async (trx) => {
    const household = await resolveHousehold(trx, householdId, today());
    if (!household) throw new AppError('not-found');
    await recordAudit(trx, actor, { action: 'payout.view-household', objectKind: 'household', objectId: householdId, householdId, regionCode: household.responsible_region_code });
    // Of a merged household too: its payments stay under its own id.
    const ids = await listHouseholdIds(trx, household.id);
    const after = readCursor(query.cursor);
    const { rows } = await sql<Row>`
      SELECT l.*, b.number, b.programme_code, b.month, b.standard
      FROM payouts.line l JOIN payouts.batch b ON b.id = l.batch_id
      WHERE l.household_id = ANY (${ids}::uuid[]) AND l.state <> 'withdrawn' ${after ? sql`AND (b.month, l.id) < (${after[0]}, ${after[1]}::uuid)` : sql``} ORDER BY b.month DESC, l.id DESC LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM payouts.line WHERE household_id = ANY (${ids}::uuid[]) AND state <> 'withdrawn'`.execute(trx);
    const notices = Map.groupBy(await listHoldNotices(trx, rows.map((row) => row.id)), (notice) => notice.line_id);
    return page(rows, query.limit, (row) => [row.month, row.id], count.rows[0]!.count, (row) => ({
      id: row.id,
      batchId: row.batch_id,
      batchNumber: row.number,
      programme: programmeView(row.programme_code),
      month: row.month,
      months: row.months,
      payee: nameFor(actor, row.payee_name),
      standardFen: row.standard_fen,
      units: row.units,
      amountFen: row.amount_fen,
      state: row.state,
      paidOn: row.paid_on,
      bankText: row.bank_text,
      heldUntil: row.held_until,
      notices: (notices.get(row.id) ?? []).map(holdNoticeView),
      basis: keptStandard.parse(row.standard).basis,
    }));
  });
}

/** Who decided to hold a payment of the household's: whoever objects to it is answered by somebody else. */
export async function findHoldDecider(trx: Trx, noticeId: string, householdId: string): Promise<string | undefined> {
  const notice = await findHoldNotice(trx, noticeId);
  if (!notice || notice.withdrawn_at !== null) return undefined;
  return (await listHouseholdIds(trx, householdId)).includes(notice.household_id) ? notice.decided_by : undefined;
}
