import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import type { Actor } from '#platform/authorization/actor.ts';
import { withCopyClient } from '#platform/database/transaction.ts';
import { fundCatalogue } from './fund-catalogue.ts';

/** Postings up to the day, whatever was posted or reversed afterwards. */
const lines = `(SELECT l.* FROM funds.ledger_line l JOIN funds.ledger_transaction t ON t.county_code = l.county_code AND t.id = l.transaction_id WHERE t.day <= $AS_OF)`;
const sum = (account: string, as: string) => `coalesce(sum(l.amount_fen) FILTER (WHERE l.account_code = '${account}'), 0)::bigint AS ${as}`;

const queries = {
  fund_indicators: `
    SELECT i.id AS indicator_id, i.county_code, i.region_code, i.document_number, i.fund_code, s.source AS fund_source, i.fiscal_year, i.issued_on, i.expected_on,
      CASE WHEN i.arrived_on <= $AS_OF THEN i.clock_from END AS held_since,
      ${sum('in-transit', 'in_transit_fen')}, ${sum('available', 'available_fen')}, ${sum('planned', 'planned_fen')}, ${sum('paid', 'paid_fen')}, ${sum('passed-on', 'passed_on_fen')}
    FROM funds.indicator i JOIN ${lines} l ON l.indicator_id = i.id LEFT JOIN (VALUES $SOURCES) AS s (code, source) ON s.code = i.fund_code
    WHERE i.issued_on <= $AS_OF GROUP BY i.county_code, i.id, s.source`,
  fund_plans: `
    SELECT p.id AS plan_id, p.indicator_id, p.county_code, p.region_code, p.use_code, p.kind AS kind_code, p.project_id, array_to_string(p.negative_words, '、') AS negative_words, p.planned_on, p.finish_by,
      ${sum('planned', 'planned_fen')}, ${sum('paid', 'paid_fen')}
    FROM funds.plan p JOIN ${lines} l ON l.plan_id = p.id AND l.indicator_id = p.indicator_id
    GROUP BY p.county_code, p.id HAVING sum(l.amount_fen) FILTER (WHERE l.account_code IN ('planned', 'paid')) > 0`,
  fund_payments: `SELECT y.id AS payment_id, y.indicator_id, y.plan_id, y.county_code, y.region_code, y.voucher_number, y.payee_kind, y.account_kind, y.amount_fen, y.paid_on FROM funds.payment y WHERE y.state = 'paid' AND y.paid_on <= $AS_OF`,
  plan_shares: `
    SELECT x.plan_id, x.indicator_id, x.county_code, x.region_code, x.use_code, max(x.last_paid_on) AS last_paid_on, count(*) AS households, min(x.paid_fen) AS least_fen, max(x.paid_fen) AS most_fen
    FROM (SELECT p.id AS plan_id, p.indicator_id, p.county_code, p.region_code, p.use_code, l.household_id, max(t.day) AS last_paid_on, sum(l.amount_fen) AS paid_fen
      FROM funds.ledger_line l JOIN funds.ledger_transaction t ON t.county_code = l.county_code AND t.id = l.transaction_id JOIN funds.plan p ON p.county_code = l.county_code AND p.id = l.plan_id
      WHERE l.account_code = 'paid' AND l.household_id IS NOT NULL AND t.day <= $AS_OF GROUP BY p.county_code, p.id, l.household_id HAVING sum(l.amount_fen) > 0) x
    GROUP BY x.county_code, x.region_code, x.plan_id, x.indicator_id, x.use_code`,
} as const;

type FundSnapshotTable = keyof typeof queries;

export const fundTables = Object.keys(queries) as FundSnapshotTable[];

export interface FundSnapshot {
  files: Record<FundSnapshotTable, string>;
  rows: Record<FundSnapshotTable, number>;
  counties: string[];
}

/** What cross-checks may see of the funds, as of a day: sums, days and document numbers; of households only how many got between which sums. */
export async function writeFundSnapshot(actor: Actor, asOf: string, folder: string): Promise<FundSnapshot> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new RangeError('asOf must be YYYY-MM-DD');
  const sources = fundCatalogue()
    .funds.map(({ code, source }) => `('${code.replaceAll("'", "''")}', '${source}')`)
    .join(', ');
  return withCopyClient(actor, { snapshot: true }, async (client) => {
    const files = {} as FundSnapshot['files'];
    const rows = {} as FundSnapshot['rows'];
    for (const table of fundTables) {
      files[table] = join(folder, `${table}.csv`);
      const query = queries[table].replaceAll('$AS_OF', `DATE '${asOf}'`).replace('$SOURCES', sources);
      const stream = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT csv, HEADER)`));
      await pipeline(stream, createWriteStream(files[table], { mode: 0o600 }));
      rows[table] = Number((stream as unknown as { rowCount: number }).rowCount ?? 0);
    }
    const counties = await client.query<{ county_code: string }>('SELECT DISTINCT county_code FROM funds.indicator ORDER BY 1');
    return { files, rows, counties: counties.rows.map((row) => row.county_code) };
  });
}
