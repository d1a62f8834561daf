import type { DuckDBConnection } from '@duckdb/node-api';
import type { FieldColumn } from './load-raw.ts';

export interface FieldQuality {
  readonly field: string;
  /** share of rows that hold anything, 0 to 1 */
  readonly completeness: number;
  /** share of filled cells that can be read, 0 to 1 */
  readonly validity: number;
}

export interface RowProblem {
  readonly row: number;
  readonly field: string;
  /** message key suffix: empty, format, lost-digits, checksum, birth-date, unknown-code … */
  readonly code: string;
  /** first and last character and the length, never the value */
  readonly sample: string | null;
}

export interface QualityReport {
  readonly rows: number;
  /** rows whose required fields can be read */
  readonly accepted: number;
  readonly rejected: number;
  /** accepted rows that went into the snapshot */
  readonly kept: number;
  /** rows that repeat another row in every mapped column; kept, for a payment made twice is a finding */
  readonly duplicates: number;
  /** share of accepted rows about somebody in the registry, 0 to 1 */
  readonly matchRate: number;
  readonly fields: readonly FieldQuality[];
  readonly problemCounts: readonly { readonly field: string; readonly code: string; readonly count: number }[];
  readonly problems: readonly RowProblem[];
  /** values a code field does not know, with how often; only short ones that many rows share, which name nobody */
  readonly unknownValues: readonly { readonly field: string; readonly value: string; readonly count: number }[];
}

const problemLimit = 500;
const codeListLength = 40;

/** Measures `judged` (a row for each row of the file, see intake-file.ts) against `raw`. */
export async function measureQuality(
  connection: DuckDBConnection,
  columns: readonly FieldColumn[],
): Promise<QualityReport> {
  const mapped = columns.map(({ field, position }) => ({ field, position }));
  const [totals] = await rowsOf(
    connection,
    `SELECT count(*) AS rows, count(*) FILTER (accepted) AS accepted, count(*) FILTER (accepted AND matched) AS matched,
      count(*) FILTER (kept) AS kept, ${mapped
        .map(({ position }) => `count(*) FILTER (filled${position}) AS filled${position}, count(*) FILTER (filled${position} AND p${position} IS NULL) AS valid${position}, count(p${position}) AS problems${position}`)
        .join(', ')} FROM judged`,
  );
  const [distinct] = await rowsOf(connection, 'SELECT count(DISTINCT same) AS count FROM raw WHERE counts');
  const total = (name: string): number => Number(totals![name]);
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000);
  const perField = mapped.filter(({ position }) => total(`problems${position}`) > 0).map(({ field, position }) => `SELECT source_row, '${field}' AS field, p${position} AS code, ${position} AS position FROM judged WHERE p${position} IS NOT NULL`);
  const counts = perField.length === 0 ? [] : await rowsOf(connection, `SELECT field, code, count(*) AS count FROM (${perField.join(' UNION ALL ')}) GROUP BY ALL ORDER BY count DESC, field, code`);
  return {
    rows: total('rows'),
    accepted: total('accepted'),
    rejected: total('rows') - total('accepted'),
    kept: total('kept'),
    duplicates: total('rows') - Number(distinct!['count']),
    matchRate: share(total('matched'), total('accepted')),
    fields: mapped.map(({ field, position }) => ({
      field,
      completeness: share(total(`filled${position}`), total('rows')),
      validity: share(total(`valid${position}`), total(`filled${position}`)),
    })),
    problemCounts: counts.map((row) => ({ field: String(row['field']), code: String(row['code']), count: Number(row['count']) })),
    problems: counts.length === 0 ? [] : await listProblems(connection, perField, mapped),
    unknownValues: await listUnknownValues(
      connection,
      mapped.filter(({ field }) => counts.some((row) => row['field'] === field && row['code'] === 'unknown-code')),
    ),
  };
}

type MappedField = { readonly field: string; readonly position: number };

async function listProblems(connection: DuckDBConnection, perField: readonly string[], mapped: readonly MappedField[]): Promise<RowProblem[]> {
  const sample = `CASE problem.position ${mapped.map(({ position }) => `WHEN ${position} THEN coalesce(raw.c${position}, CAST(raw.f${position} AS VARCHAR))`).join(' ')} END`;
  const rows = await rowsOf(
    connection,
    `SELECT problem.*, ${sample} AS sample FROM (SELECT * FROM (${perField.join(' UNION ALL ')}) ORDER BY source_row, position LIMIT ${problemLimit}) problem
      JOIN raw ON raw.source_row = problem.source_row ORDER BY problem.source_row, problem.position`,
  );
  return rows.map((row) => ({
    row: Number(row['source_row']),
    field: String(row['field']),
    code: String(row['code']),
    sample: row['sample'] === null ? null : maskSample(row['sample'] as string),
  }));
}

async function listUnknownValues(connection: DuckDBConnection, mapped: readonly MappedField[]): Promise<QualityReport['unknownValues']> {
  if (mapped.length === 0) return [];
  const parts = mapped.map(
    ({ field, position }) => `SELECT '${field}' AS field, trim(c${position}) AS value FROM raw JOIN rest${position} ON rest${position}.raw = c${position}
      WHERE counts AND problem = 'unknown-code'`,
  );
  // Many different words are no code list but a column of names or texts: none of them is shown.
  const rows = await rowsOf(
    connection,
    `SELECT field, value, count(*) AS count FROM (SELECT *, count(DISTINCT value) OVER (PARTITION BY field) AS words FROM (${parts.join(' UNION ALL ')}))
      WHERE words <= ${codeListLength} AND length(value) <= 20 AND NOT regexp_matches(value, '[0-9]{5}')
      GROUP BY field, value HAVING count(*) >= 3 ORDER BY count DESC, field, value LIMIT ${codeListLength}`,
  );
  return rows.map((row) => ({ field: String(row['field']), value: String(row['value']), count: Number(row['count']) }));
}

function maskSample(text: string): string {
  const characters = [...text.trim()];
  return characters.length < 3 ? '*' : `${characters[0]}…${characters.at(-1)} (${characters.length})`;
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjects();
}
