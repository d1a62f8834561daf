import type { NoticeState, QueryOf, ResponseOf, exportNotices as exportEndpoint, listNoticeKinds as kindsEndpoint, listNotices as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { noticeKinds, noticeTerms } from './notice-kinds.ts';
import { listNoticeRows, matching } from './notice-store.ts';
import { noticeItem } from './view-notice.ts';

const mostRows = 50_000;

/** The kinds that can be drafted today, with the days that hold in a division. */
export async function listNoticeKinds(actor: Actor, query: QueryOf<typeof kindsEndpoint>, locale: Locale): Promise<ResponseOf<typeof kindsEndpoint>> {
  authorize(actor, 'notice.read');
  const on = today();
  const current = noticeKinds().filter((kind) => kind.validFrom <= on && (kind.validTo === undefined || kind.validTo > on));
  return inTransaction(actor, async (trx) => {
    const items: ResponseOf<typeof kindsEndpoint>['items'] = [];
    for (const kind of current) items.push({ code: kind.code, title: kind.title, wording: kind.wording, basis: inWords(kind.basis, locale), fields: kind.fields, ...(await noticeTerms(trx, kind, query.regionCode ?? actor.regionCode, on)) });
    return { items };
  });
}

export async function listNotices(actor: Actor, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'notice.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const after = readCursor(query.cursor);
    const ascending = query.sort === 'made';
    const order = ascending ? sql`n.made_at, n.id` : sql`n.made_at DESC, n.id DESC`;
    const rows = await listNoticeRows(trx, query, order, query.limit + 1, after ? sql`AND (n.made_at, n.id) ${ascending ? sql`>` : sql`<`} (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM publication.notice n WHERE ${matching(query)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.key, row.id], count.rows[0]!.count, (row) => noticeItem(row, name));
  });
}

const stateWords: Record<NoticeState, [string, string]> = { draft: ['草稿', 'Draft'], published: ['公示中', 'Published'], ended: ['已到期', 'Ended'], withdrawn: ['已撤回', 'Withdrawn'], 'taken-down': ['已撤下', 'Taken down'] };

export async function exportNotices(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'notice.read');
  const name = await regionNamer();
  const en = locale === 'en';
  return inTransaction(actor, async (trx) => {
    const rows = await listNoticeRows(trx, query, sql`n.made_at DESC, n.id DESC`, mostRows);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'notice.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: query.purpose, details: { rows: rows.length } });
    const header = en ? ['Number', 'Division', 'Kind', 'Entries', 'State', 'From', 'To', 'Open objections', 'Drafted by'] : ['编号', '区划', '种类', '条数', '状态', '开始', '结束', '未答复异议', '起草人'];
    const body = rows.map((row) => {
      const item = noticeItem(row, name);
      return [item.number, item.region.fullName, en ? item.kind.title.en : item.kind.title.zh, String(item.entries), stateWords[item.state][en ? 1 : 0], item.startsOn ?? '', item.endsOn ?? '', String(item.openObjections), item.madeBy];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${query.purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${query.purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
