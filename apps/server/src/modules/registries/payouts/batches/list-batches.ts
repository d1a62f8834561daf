import type { PayoutBatchItem, PayoutState, QueryOf, RegionSummary, ResponseOf, exportPayoutBatches as exportEndpoint, listPayoutBatches as endpoint } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { programmeView } from '../entitlements/payout-standard.ts';
import { yuan } from '../payee-words.ts';
import type { BatchRow } from './batch-store.ts';

const mostRows = 50_000;

function matching(query: Omit<QueryOf<typeof exportEndpoint>, 'purpose'>) {
  const range = query.regionCode ? regionRange(query.regionCode) : undefined;
  return sql`true ${range ? sql`AND region_code >= ${range.from} AND region_code < ${range.to}` : sql``} ${query.programmeCode ? sql`AND programme_code = ${query.programmeCode}` : sql``}
    ${query.month ? sql`AND month = ${query.month}` : sql``} ${query.state ? sql`AND state = ${query.state}` : sql``}`;
}

export function batchItem(row: BatchRow, name: (code: string) => RegionSummary): PayoutBatchItem {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    region: name(row.region_code),
    programme: programmeView(row.programme_code),
    month: row.month,
    months: row.months,
    payDay: row.pay_day,
    state: row.state,
    lines: row.line_count,
    households: row.household_count,
    totalFen: row.total_fen,
    madeBy: row.made_by_name,
    madeAt: row.made_at.toISOString(),
  };
}

export async function listBatches(actor: Actor, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const where = matching(query);
    const after = readCursor(query.cursor);
    const ascending = query.sort === 'made';
    const { rows } = await sql<BatchRow & { key: string }>`
      SELECT *, made_at::text AS key FROM payouts.batch WHERE ${where} ${after ? sql`AND (made_at, id) ${ascending ? sql`>` : sql`<`} (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      ORDER BY ${ascending ? sql`made_at, id` : sql`made_at DESC, id DESC`} LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM payouts.batch WHERE ${where} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.key, row.id], count.rows[0]!.count, (row) => batchItem(row, name));
  });
}

const stateWords: Record<PayoutState, [string, string]> = { draft: ['草稿', 'Draft'], checked: ['已复核', 'Checked'], approved: ['已批准', 'Approved'], sent: ['已送银行', 'Sent'], settled: ['已办结', 'Settled'], withdrawn: ['已撤回', 'Withdrawn'] };

export async function exportBatches(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  const en = locale === 'en';
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<BatchRow>`SELECT * FROM payouts.batch WHERE ${matching(query)} ORDER BY made_at DESC, id DESC LIMIT ${mostRows}`.execute(trx);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'payout.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: query.purpose, details: { rows: rows.length } });
    const header = en ? ['Batch', 'Division', 'Programme', 'Month', 'Months', 'Lines', 'Households', 'Total (yuan)', 'Pay day', 'State', 'Made by'] : ['批次号', '区划', '待遇', '月份', '月数', '笔数', '户数', '合计（元）', '发放日', '状态', '编制人'];
    const body = rows.map((row) => {
      const item = batchItem(row, name);
      return [item.number, item.region.fullName, en ? item.programme.title.en : item.programme.title.zh, item.month, String(item.months), String(item.lines), String(item.households), yuan(item.totalFen), item.payDay, stateWords[item.state][en ? 1 : 0], item.madeBy];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${query.purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${query.purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
