import { regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { listPaymentsOfProjects, type ProjectPayment } from '#modules/registries/funds/index.ts';
import type { ProjectRow } from '../pool/project-store.ts';
import type { ContractRow } from '../procurement/contract-store.ts';

/** From the publication on, a project is public, also when it was cancelled after it. */
export const publicCondition: RawBuilder<unknown> = sql`p.published_on IS NOT NULL AND p.state <> 'rejected'`;

export interface PublicVendor {
  id: string;
  credit_code: string;
  name: string;
}
interface TenderRow {
  id: string;
  project_id: string;
  number: string;
  title: string;
  method_code: 'open' | 'limited' | 'direct';
  method_reason: string | null;
  estimate_fen: number;
  price_only: boolean;
  published_on: string;
  bids_due_at: Date;
  state: 'active' | 'awarded' | 'cancelled';
  awarded_bid_id: string | null;
  awarded_on: string | null;
  closed_reason: string | null;
  recorded_at: Date;
}
interface BidRow {
  id: string;
  tender_id: string;
  amount_fen: number;
  received_at: Date;
  state: 'valid' | 'disqualified';
  vendor: PublicVendor;
}
export interface PublicContract extends ContractRow {
  recorded_at: Date;
  vendor: PublicVendor;
  amendments: { id: string; amended_on: string; change_fen: number; finish_by: string; reason: string }[];
  milestones: { ordinal: number; title: string; due_on: string; amount_fen: number; met_on: string | null }[];
  items: { ordinal: number; item_code: string; title: string; quantity_thousandths: number; unit_price_fen: number }[];
  payments: ProjectPayment[];
}

/** One contracting process: a tender with what came of it, or a contract without a tender. */
export interface PublicProcess {
  id: string;
  project: ProjectRow & { changed_at: Date };
  tender: TenderRow | undefined;
  bids: BidRow[];
  contracts: PublicContract[];
}

export interface PublicProject {
  project: ProjectRow & { changed_at: Date };
  processes: PublicProcess[];
  paidFen: number;
}

const vendorJson = sql`jsonb_build_object('id', v.id, 'credit_code', v.credit_code, 'name', v.name)`;

/** Public projects with everything that was contracted for them. */
export async function readPublicProjects(trx: Trx, filter: { id?: string; processId?: string; regionCode?: string | undefined; fiscalYear?: number | undefined; after?: PublicProject | undefined }, limit: number): Promise<PublicProject[]> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  const { rows: projects } = await sql<ProjectRow & { changed_at: Date }>`
    SELECT p.* FROM projects.project p WHERE ${publicCondition}
      ${filter.id ? sql`AND p.id = ${filter.id}` : sql``}
      ${filter.processId ? sql`AND p.id IN (SELECT project_id FROM projects.tender WHERE id = ${filter.processId} UNION SELECT project_id FROM projects.contract WHERE id = ${filter.processId} AND tender_id IS NULL)` : sql``}
      ${range ? sql`AND p.region_code >= ${range.from} AND p.region_code < ${range.to}` : sql``}
      ${filter.fiscalYear ? sql`AND p.fiscal_year = ${filter.fiscalYear}` : sql``}
      ${filter.after ? sql`AND (p.region_code, p.number, p.id) > (${filter.after.project.region_code}, ${filter.after.project.number}, ${filter.after.project.id}::uuid)` : sql``}
    ORDER BY p.region_code, p.number, p.id LIMIT ${limit}`.execute(trx);
  const ids = projects.map(({ id }) => id);
  const { rows: tenders } = await sql<TenderRow>`SELECT * FROM projects.tender WHERE project_id = ANY (${ids}::uuid[]) ORDER BY published_on, id`.execute(trx);
  const { rows: bids } = await sql<BidRow>`SELECT b.*, ${vendorJson} AS vendor FROM projects.bid b JOIN projects.vendor v ON v.county_code = b.county_code AND v.id = b.vendor_id WHERE b.tender_id = ANY (${tenders.map(({ id }) => id)}::uuid[]) ORDER BY b.received_at, b.id`.execute(trx);
  const { rows: contracts } = await sql<PublicContract>`
    SELECT c.*, ${vendorJson} AS vendor,
      coalesce((SELECT jsonb_agg(to_jsonb(a) ORDER BY a.amended_on) FROM projects.amendment a WHERE a.county_code = c.county_code AND a.contract_id = c.id), '[]') AS amendments,
      coalesce((SELECT jsonb_agg(to_jsonb(m) ORDER BY m.ordinal) FROM projects.milestone m WHERE m.county_code = c.county_code AND m.contract_id = c.id), '[]') AS milestones,
      coalesce((SELECT jsonb_agg(to_jsonb(i) ORDER BY i.ordinal) FROM projects.contract_item i WHERE i.county_code = c.county_code AND i.contract_id = c.id), '[]') AS items,
      coalesce((SELECT jsonb_agg(l.payment_id) FROM projects.contract_payment l WHERE l.county_code = c.county_code AND l.contract_id = c.id), '[]') AS payments
    FROM projects.contract c JOIN projects.vendor v ON v.county_code = c.county_code AND v.id = c.vendor_id WHERE c.project_id = ANY (${ids}::uuid[]) ORDER BY c.signed_on, c.id`.execute(trx);
  const paidFor = await listPaymentsOfProjects(trx, ids);
  const found: PublicProject[] = [];
  for (const project of projects) {
    const payments = (paidFor.get(project.id) ?? []).filter(({ state }) => state === 'paid');
    const own = contracts.filter((one) => one.project_id === project.id).map((one) => ({ ...one, payments: payments.filter(({ id }) => (one.payments as unknown as string[]).includes(id)) }));
    const processes: PublicProcess[] = [
      ...tenders.filter((one) => one.project_id === project.id).map((tender) => ({ id: tender.id, project, tender, bids: bids.filter((bid) => bid.tender_id === tender.id), contracts: own.filter((one) => one.tender_id === tender.id) })),
      ...own.filter((one) => one.tender_id === null).map((contract) => ({ id: contract.id, project, tender: undefined, bids: [], contracts: [contract] })),
    ];
    found.push({ project, processes, paidFen: payments.reduce((sum, one) => sum + one.amountFen, 0) });
  }
  return found;
}
