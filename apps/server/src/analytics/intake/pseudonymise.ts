import { hash } from 'node:crypto';
import { DuckDBDataChunk, DuckDBIntegerVector, INTEGER, UUID, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api';
import { normaliseName, parseIdCardNumber, type IdCardNumberProblem } from '@sunlit/kernel';
import { hashedText, writeIdNumber, type PseudonymKind, type Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { createUuidTable } from '../duckdb/append-uuids.ts';
import { writeUuids } from '../duckdb/packed-uuids.ts';
import { checkIdNumber } from './id-number-check.ts';
import type { PackedKeySet } from './packed-key-set.ts';

/** State of a row's person: 0 unknown to the registry, 1 known, from 2 on a problem of the number. */
export const personMatched = 1;
const firstProblem = 2;
const problems: readonly IdCardNumberProblem[] = ['empty', 'lost-digits', 'length', 'characters', 'birth-date', 'checksum'];

export function personProblemSql(state: string): string {
  return `CASE ${state} ${problems.map((problem, index) => `WHEN ${firstProblem + index} THEN '${problem}'`).join(' ')} END`;
}

/**
 * The people of the rows of `loaded`, piece by piece: `fetch` takes the identity numbers that were loaded since the last
 * time out of the database, `pseudonymise` works on them without it (so the next piece can be loaded meanwhile), `store`
 * makes `people` with a row for each row of `loaded`, in its order: the pseudonym of its identity number and its state.
 * The check digit follows from the rest, so equal persons have equal pseudonyms; a number that cannot be read has none.
 */
export class LoadedPeople {
  readonly #connection: DuckDBConnection;
  readonly #pseudonymiser: Pseudonymiser;
  readonly #known: PackedKeySet;
  readonly #position: number;
  #fetched: DuckDBResult | undefined;
  readonly #done: People[] = [];
  #rows = 0;

  /** @param position of the identity number among the fields */
  constructor(connection: DuckDBConnection, pseudonymiser: Pseudonymiser, known: PackedKeySet, position: number) {
    this.#connection = connection;
    this.#pseudonymiser = pseudonymiser;
    this.#known = known;
    this.#position = position;
  }

  async fetch(): Promise<void> {
    // See the plain form of an identity number: negative = 17 digits before an X. One integer holds eight digits and check.
    const value = `f${this.#position}`;
    const digits = `CASE WHEN ${value} < 0 THEN -${value} ELSE ${value} // 10 END`;
    const check = `CASE WHEN ${value} < 0 THEN 10 ELSE ${value} % 10 END`;
    this.#fetched = await this.#connection.run(`SELECT CAST(coalesce(${digits} // 100000000, -1) AS INTEGER),
      CAST(coalesce(${digits} % 100000000 * 11 + ${check}, 0) AS INTEGER), c${this.#position} FROM loaded WHERE rowid >= ${this.#rows}`);
  }

  async pseudonymise(): Promise<void> {
    for (;;) {
      const chunk = await this.#fetched?.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      this.#rows += chunk.rowCount;
      const { keys: blocks, states } = readPeople(chunk);
      const keys = this.#pseudonymiser.encryptBlocks(blocks);
      this.#known.forEach(keys, (row, isKnown) => {
        if (isKnown && states[row] === 0) states[row] = personMatched;
      });
      this.#done.push({ keys, states });
    }
    this.#fetched = undefined;
  }

  async store(): Promise<void> {
    await this.#connection.run('CREATE TEMP TABLE people (person_key UUID, state INTEGER)');
    const appender = await this.#connection.createAppender('people');
    for (const { keys, states } of this.#done) {
      const chunk = DuckDBDataChunk.create([UUID, INTEGER], states.length);
      integersOf(chunk, 1).set(states);
      chunk.getColumnVector(1).flush();
      writeUuids(chunk.getColumnVector(0), keys, 0, states.length);
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }
}

/** 16 bytes for each person: the block of the number, then its pseudonym. */
interface People {
  readonly keys: Buffer;
  readonly states: Uint8Array;
}

/** The block of each identity number of a chunk and what is wrong with it. */
function readPeople(chunk: DuckDBDataChunk): People {
  const [first, next, other] = [integersOf(chunk, 0), integersOf(chunk, 1), chunk.getColumnVector(2)];
  const blocks = Buffer.alloc(chunk.rowCount * 16);
  const view = new DataView(blocks.buffer, blocks.byteOffset);
  const states = new Uint8Array(chunk.rowCount);
  for (let row = 0; row < states.length; row += 1) {
    const firstNine = first[row]!;
    let problem: IdCardNumberProblem | undefined;
    if (firstNine === -1) problem = readUnusual(String(other.getItem(row) ?? ''), view, row);
    else {
      const nextEight = Math.trunc(next[row]! / 11);
      writeIdNumber(view, row * 16, firstNine, nextEight);
      problem = checkIdNumber(firstNine, nextEight, next[row]! % 11);
    }
    if (problem) states[row] = firstProblem + problems.indexOf(problem);
  }
  return { keys: blocks, states };
}

function readUnusual(text: string, blocks: DataView, row: number): IdCardNumberProblem | undefined {
  const card = parseIdCardNumber(text);
  if (!card.ok) return card.problem;
  writeIdNumber(blocks, row * 16, Number(card.value.slice(0, 9)), Number(card.value.slice(9, 17)));
  return undefined;
}

/** The memory of an integer column, without a call for each of a million items. */
function integersOf(chunk: DuckDBDataChunk, column: number): Int32Array {
  const vector = chunk.getColumnVector(column);
  if (!(vector instanceof DuckDBIntegerVector)) throw new TypeError('Not an integer column');
  return vector['items'];
}

/** Makes `<table>` (value, key) for the distinct names or accounts that a query gives. */
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
      const normalised = kind === 'name' ? normaliseName(text) : text;
      blocks.push(hash('sha256', hashedText(kind, normalised), 'buffer').subarray(0, 16));
    }
  }
  await createUuidTable(connection, `${table}_keys`, pseudonymiser.encryptBlocks(Buffer.concat(blocks)));
  // Rows of a temporary table keep their places, so places pair values and keys.
  await connection.run(`CREATE TEMP TABLE ${table} AS SELECT v.value, k.key FROM ${table}_values v JOIN ${table}_keys k ON k.rowid = v.rowid`);
}
