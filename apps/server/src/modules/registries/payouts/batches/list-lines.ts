import type { QueryOf, ResponseOf, exportPayoutLines as exportEndpoint, listPayoutLines as endpoint } from '@sunlit/api-spec';
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
import { yuan } from '../payee-words.ts';
import { getBatch, listBatchLines, type LineRow } from './batch-store.ts';
import { lineView } from './line-view.ts';

export async function listLines(actor: Actor, batchId: string, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    await getBatch(trx, batchId);
    const range = query.regionCode ? regionRange(query.regionCode) : undefined;
    const where = sql`batch_id = ${batchId} ${query.state ? sql`AND state = ${query.state}` : sql``} ${range ? sql`AND region_code >= ${range.from} AND region_code < ${range.to}` : sql``}`;
    const after = readCursor(query.cursor);
    const down = query.sort === '-ordinal';
    const { rows } = await sql<LineRow>`SELECT * FROM payouts.line WHERE ${where} ${after ? sql`AND ordinal ${down ? sql`<` : sql`>`} ${after[0]}::int` : sql``} ORDER BY ordinal ${down ? sql`DESC` : sql``} LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM payouts.line WHERE ${where} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.ordinal], count.rows[0]!.count, (row) => lineView(actor, row, name));
  });
}

const stateWords: Record<LineRow['state'], [string, string]> = {
  listed: ['待发放', 'To be paid'],
  held: ['缓发', 'Held'],
  sent: ['已送银行', 'Sent'],
  paid: ['已发放', 'Paid'],
  failed: ['未成功', 'Failed'],
  're-issued': ['已重新发放', 'Re-issued'],
  withdrawn: ['已撤回', 'Withdrawn'],
};

export async function exportLines(actor: Actor, batchId: string, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  const en = locale === 'en';
  return inTransaction(actor, async (trx) => {
    const batch = await getBatch(trx, batchId);
    const rows = await listBatchLines(trx, batchId);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'payout.export', objectKind: 'export', objectId: exportId, regionCode: batch.region_code, reason: query.purpose, details: { rows: rows.length, batch: batchId } });
    const header = en ? ['No.', 'Division', 'Payee', 'Account', 'Standard (yuan)', 'Units', 'Months', 'Amount (yuan)', 'State', 'Paid on', 'Bank says'] : ['序号', '区划', '领款人', '账号', '标准（元）', '计发数', '月数', '金额（元）', '状态', '到账日期', '银行说明'];
    const body = rows.map((row) => {
      const line = lineView(actor, row, name);
      return [String(line.ordinal), line.region.fullName, line.payee, line.accountMasked, yuan(line.standardFen), String(line.units), String(line.months), yuan(line.amountFen), stateWords[line.state][en ? 1 : 0], line.paidOn ?? '', line.bankText ?? ''];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${query.purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${query.purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
