import type { QueryOf, ResponseOf, exportPayoutWork as exportEndpoint, listPayoutWork as endpoint } from '@sunlit/api-spec';
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
import type { LineRow } from '../batches/batch-store.ts';
import { lineView } from '../batches/line-view.ts';
import { programmeView } from '../entitlements/payout-standard.ts';
import { yuan } from '../payee-words.ts';

type Row = LineRow & { number: string; programme_code: string; month: string };
const mostRows = 50_000;

function matching(query: Omit<QueryOf<typeof exportEndpoint>, 'purpose'>) {
  const range = query.regionCode ? regionRange(query.regionCode) : undefined;
  return sql`l.state IN ('failed', 'held') ${query.state ? sql`AND l.state = ${query.state}` : sql``} ${query.programmeCode ? sql`AND b.programme_code = ${query.programmeCode}` : sql``} ${range ? sql`AND l.region_code >= ${range.from} AND l.region_code < ${range.to}` : sql``}`;
}

const source = sql`payouts.line l JOIN payouts.batch b ON b.id = l.batch_id`;

export async function listWork(actor: Actor, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const where = matching(query);
    const now = today();
    const after = readCursor(query.cursor);
    const newest = query.sort === 'newest';
    const { rows } = await sql<Row>`
      SELECT l.*, b.number, b.programme_code, b.month FROM ${source} WHERE ${where} ${after ? sql`AND (b.month, l.id) ${newest ? sql`<` : sql`>`} (${after[0]}, ${after[1]}::uuid)` : sql``}
      ORDER BY ${newest ? sql`b.month DESC, l.id DESC` : sql`b.month, l.id`} LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM ${source} WHERE ${where} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.month, row.id], count.rows[0]!.count, (row) => ({ ...lineView(actor, row, name), batchNumber: row.number, programme: programmeView(row.programme_code), month: row.month, due: row.state === 'failed' || (row.held_until ?? now) <= now }));
  });
}

export async function exportWork(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  const en = locale === 'en';
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<Row>`SELECT l.*, b.number, b.programme_code, b.month FROM ${source} WHERE ${matching(query)} ORDER BY b.month, l.id LIMIT ${mostRows}`.execute(trx);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'payout.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: query.purpose, details: { rows: rows.length } });
    const header = en ? ['Batch', 'Programme', 'Month', 'Division', 'Payee', 'Account', 'Amount (yuan)', 'State', 'Bank says', 'Held until'] : ['批次号', '待遇', '月份', '区划', '领款人', '账号', '金额（元）', '状态', '银行说明', '缓发至'];
    const body = rows.map((row) => {
      const line = lineView(actor, row, name);
      const { title } = programmeView(row.programme_code);
      return [row.number, en ? title.en : title.zh, row.month, line.region.fullName, line.payee, line.accountMasked, yuan(line.amountFen), row.state === 'held' ? (en ? 'Held' : '缓发') : en ? 'Failed' : '未成功', line.bankText ?? '', line.heldUntil ?? ''];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${query.purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${query.purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
