import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetField } from '@sunlit/api-spec';
import { snapshotTypeOfField } from '@sunlit/rule-kit';
import { DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';
import type { FieldColumn } from './load-raw.ts';
import { plainFormOf, readerOf } from './read-field.ts';

/** Types while the values are still plain: an identity number is a packed integer, names and accounts are text. */
export function plainTypeOf(field: DatasetField): string {
  if (field.type === 'idNumber') return 'BIGINT';
  return field.type === 'personName' || field.type === 'bankAccount' ? 'VARCHAR' : snapshotTypeOfField[field.type];
}

/**
 * Makes `converted` from `raw`: source_row and for each field its value `f<n>` and problem `p<n>`. Plain cells are read
 * by SQL; of the rest each distinct text is read once by the kernel, so that both ways follow one set of rules.
 */
export async function convertFields(
  connection: DuckDBConnection,
  fields: readonly DatasetField[],
  columns: readonly FieldColumn[],
): Promise<void> {
  const expressions: string[] = ['raw.source_row'];
  const joins: string[] = [];
  for (const [position, field] of fields.entries()) {
    const type = plainTypeOf(field);
    if (!columns.some((column) => column.position === position)) {
      expressions.push(`CAST(NULL AS ${type}) AS f${position}`, `CAST(NULL AS VARCHAR) AS p${position}`, `false AS filled${position}`);
      continue;
    }
    const cell = `raw.c${position}`;
    const plain = plainFormOf[field.type](cell);
    const blank = field.required ? "'empty'" : 'NULL';
    const filled = `coalesce(${cell}, '') <> ''`;
    if (await readRest(connection, field, position)) {
      joins.push(`LEFT JOIN rest${position} ON ${cell} = rest${position}.raw`);
      expressions.push(
        `coalesce(${plain}, CAST(rest${position}.value AS ${type})) AS f${position}`,
        `CASE WHEN rest${position}.problem IS NOT NULL THEN rest${position}.problem WHEN ${cell} IS NULL OR (rest${position}.raw IS NOT NULL AND rest${position}.value IS NULL) THEN ${blank} END AS p${position}`,
        `${cell} IS NOT NULL AND (rest${position}.raw IS NULL OR coalesce(rest${position}.value, rest${position}.problem) IS NOT NULL) AS filled${position}`,
      );
    } else {
      expressions.push(
        `${plain} AS f${position}`,
        `CASE WHEN ${filled} THEN NULL ELSE ${blank} END AS p${position}`,
        `${filled} AS filled${position}`,
      );
    }
  }
  await connection.run(`CREATE TEMP TABLE converted AS SELECT ${expressions.join(',\n')} FROM raw ${joins.join('\n')}`);
}

/** Reads what SQL could not; false when there is nothing of the kind. */
async function readRest(connection: DuckDBConnection, field: DatasetField, position: number): Promise<boolean> {
  const cell = `c${position}`;
  const result = await connection.stream(
    `SELECT DISTINCT ${cell} FROM raw WHERE ${cell} IS NOT NULL AND (${plainFormOf[field.type](cell)}) IS NULL`,
  );
  const read = readerOf(field);
  const rest: (readonly [string[], (string | null)[], (string | null)[]])[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const texts = chunk.getColumnValues(0) as string[];
    const readings = texts.map((text) => (text.trim() === '' ? { value: null } : read(text)));
    rest.push([texts, readings.map(({ value }) => value ?? null), readings.map((reading) => ('problem' in reading ? reading.problem : null) ?? null)]);
  }
  if (rest.length === 0) return false;
  await connection.run(`CREATE TEMP TABLE rest${position} (raw VARCHAR, value VARCHAR, problem VARCHAR)`);
  const appender = await connection.createAppender(`rest${position}`);
  for (const [texts, values, problems] of rest) {
    const chunk = DuckDBDataChunk.create([VARCHAR, VARCHAR, VARCHAR], texts.length);
    chunk.setColumns([texts, values, problems]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return true;
}
