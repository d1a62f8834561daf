import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import type { Actor } from '#platform/authorization/actor.ts';
import { withCopyClient } from '#platform/database/transaction.ts';
import { standingPayments } from '#modules/registries/funds/index.ts';
import { projectCatalogue } from './project-catalogue.ts';

const place = (table: string) => `${table}.county_code, ${table}.region_code`;
const by = (column: string) => `CASE WHEN ${column} <= $AS_OF THEN ${column} END`;
const pooled = `p.approved_on <= $AS_OF`;
const standing = 'projects.income n JOIN funds.standing_indicator i ON i.county_code = n.county_code AND i.id = n.indicator_id';

/** Changes of who represents a firm: before the day of a change the one before counts. */
const approvedChanges = `(SELECT * FROM projects.vendor_change WHERE state = 'approved' AND representative_key IS NOT NULL) x`;

const queries = {
  projects: `
    SELECT p.id AS project_id, ${place('p')}, p.number, p.category_code, p.state AS state_code, p.fiscal_year, (SELECT count(*) FROM projects.target t WHERE t.county_code = p.county_code AND t.project_id = p.id) AS target_count,
      p.published_on, p.approved_on, ${by('p.started_on')} AS started_on, (SELECT max(g.reported_on) FROM projects.progress g WHERE g.county_code = p.county_code AND g.project_id = p.id AND g.reported_on <= $AS_OF) AS progress_on,
      p.finish_by, ${by('p.completed_on')} AS completed_on, ${by('p.accepted_on')} AS accepted_on, p.budget_fen,
      (SELECT coalesce(sum(c.value_fen), 0) FROM projects.contract c WHERE c.county_code = p.county_code AND c.project_id = p.id AND c.signed_on <= $AS_OF) AS contract_fen,
      coalesce(y.paid, 0) AS paid_fen,
      coalesce((SELECT g.physical_percent FROM projects.progress g WHERE g.county_code = p.county_code AND g.project_id = p.id AND g.reported_on <= $AS_OF ORDER BY g.reported_on DESC, g.at DESC LIMIT 1), 0) AS physical_percent,
      (SELECT count(*) FROM (VALUES $REQUIRED) AS r (category, kind) WHERE r.category = p.category_code AND NOT EXISTS (SELECT 1 FROM projects.document d WHERE d.county_code = p.county_code AND d.project_id = p.id AND d.kind_code = r.kind)) AS missing_papers,
      p.households, (SELECT count(*) FROM projects.linked_household l WHERE l.county_code = p.county_code AND l.project_id = p.id) AS linked_households
    FROM projects.project p LEFT JOIN (SELECT project_id, sum(amount_fen) AS paid FROM (${standingPayments('$AS_OF')}) s GROUP BY project_id) y ON y.project_id = p.id WHERE ${pooled}`,
  project_pictures: `SELECT d.id AS document_id, d.project_id, ${place('d')}, d.picture_key, CAST(d.added_at AS date) AS added_on FROM projects.document d WHERE d.picture_key IS NOT NULL`,
  tenders: `SELECT t.id AS tender_id, t.project_id, ${place('t')}, t.number, t.method_code, t.price_only, t.estimate_fen, t.published_on, CAST(t.bids_due_at AT TIME ZONE 'Asia/Shanghai' AS date) AS due_on, ${by('t.awarded_on')} AS awarded_on FROM projects.tender t WHERE t.published_on <= $AS_OF AND t.state <> 'cancelled'`,
  bids: `
    SELECT b.id AS bid_id, b.tender_id, b.vendor_id, b.amount_fen, b.received_at > t.bids_due_at AS is_late, b.state = 'valid' AS is_valid, coalesce(b.id = t.awarded_bid_id, false) AS is_winner, b.origin_key, k.key AS representative_key
    FROM projects.bid b JOIN projects.tender t ON t.county_code = b.county_code AND t.id = b.tender_id LEFT JOIN projects.vendor_key k ON k.county_code = b.county_code AND k.vendor_id = b.vendor_id AND k.kind = 'representative' WHERE t.published_on <= $AS_OF AND t.state <> 'cancelled'`,
  contracts: `SELECT c.id AS contract_id, c.project_id, c.vendor_id, c.tender_id, ${place('c')}, c.number, coalesce(t.method_code, 'direct') AS method_code, c.signed_fen, c.value_fen, c.signed_on FROM projects.contract c LEFT JOIN projects.tender t ON t.county_code = c.county_code AND t.id = c.tender_id WHERE c.signed_on <= $AS_OF`,
  contract_items: `SELECT i.contract_id, c.project_id, ${place('i')}, c.number, i.ordinal, i.item_code, i.quantity_thousandths, i.unit_price_fen, CASE WHEN i.measured_on <= $AS_OF THEN i.measured_thousandths END AS measured_thousandths, ${by('i.measured_on')} AS measured_on, c.signed_on FROM projects.contract_item i JOIN projects.contract c ON c.county_code = i.county_code AND c.id = i.contract_id WHERE c.signed_on <= $AS_OF`,
  contract_milestones: `SELECT m.contract_id, c.project_id, ${place('m')}, c.number, m.due_on, ${by('m.met_on')} AS met_on, m.amount_fen FROM projects.milestone m JOIN projects.contract c ON c.county_code = m.county_code AND c.id = m.contract_id WHERE c.signed_on <= $AS_OF AND c.state = 'active'`,
  vendor_people: `
    SELECT k.vendor_id, k.county_code, v.credit_code, k.key AS person_key, (SELECT max(x.changed_on) FROM ${approvedChanges} WHERE x.vendor_id = k.vendor_id) AS from_on, CAST(NULL AS date) AS to_on
    FROM projects.vendor_key k JOIN projects.vendor v ON v.county_code = k.county_code AND v.id = k.vendor_id WHERE k.kind = 'representative'
    UNION ALL
    SELECT x.vendor_id, x.county_code, v.credit_code, x.old_representative_key, (SELECT max(y.changed_on) FROM projects.vendor_change y WHERE y.vendor_id = x.vendor_id AND y.state = 'approved' AND y.representative_key IS NOT NULL AND y.changed_on < x.changed_on), x.changed_on
    FROM ${approvedChanges} JOIN projects.vendor v ON v.county_code = x.county_code AND v.id = x.vendor_id WHERE x.old_representative_key IS NOT NULL`,
  invoices: `
    SELECT v.id AS invoice_id, v.contract_id, c.vendor_id, c.project_id, ${place('v')}, v.number, v.issued_on, v.amount_fen, ${by('v.void_on')} AS void_on,
      EXISTS (SELECT 1 FROM projects.contract_payment l JOIN (${standingPayments('$AS_OF')}) s ON s.payment_id = l.payment_id WHERE l.county_code = v.county_code AND l.contract_id = v.contract_id AND v.id = ANY (l.invoice_ids)) AS is_paid
    FROM projects.invoice v JOIN projects.contract c ON c.county_code = v.county_code AND c.id = v.contract_id WHERE v.issued_on <= $AS_OF`,
  assets: `SELECT a.id AS asset_id, ${place('a')}, a.number, a.class_code, a.state AS state_code, a.state_on, a.formed_on, ${by('a.registered_on')} AS registered_on, a.original_fen FROM projects.asset a WHERE a.formed_on <= $AS_OF`,
  leases: `SELECT l.id AS lease_id, l.asset_id, ${place('l')}, l.number, l.start_on, coalesce(${by('l.ended_on')}, l.end_on) AS end_on, l.yearly_fen, l.appraised_fen, l.vote_id IS NOT NULL AS has_vote FROM projects.lease l WHERE l.start_on <= $AS_OF`,
  rents: `
    SELECT r.asset_id, ${place('r')}, l.number, r.due_on, r.amount_fen, (SELECT coalesce(sum(n.amount_fen), 0) FROM ${standing} WHERE n.county_code = r.county_code AND n.lease_id = r.lease_id AND n.due_ordinal = r.ordinal AND n.received_on <= $AS_OF) AS received_fen
    FROM projects.rent_due r JOIN projects.lease l ON l.county_code = r.county_code AND l.id = r.lease_id WHERE r.due_on <= $AS_OF AND (r.cancelled_on IS NULL OR r.cancelled_on > $AS_OF)`,
  asset_incomes: `
    SELECT n.asset_id, ${place('n')}, n.receipt_number, n.received_on, n.amount_fen, (SELECT min(d.paid_on) FROM projects.distribution d WHERE d.county_code = n.county_code AND d.income_id = n.id AND d.state = 'paid' AND d.paid_on <= $AS_OF) AS distributed_on
    FROM ${standing} WHERE n.received_on <= $AS_OF`,
  asset_disposals: `SELECT d.asset_id, ${place('d')}, d.price_fen, d.appraised_fen, d.published_on, d.disposed_on FROM projects.disposal d WHERE d.disposed_on <= $AS_OF`,
  income_shares: `
    SELECT s.household_id, ${place('s')}, a.number AS asset_number, s.amount_fen, s.answered_fen, s.answered_on FROM projects.household_share s
    JOIN projects.distribution d ON d.county_code = s.county_code AND d.id = s.distribution_id JOIN projects.asset a ON a.county_code = d.county_code AND a.id = d.asset_id WHERE s.answered_on <= $AS_OF`,
} as const;

type ProjectSnapshotTable = keyof typeof queries;
export const projectTables = Object.keys(queries) as ProjectSnapshotTable[];

export interface ProjectSnapshot {
  files: Record<ProjectSnapshotTable, string>;
  rows: Record<ProjectSnapshotTable, number>;
  counties: string[];
}

/** What cross-checks may see of projects, contracts and assets: sums, days, numbers of papers; no name of any person. */
export async function writeProjectSnapshot(actor: Actor, asOf: string, folder: string): Promise<ProjectSnapshot> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new RangeError('asOf must be YYYY-MM-DD');
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const required = projectCatalogue().categories.flatMap((category) => category.required.map((kind) => `(${quoted(category.code)}, ${quoted(kind)})`)).join(', ');
  return withCopyClient(actor, { snapshot: true }, async (client) => {
    const files = {} as ProjectSnapshot['files'];
    const rows = {} as ProjectSnapshot['rows'];
    for (const table of projectTables) {
      files[table] = join(folder, `${table}.csv`);
      const query = queries[table].replaceAll('$AS_OF', `DATE '${asOf}'`).replaceAll('$REQUIRED', required);
      const stream = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT csv, HEADER)`));
      await pipeline(stream, createWriteStream(files[table], { mode: 0o600 }));
      rows[table] = Number((stream as unknown as { rowCount: number }).rowCount ?? 0);
    }
    const counties = await client.query<{ county_code: string }>('SELECT county_code FROM projects.project UNION SELECT county_code FROM projects.asset ORDER BY 1');
    return { files, rows, counties: counties.rows.map((row) => row.county_code) };
  });
}
