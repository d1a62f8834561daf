import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import type { PoolClient } from 'pg';
import type { Actor } from '#platform/authorization/actor.ts';
import { withCopyClient, type Trx } from '#platform/database/transaction.ts';

/** What cross-checks may see of this registry, as of a day: pseudonyms and codes, no identity number, name or phone. */
const queries = {
  households: `
    SELECT h.id AS household_id, h.county_code, h.responsible_region_code AS region_code, coalesce(s.status_code, h.status_code) AS status_code, coalesce(s.valid_from, h.status_from) AS status_from,
      h.member_count, i.year AS income_year, i.per_capita_fen AS income_per_capita_fen
    FROM households.household h
    LEFT JOIN LATERAL (SELECT status_code, valid_from FROM households.household_status s WHERE s.household_id = h.id AND s.county_code = h.county_code AND s.superseded_at IS NULL
      AND s.valid_from <= $AS_OF AND (s.valid_to IS NULL OR s.valid_to > $AS_OF) ORDER BY s.valid_from DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT year, per_capita_fen FROM households.income i WHERE i.household_id = h.id AND i.county_code = h.county_code AND i.superseded_at IS NULL
      AND i.year <= extract(year FROM $AS_OF) ORDER BY i.year DESC, i.rank LIMIT 1) i ON true
    WHERE h.ended_on IS NULL OR h.ended_on > $AS_OF`,
  persons: `
    SELECT p.id AS person_id, m.household_id, p.person_key, p.name_key, p.county_code, p.responsible_region_code AS region_code, p.birth_date, p.sex_code, m.relation_code,
      f.labour_code, f.student_code, f.resident_medical_insured, f.employee_medical_insured, m.valid_from AS member_from
    FROM households.membership m
    JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
    LEFT JOIN households.person_fact f ON f.person_id = p.id AND f.county_code = p.county_code AND f.superseded_at IS NULL AND f.valid_from <= $AS_OF AND (f.valid_to IS NULL OR f.valid_to > $AS_OF)
    WHERE m.superseded_at IS NULL AND m.valid_from <= $AS_OF AND (m.valid_to IS NULL OR m.valid_to > $AS_OF)`,
  enrolments: `
    SELECT e.id AS enrolment_id, e.household_id, e.person_id, p.person_key, e.county_code, e.responsible_region_code AS region_code, e.programme_code, e.valid_from, e.valid_to
    FROM households.enrolment e LEFT JOIN households.person p ON p.id = e.person_id AND p.county_code = e.county_code
    WHERE e.superseded_at IS NULL AND e.valid_from <= $AS_OF`,
} as const;

export type RegistrySnapshotTable = keyof typeof queries;

export interface RegistrySnapshot {
  files: Record<RegistrySnapshotTable, string>;
  rows: Record<RegistrySnapshotTable, number>;
  counties: string[];
}

/** Writes the registry tables of the actor's region as CSV files into a private folder: one unchanging picture of the data. */
export async function writeRegistrySnapshot(actor: Actor, asOf: string, folder: string): Promise<RegistrySnapshot> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new RangeError('asOf must be YYYY-MM-DD');
  return withCopyClient(actor, { snapshot: true }, async (client) => {
    const files = {} as RegistrySnapshot['files'];
    const rows = {} as RegistrySnapshot['rows'];
    for (const table of Object.keys(queries) as RegistrySnapshotTable[]) {
      files[table] = join(folder, `${table}.csv`);
      rows[table] = await copyOut(client, queries[table].replaceAll('$AS_OF', `DATE '${asOf}'`), files[table]);
    }
    const counties = await client.query<{ county_code: string }>('SELECT DISTINCT county_code FROM households.household ORDER BY 1');
    return { files, rows, counties: counties.rows.map((row) => row.county_code) };
  });
}

async function copyOut(client: PoolClient, query: string, path: string): Promise<number> {
  const stream = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT csv, HEADER)`));
  await pipeline(stream, createWriteStream(path, { mode: 0o600 }));
  return Number((stream as unknown as { rowCount: number }).rowCount ?? 0);
}

/** Pseudonyms of everybody in the actor's region: deliveries keep rows about these people only. */
export async function listPersonKeys(actor: Actor): Promise<string[]> {
  return withCopyClient(actor, { snapshot: true }, async (client) => {
    const { rows } = await client.query<{ person_key: string }>('SELECT DISTINCT person_key FROM households.person WHERE person_key IS NOT NULL');
    return rows.map((row) => row.person_key);
  });
}

type SnapshotRow = Record<string, string | number | boolean | null>;

export interface SnapshotPart {
  households: SnapshotRow[];
  persons: SnapshotRow[];
  enrolments: SnapshotRow[];
}

async function readPart(trx: Trx, table: RegistrySnapshotTable, asOf: string, column: 'household_id' | 'person_key', values: readonly string[]): Promise<SnapshotRow[]> {
  if (values.length === 0) return [];
  const query = sql.raw(queries[table].replaceAll('$AS_OF', `DATE '${asOf}'`));
  const { rows } = await sql<SnapshotRow>`SELECT * FROM (${query}) AS part WHERE ${sql.ref(column)} = ANY (${values}::uuid[])`.execute(trx);
  return rows;
}

/** The same columns as the snapshot, of a few households only: what a check at the counter needs. */
export async function readHouseholdsForCheck(trx: Trx, asOf: string, households: readonly string[]): Promise<SnapshotPart> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new RangeError('asOf must be YYYY-MM-DD');
  return {
    households: await readPart(trx, 'households', asOf, 'household_id', households),
    persons: await readPart(trx, 'persons', asOf, 'household_id', households),
    enrolments: await readPart(trx, 'enrolments', asOf, 'household_id', households),
  };
}

/** The households of people known by pseudonym, within the actor's region. */
export async function findHouseholdsOfPersons(trx: Trx, personKeys: readonly string[]): Promise<string[]> {
  if (personKeys.length === 0) return [];
  const rows = await trx.selectFrom('households.person').select('household_id').distinct().where('person_key', 'in', [...personKeys]).execute();
  return rows.map((row) => row.household_id);
}
