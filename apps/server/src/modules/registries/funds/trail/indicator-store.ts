import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { LedgerAccount, Tranche } from '../ledger/accounts.ts';

/** A hop above, as it stood when the money was passed on. */
export interface LineageHop {
  id: string;
  regionCode: string;
  documentNumber: string;
  amountFen: number;
  issuedOn: string;
  arrivedOn: string | null;
}

export interface IndicatorRow {
  county_code: string;
  id: string;
  region_code: string;
  department_code: string | null;
  kind: 'source' | 'allocation' | 'carry-over';
  parent_id: string | null;
  parent_region_code: string | null;
  root_id: string;
  document_id: string | null;
  document_number: string;
  lineage: LineageHop[];
  fund_code: string;
  fiscal_year: number;
  purpose_code: string;
  title: string;
  amount_fen: number;
  issued_on: string;
  expected_on: string;
  arrived_on: string | null;
  clock_from: string | null;
  carried: number;
  state: 'in-transit' | 'held' | 'withdrawn';
  transaction_id: string;
  issued_by: string;
  issued_by_name: string;
  arrived_by_name: string | null;
}

export async function getIndicatorRow(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<IndicatorRow> {
  const { rows } = await sql<IndicatorRow>`SELECT * FROM funds.indicator WHERE id = ${id} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(trx);
  const row = rows[0];
  if (!row) throw new AppError('not-found');
  return row;
}

export type NewIndicator = Omit<IndicatorRow, 'issued_by' | 'issued_by_name' | 'arrived_by_name'>;

export async function insertIndicator(trx: Trx, actor: { accountId: string; displayName: string }, row: NewIndicator): Promise<void> {
  await trx
    .insertInto('funds.indicator')
    .values({ ...row, lineage: JSON.stringify(row.lineage), issued_by: actor.accountId, issued_by_name: actor.displayName })
    .execute();
}

export function trancheOf(row: Pick<IndicatorRow, 'region_code' | 'id' | 'fund_code' | 'fiscal_year'>): Tranche {
  return { bookCode: row.region_code, indicatorId: row.id, fundCode: row.fund_code, fiscalYear: row.fiscal_year };
}

export function lineageBelow(row: IndicatorRow): LineageHop[] {
  return [...row.lineage, { id: row.id, regionCode: row.region_code, documentNumber: row.document_number, amountFen: row.amount_fen, issuedOn: row.issued_on, arrivedOn: row.arrived_on }];
}

/** What lies on one account of a tranche. */
export async function readBalance(trx: Trx, indicatorId: string, account: LedgerAccount): Promise<number> {
  const row = await trx.selectFrom('funds.balance').select('amount_fen').where('indicator_id', '=', indicatorId).where('account_code', '=', account).executeTakeFirst();
  return row?.amount_fen ?? 0;
}
