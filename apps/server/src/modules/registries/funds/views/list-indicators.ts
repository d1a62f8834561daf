import type { QueryOf, ResponseOf, exportIndicators as exportEndpoint, listIndicators as listEndpoint, listSourceDocuments as documentsEndpoint } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import { timeOrder } from '#platform/database/time-order.ts';
import type { ListColumn } from '#platform/http/list-route.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { countIndicators, itemOf, listIndicatorRows, loadItemContext } from './indicator-rows.ts';

const mostRows = 50_000;

export async function listIndicators(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'fund.read');
  return inTransaction(actor, async (trx) => {
    const context = await loadItemContext(trx, query.regionCode ?? actor.regionCode);
    const rows = await listIndicatorRows(trx, query, context, { sort: query.sort, after: readCursor(query.cursor), limit: query.limit + 1 });
    const key = query.sort === 'clock' ? (row: (typeof rows)[number]) => [row.clock_from ?? row.issued_on, row.id] : (row: (typeof rows)[number]) => [row.issued_on, row.id];
    return page(rows, query.limit, key, await countIndicators(trx, query, context), (row) => itemOf(context, row));
  });
}

const yuan = (fen: number) => (fen / 100).toFixed(2);

/** The list as CSV, marked with who took it, when and what for; the export is recorded. */
export async function exportIndicators(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'fund.read');
  return inTransaction(actor, async (trx) => {
    const { purpose, ...filter } = query;
    const context = await loadItemContext(trx, query.regionCode ?? actor.regionCode);
    const rows = await listIndicatorRows(trx, filter, context, { sort: '-issued', after: undefined, limit: mostRows });
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'fund.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const header = en
      ? ['Division', 'Fund', 'Year', 'Document', 'Title', 'Amount (yuan)', 'Issued', 'Arrived', 'In transit', 'Available', 'Planned', 'Paid', 'Passed on', 'Days', 'Clock']
      : ['区划', '资金', '年度', '文号', '名称', '金额（元）', '下达日期', '到账日期', '在途', '可用', '已安排', '已支付', '已下达', '停留天数', '时限'];
    const body = rows.map((row) => {
      const item = itemOf(context, row);
      return [item.region.fullName, en ? item.fund.title.en : item.fund.title.zh, String(item.fiscalYear), item.documentNumber, item.title, yuan(item.amountFen), item.issuedOn, item.arrivedOn ?? '', yuan(item.balances.inTransitFen), yuan(item.balances.availableFen), yuan(item.balances.plannedFen), yuan(item.balances.paidFen), yuan(item.balances.passedOnFen), String(item.clock.days), item.clock.level];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${context.today}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${context.today}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}

export const documentColumns: readonly ListColumn<ResponseOf<typeof documentsEndpoint>['items'][number]>[] = [
  { zh: '文号', en: 'Document', value: (item) => item.number },
  { zh: '名称', en: 'Title', value: (item) => item.title },
  { zh: '发文单位', en: 'Issuer', value: (item) => item.issuer },
  { zh: '区划', en: 'Division', value: (item) => item.region.fullName },
  { zh: '下达日期', en: 'Issued', value: (item) => item.issuedOn },
  { zh: '金额（元）', en: 'Amount (yuan)', value: (item) => yuan(item.amountFen) },
  { zh: '未分配（元）', en: 'Not yet indicated (yuan)', value: (item) => yuan(item.amountFen - item.indicatedFen) },
  { zh: '登记人', en: 'Recorded by', value: (item) => item.recordedBy },
];

export async function listSourceDocuments(actor: Actor, query: QueryOf<typeof documentsEndpoint>): Promise<ResponseOf<typeof documentsEndpoint>> {
  authorize(actor, 'fund.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const range = query.regionCode ? regionRange(query.regionCode) : undefined;
    const { beyond, direction } = timeOrder(query.sort);
    const within = sql`${range ? sql`AND region_code >= ${range.from} AND region_code < ${range.to}` : sql``} ${query.search ? sql`AND strpos(number || ' ' || title, ${query.search}) > 0` : sql``}`;
    const after = readCursor(query.cursor);
    const { rows } = await sql<{ id: string; region_code: string; number: string; title: string; issuer: string; issued_on: string; amount_fen: number; indicated_fen: number; recorded_by_name: string }>`
      SELECT * FROM funds.source_document WHERE true ${within} ${after ? sql`AND (issued_on, id) ${beyond} (${after[0]}::date, ${after[1]}::uuid)` : sql``} ORDER BY issued_on ${direction}, id ${direction} LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM funds.source_document WHERE true ${within} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.issued_on, row.id], count.rows[0]?.count ?? 0, (row) => ({ id: row.id, region: name(row.region_code), number: row.number, title: row.title, issuer: row.issuer, issuedOn: row.issued_on, amountFen: row.amount_fen, indicatedFen: row.indicated_fen, recordedBy: row.recorded_by_name }));
  });
}
