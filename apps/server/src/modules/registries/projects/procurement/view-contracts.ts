import type { QueryOf, ResponseOf, exportContracts as exportEndpoint, getContract as getEndpoint, getProcurement as procurementEndpoint, listContracts as listEndpoint } from '@sunlit/api-spec';
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
import { listProjectPlans } from '#modules/registries/funds/index.ts';
import { getProjectRow } from '../pool/project-store.ts';
import { listContractItems } from './contract-items.ts';
import { listContractPayments, listPaymentsOfContracts, paidOf, payableBy, type ContractRow } from './contract-store.ts';

type Item = ResponseOf<typeof listEndpoint>['items'][number];
type Filter = Omit<QueryOf<typeof exportEndpoint>, 'purpose'>;
interface ListedContract extends ContractRow {
  project_number: string;
  project_title: string;
  vendor_name: string;
  credit_code: string;
  method: Item['method'];
  method_reason: string | null;
  paid: number;
}

const from = sql`projects.contract c JOIN projects.project p ON p.county_code = c.county_code AND p.id = c.project_id JOIN projects.vendor v ON v.county_code = c.county_code AND v.id = c.vendor_id
  LEFT JOIN projects.tender t ON t.county_code = c.county_code AND t.id = c.tender_id`;
const columns = sql`c.*, p.number AS project_number, p.title AS project_title, v.name AS vendor_name, v.credit_code, coalesce(t.method_code, 'direct') AS method, t.method_reason`;

function conditions(filter: Filter): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  return sql`true
    ${range ? sql`AND c.region_code >= ${range.from} AND c.region_code < ${range.to}` : sql``}
    ${filter.state ? sql`AND c.state = ${filter.state}` : sql``}
    ${filter.vendorId ? sql`AND c.vendor_id = ${filter.vendorId}` : sql``}
    ${filter.search ? sql`AND strpos(c.number || ' ' || c.title || ' ' || v.name, ${filter.search}) > 0` : sql``}`;
}

async function listRows(trx: Trx, condition: RawBuilder<unknown>, after: (string | number | null)[] | undefined, limit: number): Promise<ListedContract[]> {
  const { rows } = await sql<ListedContract>`SELECT ${columns} FROM ${from} WHERE ${condition} ${after ? sql`AND (c.signed_on, c.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``} ORDER BY c.signed_on DESC, c.id DESC LIMIT ${limit}`.execute(trx);
  const payments = await listPaymentsOfContracts(trx, rows);
  return rows.map((row) => ({ ...row, paid: paidOf(payments.get(row.id)) }));
}

const itemOf =
  (name: Awaited<ReturnType<typeof regionNamer>>) =>
  (row: ListedContract): Item => ({
    id: row.id,
    number: row.number,
    title: row.title,
    region: name(row.region_code),
    project: { id: row.project_id, number: row.project_number, title: row.project_title },
    vendor: { id: row.vendor_id, creditCode: row.credit_code, name: row.vendor_name },
    method: row.method,
    signedFen: row.signed_fen,
    valueFen: row.value_fen,
    paidFen: row.paid,
    signedOn: row.signed_on,
    finishBy: row.finish_by,
    state: row.state,
  });

export async function listContracts(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const rows = await listRows(trx, conditions(query), readCursor(query.cursor), query.limit + 1);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM ${from} WHERE ${conditions(query)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.signed_on, row.id], count.rows[0]?.count ?? 0, itemOf(name));
  });
}

const mostExported = 5_000;
const yuan = (fen: number) => (fen / 100).toFixed(2);

export async function exportContracts(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { purpose, ...filter } = query;
    const rows = await listRows(trx, conditions(filter), undefined, mostExported);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'contract.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const header = en ? ['Number', 'Contract', 'Project', 'Place', 'Vendor', 'Credit code', 'Signed on', 'Signed (yuan)', 'Value now (yuan)', 'Paid (yuan)', 'End', 'State'] : ['编号', '合同', '项目', '地点', '供应商', '统一社会信用代码', '签订日期', '签订金额（元）', '现金额（元）', '已支付（元）', '完成期限', '状态'];
    const body = rows.map(itemOf(name)).map((item) => [item.number, item.title, item.project.title, item.region.fullName, item.vendor.name, item.vendor.creditCode, item.signedOn, yuan(item.signedFen), yuan(item.valueFen), yuan(item.paidFen), item.finishBy, item.state]);
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}

export async function viewContract(actor: Actor, id: string): Promise<ResponseOf<typeof getEndpoint>> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const [row] = await listRows(trx, sql`c.id = ${id}`, undefined, 1);
    if (!row) throw new AppError('not-found');
    const payments = await listContractPayments(trx, row);
    const standing = payments.filter(({ state }) => state === 'paid');
    const used = new Set(standing.flatMap(({ invoiceIds }) => invoiceIds));
    const milestones = await trx.selectFrom('projects.milestone').selectAll().where('contract_id', '=', id).orderBy('ordinal').execute();
    const amendments = await trx.selectFrom('projects.amendment').selectAll().where('contract_id', '=', id).orderBy('amended_on').execute();
    const invoices = await trx.selectFrom('projects.invoice').selectAll().where('contract_id', '=', id).orderBy('issued_on').execute();
    const documents = await trx.selectFrom('projects.document').select(['id', 'file_name']).where('project_id', '=', row.project_id).orderBy('added_at').limit(200).execute();
    return {
      ...itemOf(name)(row),
      directReason: row.tender_id === null ? row.direct_reason : row.method_reason,
      startOn: row.start_on,
      retentionPercent: row.retention_percent,
      retentionUntil: row.retention_until,
      payableFen: Math.max(0, payableBy(row, today()) - row.paid),
      endedOn: row.ended_on,
      endedReason: row.ended_reason,
      milestones: milestones.map((one) => ({ ordinal: one.ordinal, title: one.title, dueOn: one.due_on, amountFen: one.amount_fen, paidFen: standing.filter(({ milestone }) => milestone === one.ordinal).reduce((sum, { amountFen }) => sum + amountFen, 0), metOn: one.met_on, documentId: one.document_id, confirmedBy: one.confirmed_by_name })),
      items: await listContractItems(trx, row),
      amendments: amendments.map((one) => ({ id: one.id, amendedOn: one.amended_on, changeFen: one.change_fen, finishBy: one.finish_by, reason: one.reason, recordedBy: one.recorded_by_name })),
      invoices: invoices.map((one) => ({ id: one.id, number: one.number, issuedOn: one.issued_on, amountFen: one.amount_fen, used: used.has(one.id), voidOn: one.void_on, voidReason: one.void_reason })),
      payments,
      plans: (await listProjectPlans(trx, row.project_id)).filter(({ leftFen, kind }) => leftFen > 0 && kind === 'project'),
      documents: documents.map((one) => ({ id: one.id, fileName: one.file_name })),
    };
  });
}

export async function viewProcurement(actor: Actor, projectId: string): Promise<ResponseOf<typeof procurementEndpoint>> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    await getProjectRow(trx, projectId);
    const tenders = await trx.selectFrom('projects.tender').selectAll().where('project_id', '=', projectId).orderBy('published_on').execute();
    const { rows: bids } = await sql<{ id: string; tender_id: string; vendor_id: string; credit_code: string; name: string; amount_fen: number; received_at: Date; state: 'valid' | 'disqualified'; reason: string | null }>`
      SELECT b.*, v.credit_code, v.name FROM projects.bid b JOIN projects.vendor v ON v.county_code = b.county_code AND v.id = b.vendor_id WHERE b.tender_id = ANY (${tenders.map(({ id }) => id)}::uuid[]) ORDER BY b.amount_fen`.execute(trx);
    return {
      tenders: tenders.map((tender) => ({
        id: tender.id,
        number: tender.number,
        title: tender.title,
        method: tender.method_code as Item['method'],
        methodReason: tender.method_reason,
        estimateFen: tender.estimate_fen,
        priceOnly: tender.price_only,
        publishedOn: tender.published_on,
        bidsDueAt: tender.bids_due_at.toISOString(),
        state: tender.state as 'active' | 'awarded' | 'cancelled',
        awardedOn: tender.awarded_on,
        awardNumber: tender.award_number,
        closedReason: tender.closed_reason,
        bids: bids
          .filter((bid) => bid.tender_id === tender.id)
          .map((bid) => ({ id: bid.id, vendor: { id: bid.vendor_id, creditCode: bid.credit_code, name: bid.name }, amountFen: bid.amount_fen, receivedAt: bid.received_at.toISOString(), late: bid.received_at > tender.bids_due_at, state: bid.state, reason: bid.reason, won: bid.id === tender.awarded_bid_id })),
      })),
      contracts: (await listRows(trx, sql`c.project_id = ${projectId}`, undefined, 200)).map(itemOf(name)),
    };
  });
}
