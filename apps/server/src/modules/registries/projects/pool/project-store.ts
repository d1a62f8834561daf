import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';

export interface ProjectRow {
  county_code: string;
  id: string;
  region_code: string;
  number: string;
  title: string;
  category_code: string;
  fiscal_year: number;
  responsible_unit: string;
  works: string;
  mechanism: string;
  households: number;
  budget_fen: number;
  start_on: string;
  finish_by: string;
  state: string;
  version: number;
  rank: number | null;
  rank_reason: string | null;
  published_on: string | null;
  published_until: string | null;
  approval_number: string | null;
  approved_on: string | null;
  started_on: string | null;
  physical_percent: number;
  progress_on: string | null;
  completed_on: string | null;
  accepted_on: string | null;
  audited_on: string | null;
  settled_on: string | null;
  settlement_fen: number | null;
  cancelled_on: string | null;
  recover_fen: number | null;
  declared_by: string;
  declared_by_name: string;
}

export async function findProjectRow(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<ProjectRow | undefined> {
  const { rows } = await sql<ProjectRow>`SELECT * FROM projects.project WHERE id = ${id} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(trx);
  return rows[0];
}

export async function getProjectRow(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<ProjectRow> {
  const row = await findProjectRow(trx, id, options);
  if (!row) throw new AppError('not-found');
  return row;
}

export function requireVersion(row: ProjectRow, expected: number): void {
  if (row.version !== expected) throw new AppError('version-conflict');
}

/** The keys that every row about a project carries. */
export function keysOf(row: Pick<ProjectRow, 'county_code' | 'id' | 'region_code'>): { county_code: string; project_id: string; region_code: string } {
  return { county_code: row.county_code, project_id: row.id, region_code: row.region_code };
}
