import { DuckDBDataChunk, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { DatasetField } from '@sunlit/api-spec';
import { snapshotTypeOfField } from '@sunlit/rule-kit';
import type { FieldColumn } from './load-raw.ts';
import { personMatched, personProblemSql } from './pseudonymise.ts';
import { readerOf, type CodeWords } from './read-field.ts';

/** Types while the values are still plain: names and accounts are text. */
export function plainTypeOf(field: DatasetField): string {
  return field.type === 'personName' || field.type === 'bankAccount' ? 'VARCHAR' : snapshotTypeOfField[field.type];
}

/**
 * Makes the view `converted` from `raw`: source_row and for each field its value `f<n>`, problem `p<n>` and whether
 * anything stood there, `filled<n>`. SQL has read the plain cells; of the rest each distinct text is read once by the
 * kernel, so that both ways follow one set of rules. The identity number is read by `LoadedPeople` before.
 */
export async function convertFields(
  connection: DuckDBConnection,
  fields: readonly DatasetField[],
  columns: readonly FieldColumn[],
  words: Readonly<Record<string, CodeWords>> = {},
): Promise<void> {
  const expressions: string[] = ['raw.place', 'raw.source_row', 'raw.same'];
  const joins: string[] = [];
  for (const [position, field] of fields.entries()) {
    const [value, problem, filled] = [`f${position}`, `p${position}`, `filled${position}`];
    const type = plainTypeOf(field);
    const column = columns.find((candidate) => candidate.position === position);
    if (!column) {
      expressions.push(`CAST(NULL AS ${type}) AS ${value}`, `CAST(NULL AS VARCHAR) AS ${problem}`, `false AS ${filled}`);
      continue;
    }
    if (field.type === 'idNumber') {
      expressions.push(`${personProblemSql('people.state')} AS ${problem}`, `raw.${value} IS NOT NULL OR raw.c${position} IS NOT NULL AS ${filled}`);
      continue;
    }
    const blank = field.required ? "'empty'" : 'NULL';
    if (!(await readRest(connection, position, readerOf(field, column.inTenThousands, words[field.name])))) {
      expressions.push(`raw.${value}`, `CASE WHEN raw.${value} IS NULL THEN ${blank} END AS ${problem}`, `raw.${value} IS NOT NULL AS ${filled}`);
      continue;
    }
    const rest = `rest${position}`;
    joins.push(`LEFT JOIN ${rest} ON raw.c${position} = ${rest}.raw`);
    expressions.push(
      `coalesce(raw.${value}, CAST(${rest}.value AS ${type})) AS ${value}`,
      `CASE WHEN raw.${value} IS NULL THEN coalesce(${rest}.problem, CASE WHEN ${rest}.value IS NULL THEN ${blank} END) END AS ${problem}`,
      `raw.${value} IS NOT NULL OR coalesce(${rest}.value, ${rest}.problem) IS NOT NULL AS ${filled}`,
    );
  }
  await connection.run(`CREATE TEMP VIEW converted AS SELECT ${expressions.join(',\n')}, people.person_key, people.state = ${personMatched} AS matched
    FROM raw POSITIONAL JOIN people ${joins.join('\n')} WHERE raw.counts`);
}

/** Reads what SQL could not; false when there is nothing of the kind. */
async function readRest(connection: DuckDBConnection, position: number, read: ReturnType<typeof readerOf>): Promise<boolean> {
  const result = await connection.stream(
    `SELECT DISTINCT c${position} FROM raw WHERE counts AND c${position} IS NOT NULL`,
  );
  const rest: (readonly [string[], (string | null)[], (string | null)[]])[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const texts = chunk.getColumnValues(0) as string[];
    const readings = texts.map(read);
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
