import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';

export interface AssetRow {
  county_code: string;
  id: string;
  region_code: string;
  number: string;
  project_id: string | null;
  title: string;
  class_code: 'operating' | 'public' | 'household';
  original_fen: number;
  formed_on: string;
  owner_kind: 'county' | 'town' | 'village' | 'household' | null;
  owner_name: string | null;
  registered_on: string | null;
  certificate_number: string | null;
  operator_name: string;
  state: 'in-use' | 'idle' | 'damaged' | 'lost' | 'disposed';
  state_on: string;
  plate_token: string;
  recorded_by: string;
}

export async function getAssetRow(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<AssetRow> {
  const { rows } = await sql<AssetRow>`SELECT * FROM projects.asset WHERE id = ${id} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(trx);
  if (!rows[0]) throw new AppError('not-found');
  return rows[0];
}

/** Income that stands: what was reversed in the ledger did not come. */
export const standingIncome = sql`projects.income n JOIN funds.standing_indicator i ON i.county_code = n.county_code AND i.id = n.indicator_id`;
