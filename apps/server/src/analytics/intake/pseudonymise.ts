import { hash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { hashedText, writeIdNumber, type PseudonymKind, type Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { createUuidTable } from '../duckdb/append-uuids.ts';
import { checkIdNumber, type IdNumberProblem } from './id-number-check.ts';

const problemNumbers: readonly IdNumberProblem[] = ['lost-digits', 'birth-date', 'checksum'];

/**
 * Makes `<table>` (value, key, problem) for the distinct packed identity numbers of a column of `source`. The check
 * digit follows from the rest, so equal persons have equal pseudonyms and a wrong digit has none.
 */
export async function pseudonymiseIdNumbers(
  connection: DuckDBConnection,
  pseudonymiser: Pseudonymiser,
  source: string,
  column: string,
  table: string,
): Promise<void> {
  await connection.run(`CREATE TEMP TABLE ${table}_values AS SELECT DISTINCT ${column} AS value FROM ${source} WHERE ${column} IS NOT NULL`);
  const result = await connection.stream(`SELECT CAST(value // 16 // 100000000 AS INTEGER), CAST(value // 16 % 100000000 AS INTEGER), CAST(value % 16 AS INTEGER) FROM ${table}_values`);
  const parts: Buffer[] = [];
  const problems: string[] = [];
  let row = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const [first, next, check] = [0, 1, 2].map((index) => chunk.getColumnValues(index) as number[]) as [number[], number[], number[]];
    const blocks = Buffer.alloc(chunk.rowCount * 16);
    for (let index = 0; index < chunk.rowCount; index += 1) {
      writeIdNumber(blocks, index * 16, first[index]!, next[index]!);
      const problem = checkIdNumber(first[index]!, next[index]!, check[index]!);
      if (problem) problems.push(`(${row + index}, ${problemNumbers.indexOf(problem)})`);
    }
    parts.push(blocks);
    row += chunk.rowCount;
  }
  await createUuidTable(connection, `${table}_keys`, pseudonymiser.encryptBlocks(Buffer.concat(parts)));
  await connection.run(`CREATE TEMP TABLE ${table}_problems (place BIGINT, problem INTEGER)`);
  for (let start = 0; start < problems.length; start += 5000) {
    await connection.run(`INSERT INTO ${table}_problems VALUES ${problems.slice(start, start + 5000).join(', ')}`);
  }
  const names = problemNumbers.map((name, index) => `WHEN ${index} THEN '${name}'`).join(' ');
  // Rows of a temporary table keep their places, so places pair values, keys and problems.
  await connection.run(`CREATE TEMP TABLE ${table} AS
    SELECT v.value, CASE WHEN p.problem IS NULL THEN k.key END AS key, CASE p.problem ${names} END AS problem
    FROM ${table}_values v JOIN ${table}_keys k ON k.rowid = v.rowid LEFT JOIN ${table}_problems p ON p.place = v.rowid`);
}

/** Makes `<table>` (value, key) for the distinct normalised texts that a query gives. */
export async function pseudonymiseTexts(
  connection: DuckDBConnection,
  pseudonymiser: Pseudonymiser,
  kind: PseudonymKind,
  query: string,
  table: string,
): Promise<void> {
  await connection.run(`CREATE TEMP TABLE ${table}_values AS SELECT DISTINCT value FROM (${query}) WHERE value IS NOT NULL`);
  const result = await connection.stream(`SELECT value FROM ${table}_values`);
  const blocks: Buffer[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    for (const text of chunk.getColumnValues(0) as string[]) {
      blocks.push(hash('sha256', hashedText(kind, text), 'buffer').subarray(0, 16));
    }
  }
  await createUuidTable(connection, `${table}_keys`, pseudonymiser.encryptBlocks(Buffer.concat(blocks)));
  await connection.run(`CREATE TEMP TABLE ${table} AS SELECT v.value, k.key FROM ${table}_values v JOIN ${table}_keys k ON k.rowid = v.rowid`);
}
