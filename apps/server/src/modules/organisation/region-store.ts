import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { RegionItem, RegionSummary } from '@sunlit/api-spec';
import { getDatabase } from '#platform/database/database.ts';
import type { Trx } from '#platform/database/transaction.ts';

interface Row {
  code: string;
  name: string;
  level: string;
  parent_code: string | null;
  full_name: string;
  has_children: boolean;
  valid_from: string | null;
  valid_to: string | null;
}

const toItem = (row: Row): RegionItem => ({
  code: row.code,
  name: row.name,
  level: row.level as RegionItem['level'],
  parentCode: row.parent_code,
  fullName: row.full_name,
  hasChildren: row.has_children,
  validFrom: row.valid_from,
  validTo: row.valid_to,
});

/** Divisions are public knowledge and change rarely: all of them stay in memory as names. */
let names: Map<string, RegionSummary> | undefined;

async function allNames(): Promise<Map<string, RegionSummary>> {
  if (!names) {
    const rows = await getDatabase().app.selectFrom('organisation.region').select(['code', 'name', 'full_name']).execute();
    if (rows.length === 0) return new Map();
    names = new Map(rows.map((row) => [row.code, { code: row.code, name: row.name, fullName: row.full_name }]));
  }
  return names;
}

/** Name of a division; the code itself when it is unknown, so that a page never fails over a name. */
export async function regionNamer(): Promise<(code: string) => RegionSummary> {
  const known = await allNames();
  return (code) => known.get(code) ?? { code, name: code, fullName: code };
}

export async function listChildren(trx: Trx, parent: string): Promise<RegionItem[]> {
  const rows = await trx.selectFrom('organisation.region').selectAll().where('parent_code', '=', parent).orderBy('code').execute();
  return rows.map((row) => toItem(row as Row));
}

export async function findRegion(trx: Trx, code: string): Promise<RegionItem | undefined> {
  const row = await trx.selectFrom('organisation.region').selectAll().where('code', '=', code).executeTakeFirst();
  return row ? toItem(row as Row) : undefined;
}

/** Finds by any part of the name, pinyin initials, or the beginning of the code; nearest levels first. */
export async function searchRegions(trx: Trx, text: string, within: string, limit: number): Promise<RegionItem[]> {
  const range = regionRange(within);
  const wanted = text.toLowerCase();
  if (/^\d{2,12}$/.test(wanted)) {
    const rows = await sql<Row>`SELECT * FROM organisation.region WHERE code >= ${wanted.padEnd(12, '0')} AND code < ${`${wanted}:`} AND code >= ${range.from} AND code < ${range.to} ORDER BY code LIMIT ${limit}`.execute(trx);
    return rows.rows.map(toItem);
  }
  const next = `${wanted.slice(0, -1)}${String.fromCodePoint((wanted.codePointAt(wanted.length - 1) ?? 0) + 1)}`;
  const rows = await sql<Row>`
    SELECT r.* FROM organisation.region r
    WHERE r.code IN (SELECT code FROM organisation.region_token WHERE token >= ${wanted} AND token < ${next} AND code >= ${range.from} AND code < ${range.to} LIMIT 2000)
    ORDER BY r.valid_to NULLS FIRST, (r.name = ${text}) DESC, length(rtrim(r.code, '0')), r.code LIMIT ${limit}`.execute(trx);
  return rows.rows.map(toItem);
}

export async function listNeighboursInTime(trx: Trx, code: string): Promise<{ predecessors: string[]; successors: string[] }> {
  const rows = await trx.selectFrom('organisation.region_successor').selectAll().where((eb) => eb.or([eb('code', '=', code), eb('successor_code', '=', code)])).execute();
  return { predecessors: rows.filter((row) => row.successor_code === code).map((row) => row.code), successors: rows.filter((row) => row.code === code).map((row) => row.successor_code) };
}

/** Divisions that ended by a day and became part of exactly one other of the same county. */
export async function listSucceededDivisions(trx: Trx, on: string): Promise<{ code: string; successor: string }[]> {
  const { rows } = await sql<{ code: string; successor: string }>`
    SELECT code, min(successor_code) AS successor FROM organisation.region_successor WHERE effective_on <= ${on}::date GROUP BY code
    HAVING count(*) = 1 AND left(code, 6) = left(min(successor_code), 6)`.execute(trx);
  return rows;
}

/** Every division and its successors: for readers of files that name divisions in words. */
export async function regionDirectory(): Promise<{ regions: { code: string; name: string; level: string; parentCode: string | null; validTo: string | null }[]; successors: Map<string, string[]> }> {
  const { app } = getDatabase();
  const rows = await app.selectFrom('organisation.region').select(['code', 'name', 'level', 'parent_code', 'valid_to']).execute();
  const links = await app.selectFrom('organisation.region_successor').select(['code', 'successor_code']).orderBy('effective_on').execute();
  const successors = new Map<string, string[]>();
  for (const link of links) successors.set(link.code, [...(successors.get(link.code) ?? []), link.successor_code]);
  return { regions: rows.map((row) => ({ code: row.code, name: row.name, level: row.level, parentCode: row.parent_code, validTo: row.valid_to as string | null })), successors };
}
