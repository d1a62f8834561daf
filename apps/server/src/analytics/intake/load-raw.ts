import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetField } from '@sunlit/api-spec';
import { TabularFileError } from '#platform/files/tabular/tabular-file-error.ts';
import { sqlText } from '../duckdb/sql-text.ts';
import type { LoadedPeople } from './pseudonymise.ts';
import { plainFormOf } from './read-field.ts';
import type { StagedText } from './stage-text.ts';

/** A field of the kind and where its cells are: columns `f<position>` and `c<position>` of `raw`. */
export interface FieldColumn {
  readonly field: string;
  readonly position: number;
  /** column of the file */
  readonly index: number;
  /** the name of the column says 万元 */
  readonly inTenThousands?: boolean;
}

/** Totals, signatures and notes below the table; only looked at where no identity number stands. */
const closing = '^(本页|累)?[合总小共]?\\s*计\\s*[:：]?$|^(制表|填表|填报|审核|打印|复核)(人|单位|时间|日期)?(\\s*[:：]|\\s|$)|^(单位)?负责人\\s*[:：]|^(注|备注|说明)\\s*[:：]';

/**
 * Loads the mapped columns into `raw`: place (from 0), source_row, for each its plain form `f<n>` or else its text
 * `c<n>`, `same` (equal for equal rows) and `counts` (false for blank and closing rows). While a piece is read, the people of
 * the one before it become pseudonyms and the one after it is decoded.
 */
export async function loadRaw(
  connection: DuckDBConnection,
  pieces: AsyncIterable<StagedText>,
  fields: readonly DatasetField[],
  columns: readonly FieldColumn[],
  people: LoadedPeople,
): Promise<void> {
  let loading: Promise<void> = Promise.resolve();
  let first: StagedText | undefined;
  for await (const piece of pieces) {
    await loading;
    if (first) await people.fetch();
    loading = loadPiece(connection, piece, selectFrom(piece, fields, columns), first === undefined);
    // Seen at the next await; without this a failure in between would end the process.
    loading.catch(() => undefined);
    await people.pseudonymise();
    first ??= piece;
  }
  await loading;
  if (!first) throw new Error('A table with a header has at least one piece');
  await people.fetch();
  await people.pseudonymise();
  const sourceRow = first.numbered ? 'numbered' : `rowid + ${first.headerLines + 1}`;
  await connection.run(`CREATE TEMP VIEW raw AS SELECT rowid AS place, ${sourceRow} AS source_row, * EXCLUDE (lead),
    lead IS NULL OR NOT (lead = '' OR regexp_matches(lead, ${sqlText(closing)})) AS counts FROM loaded`);
}

async function loadPiece(connection: DuckDBConnection, piece: StagedText, select: string, first: boolean): Promise<void> {
  const into = first ? 'CREATE TEMP TABLE loaded AS' : 'INSERT INTO loaded';
  try {
    await connection.run(`${into} ${select} FROM ${readCsv(piece, true)}`);
  } catch (error) {
    // Line breaks inside cells together with short lines need the single reader.
    if (!isCsvError(error)) throw error;
    // A quote that never ends or a line of millions of characters. The message repeats the line: it must not go on.
    if (!error.message.includes('parallel')) throw new TabularFileError('damaged');
    await connection.run(`${into} ${select} FROM ${readCsv(piece, false)}`).catch((again: unknown) => {
      throw isCsvError(again) ? new TabularFileError('damaged') : again;
    });
  }
  if (piece.temporary) await rm(piece.path, { force: true });
}

function isCsvError(error: unknown): error is Error {
  return error instanceof Error && error.message.includes('CSV Error');
}

function selectFrom(piece: StagedText, fields: readonly DatasetField[], columns: readonly FieldColumn[]): string {
  const shift = piece.numbered ? 1 : 0;
  const cellOf = ({ index }: FieldColumn): string => `x${index + shift}`;
  const all = Array.from({ length: piece.columnCount - shift }, (_, index) => `nullif(trim(x${index + shift}), '')`);
  const key = cellOf(columns.find(({ position }) => fields[position]!.type === 'idNumber')!);
  return `SELECT ${[
    ...columns.flatMap((column) => {
      const plain = plainFormOf(fields[column.position]!, cellOf(column), column.inTenThousands);
      return [`${plain} AS f${column.position}`, `CASE WHEN ${plain} IS NULL THEN nullif(trim(${cellOf(column)}), '') END AS c${column.position}`];
    }),
    `hash(${columns.map(cellOf).join(', ')}) AS same`,
    `CASE WHEN ${key} IS NULL OR length(${key}) < 12 THEN coalesce(${all.join(', ')}, '') END AS lead`,
    ...(piece.numbered ? ['CAST(x0 AS BIGINT) AS numbered'] : []),
  ].join(', ')}`;
}

function readCsv(piece: StagedText, parallel: boolean): string {
  const names = Array.from({ length: piece.columnCount }, (_, index) => `x${index}: 'VARCHAR'`);
  return `read_csv(${sqlText(piece.path)}, header = false, auto_detect = false, skip = ${piece.skipLines},
    delim = ${sqlText(piece.delimiter)}, quote = '"', escape = '"', null_padding = true, strict_mode = false,
    max_line_size = 2097152, buffer_size = 4194304, parallel = ${parallel}, columns = {${names.join(', ')}})`;
}
