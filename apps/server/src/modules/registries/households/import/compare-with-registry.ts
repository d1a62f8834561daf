import type { PoolClient } from 'pg';
import type { ImportProblem, ProblemCode } from './import-problem.ts';
import type { ImportBatch, ImportReport } from './import-store.ts';

export interface Comparison {
  counts: Pick<ImportReport['counts'], 'newHouseholds' | 'changedHouseholds' | 'unchangedHouseholds' | 'missingHouseholds' | 'newPersons' | 'changedPersons'>;
  warnings: number;
  /** rows that the registry refuses although they read well */
  refusedRows: number;
  problems: ImportProblem[];
}

/** Staging of one checking or writing; gone with its transaction. */
export async function createComparison(client: PoolClient): Promise<void> {
  await client.query(`
    CREATE TEMP TABLE file_household (region text COLLATE "C", number text, hash bytea, first_row integer, rows integer, good boolean) ON COMMIT DROP;
    CREATE TEMP TABLE file_person (region text COLLATE "C", number text, row integer, person_key uuid, name_key uuid, hash bytea, name_masked text) ON COMMIT DROP`);
}

const samePerson = `(p.person_key = f.person_key OR ((p.person_key IS NULL OR f.person_key IS NULL) AND p.name_key = f.name_key))`;

/** What is new, changed, unchanged or missing, and whom the registry knows elsewhere. */
export async function compareHouseholds(client: PoolClient, batch: ImportBatch, template: string, limit: number): Promise<Comparison> {
  await client.query(`SET LOCAL work_mem = '128MB'`);
  await client.query(`ANALYZE file_household; ANALYZE file_person`);
  await client.query(
    `CREATE TEMP TABLE matched ON COMMIT DROP AS
     SELECT f.*, h.id, h.content_hash = f.hash OR coalesce(h.exported_hash = f.hash AND h.exported_version = h.version, false) AS same, coalesce(h.imported_as_of > $1::date OR h.ended_on IS NOT NULL, false) AS older, h.ended_on IS NOT NULL AS ended
     FROM file_household f LEFT JOIN households.household h ON h.responsible_region_code = f.region AND h.number = f.number WHERE f.good`,
    [batch.as_of],
  );
  await client.query(`CREATE INDEX ON matched (region, number); ANALYZE matched`);
  const counted = await one(client, `SELECT count(*) FILTER (WHERE id IS NULL) AS fresh, count(*) FILTER (WHERE NOT same AND NOT older) AS changed,
    count(*) FILTER (WHERE same OR older) AS unchanged, coalesce(sum(rows) FILTER (WHERE id IS NULL), 0) AS new_persons FROM matched`);
  const persons = await one(client, `SELECT count(*) FILTER (WHERE p.id IS NULL) AS fresh, count(*) FILTER (WHERE p.content_hash IS DISTINCT FROM f.hash AND p.id IS NOT NULL) AS changed
    FROM matched m JOIN file_person f ON f.region = m.region AND f.number = m.number
    LEFT JOIN LATERAL (SELECT p.id, p.content_hash FROM households.person p WHERE p.household_id = m.id AND ${samePerson} LIMIT 1) p ON true
    WHERE m.id IS NOT NULL AND NOT m.same AND NOT m.older`);
  const list = new ProblemList(client, limit);
  await list.add('older-than-registry', '户编号', `SELECT first_row AS row, number AS value FROM matched WHERE older AND NOT same AND NOT ended`);
  await list.add('household-ended', '户编号', `SELECT first_row AS row, number AS value FROM matched WHERE ended`);
  await list.add('person-elsewhere', '证件号码', `SELECT f.row, f.name_masked AS value FROM file_person f JOIN matched m ON m.region = f.region AND m.number = f.number
    WHERE m.same IS NOT TRUE AND EXISTS (SELECT 1 FROM households.person p JOIN households.membership s ON s.person_id = p.id AND s.county_code = p.county_code
      WHERE p.person_key = f.person_key AND p.household_id IS DISTINCT FROM m.id AND s.superseded_at IS NULL AND s.valid_to IS NULL)`);
  await list.add('missing-person', '姓名', `SELECT m.first_row AS row, rpad(left(p.name, 1), char_length(p.name), '*') AS value FROM matched m
    JOIN households.membership s ON s.household_id = m.id AND s.superseded_at IS NULL AND s.valid_to IS NULL JOIN households.person p ON p.id = s.person_id AND p.county_code = s.county_code
    WHERE NOT m.same AND NOT m.older AND NOT EXISTS (SELECT 1 FROM file_person f WHERE f.region = m.region AND f.number = m.number AND ${samePerson})`);
  const missing = await list.add('missing-household', '户编号', `SELECT 0 AS row, h.number AS value FROM households.household h
    WHERE h.import_template = '${template}' AND h.ended_on IS NULL AND h.responsible_region_code IN (SELECT DISTINCT region FROM file_household)
      AND NOT EXISTS (SELECT 1 FROM file_household f WHERE f.region = h.responsible_region_code AND f.number = h.number)`);
  return {
    counts: {
      newHouseholds: counted.fresh!, changedHouseholds: counted.changed!, unchangedHouseholds: counted.unchanged!, missingHouseholds: missing,
      newPersons: counted.new_persons! + persons.fresh!, changedPersons: persons.changed!,
    },
    warnings: list.count,
    refusedRows: 0,
    problems: list.problems,
  };
}

/** Sheets attached to households or villages: is the household known, is the same row kept already. */
export async function compareAttached(client: PoolClient, template: string, limit: number): Promise<Comparison> {
  await client.query(
    `CREATE TEMP TABLE matched ON COMMIT DROP AS
     SELECT f.*, h.id, f.number <> '' AND h.id IS NULL AS unknown,
       EXISTS (SELECT 1 FROM households.source_row s WHERE s.household_id IS NOT DISTINCT FROM h.id AND s.responsible_region_code = f.region AND s.template = '${template}' AND s.content_hash = f.hash) AS same
     FROM file_household f LEFT JOIN households.household h ON h.responsible_region_code = f.region AND h.number = f.number WHERE f.good`,
  );
  const counted = await one(client, `SELECT count(*) FILTER (WHERE NOT unknown AND NOT same) AS changed, count(*) FILTER (WHERE NOT unknown AND same) AS unchanged, coalesce(sum(rows) FILTER (WHERE unknown), 0) AS refused FROM matched`);
  const list = new ProblemList(client, limit);
  await list.add('household-unknown', '户编号', `SELECT first_row AS row, number AS value FROM matched WHERE unknown`);
  return {
    counts: { newHouseholds: 0, changedHouseholds: counted.changed!, unchangedHouseholds: counted.unchanged!, missingHouseholds: 0, newPersons: 0, changedPersons: 0 },
    warnings: 0,
    refusedRows: counted.refused!,
    problems: list.problems,
  };
}

async function one(client: PoolClient, query: string): Promise<Record<string, number>> {
  const { rows } = await client.query<Record<string, string | number>>(query);
  return Object.fromEntries(Object.entries(rows[0]!).map(([key, value]) => [key, Number(value)]));
}

class ProblemList {
  readonly problems: ImportProblem[] = [];
  count = 0;
  readonly #client: PoolClient;
  readonly #limit: number;

  constructor(client: PoolClient, limit: number) {
    this.#client = client;
    this.#limit = limit;
  }

  /** Counts all, keeps the first. */
  async add(code: ProblemCode, column: string, query: string): Promise<number> {
    const { rows } = await this.#client.query<{ row: number; value: string | null; all: number }>(`SELECT row, value, count(*) OVER () AS all FROM (${query}) AS found ORDER BY row, value LIMIT ${this.#limit}`);
    for (const { row, value } of rows) this.problems.push({ row, column, field: null, code, value });
    const all = Number(rows[0]?.all ?? 0);
    this.count += all;
    return all;
  }
}
