import type { QueryOf, ResponseOf, exportTransactions as exportEndpoint, getTransaction as getEndpoint, listTransactions as listEndpoint } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { fundTitle } from '../fund-catalogue.ts';
import type { PostingKind } from '../ledger/accounts.ts';
import { listFundEvidence } from '../trail/fund-evidence.ts';
import { withCode } from '../trail/trail-policy.ts';

type Item = ResponseOf<typeof listEndpoint>['items'][number];
type Namer = Awaited<ReturnType<typeof regionNamer>>;

interface Row {
  id: string;
  kind: PostingKind;
  day: string;
  book_code: string;
  other_book_code: string | null;
  line_count: number;
  total_fen: number;
  summary: string;
  reason: string | null;
  reverses_id: string | null;
  reversed_by_id: string | null;
  posted_by_name: string;
  posted_at: Date;
}

const columns = sql`t.*, (SELECT r.id FROM funds.ledger_transaction r WHERE r.county_code = t.county_code AND r.reverses_id = t.id) AS reversed_by_id`;

function conditions(filter: Omit<QueryOf<typeof exportEndpoint>, 'purpose'>): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  return sql`true
    ${range ? sql`AND ((t.book_code >= ${range.from} AND t.book_code < ${range.to}) OR (t.other_book_code >= ${range.from} AND t.other_book_code < ${range.to}))` : sql``}
    ${filter.kind ? sql`AND t.kind = ${filter.kind}` : sql``}
    ${filter.from ? sql`AND t.day >= ${filter.from}::date` : sql``}
    ${filter.to ? sql`AND t.day <= ${filter.to}::date` : sql``}
    ${filter.indicatorId ? sql`AND t.id IN (SELECT l.transaction_id FROM funds.ledger_line l WHERE l.indicator_id = ${filter.indicatorId})` : sql``}`;
}

async function readRows(trx: Trx, where: RawBuilder<unknown>, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`SELECT ${columns} FROM funds.ledger_transaction t WHERE ${where} ORDER BY t.day DESC, t.id DESC LIMIT ${limit}`.execute(trx);
  return rows;
}

export async function listTransactions(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'fund.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const after = readCursor(query.cursor);
    const rows = await readRows(trx, sql`${conditions(query)} ${after ? sql`AND (t.day, t.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}`, query.limit + 1);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM funds.ledger_transaction t WHERE ${conditions(query)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.day, row.id], count.rows[0]?.count ?? 0, (row) => itemOf(name, row));
  });
}

function itemOf(name: Namer, row: Row): Item {
  return {
    id: row.id,
    kind: row.kind,
    day: row.day,
    book: name(row.book_code),
    otherBook: row.other_book_code === null ? null : name(row.other_book_code),
    totalFen: row.total_fen,
    summary: row.summary,
    reason: row.reason,
    reversesId: row.reverses_id,
    reversedById: row.reversed_by_id,
    postedBy: row.posted_by_name,
    postedAt: row.posted_at.toISOString(),
  };
}

const mostLines = 200;

/** One posting. Of a transfer, each side sees the lines of its own book. */
export async function viewTransaction(actor: Actor, id: string): Promise<ResponseOf<typeof getEndpoint>> {
  authorize(actor, 'fund.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const [row] = await readRows(trx, sql`t.id = ${id}`, 1);
    if (!row) throw new AppError('not-found');
    const lines = await trx.selectFrom('funds.ledger_line').selectAll().where('transaction_id', '=', id).orderBy('line_number').limit(mostLines).execute();
    return {
      ...itemOf(name, row),
      lineCount: row.line_count,
      attachments: await listFundEvidence(trx, id),
      lines: lines.map((line) => ({ number: line.line_number, book: name(line.book_code), account: line.account_code, indicatorId: line.indicator_id, fund: withCode(line.fund_code, fundTitle(line.fund_code)), fiscalYear: line.fiscal_year, ofHousehold: line.household_id !== null, amountFen: line.amount_fen })),
    };
  });
}

const mostRows = 50_000;

export async function exportTransactions(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'fund.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { purpose, ...filter } = query;
    const rows = await readRows(trx, conditions(filter), mostRows);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'ledger.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const header = en ? ['Day', 'Kind', 'Book', 'Other book', 'Amount (yuan)', 'Summary', 'Reason', 'Posted by', 'Transaction', 'Reverses'] : ['记账日', '种类', '账套', '对方账套', '金额（元）', '摘要', '原因', '记账人', '凭证编号', '冲销的凭证'];
    const body = rows.map((row) => [row.day, row.kind, name(row.book_code).fullName, row.other_book_code === null ? '' : name(row.other_book_code).fullName, (row.total_fen / 100).toFixed(2), row.summary, row.reason ?? '', row.posted_by_name, row.id, row.reverses_id ?? '']);
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
