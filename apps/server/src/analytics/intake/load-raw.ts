import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../duckdb/sql-text.ts';
import type { StagedText } from './stage-text.ts';

/** A field of the kind and where its cells are: column `c<position>` of the table `raw`. */
export interface FieldColumn {
  readonly field: string;
  readonly position: number;
  /** column of the file */
  readonly index: number;
}

/** Totals, signatures and notes below the table; only looked at where no identity number stands. */
const closing = '^(本页|累)?[合总小共]?\\s*计$|^(制表|填表|填报|审核|打印|复核)(人|单位|时间|日期)?(\\s*[:：]|\\s|$)|^(单位)?负责人\\s*[:：]|^(注|备注|说明)\\s*[:：]';

/** Loads the mapped columns as text into `raw` (source_row, c0, c1, …), without blank and closing rows. */
export async function loadRaw(
  connection: DuckDBConnection,
  staged: StagedText,
  columns: readonly FieldColumn[],
  keyPosition: number,
): Promise<void> {
  const shift = staged.numbered ? 1 : 0;
  const cells = columns.map(({ position, index }) => `x${index + shift} AS c${position}`);
  const all = Array.from({ length: staged.columnCount - shift }, (_, index) => `nullif(trim(x${index + shift}), '')`);
  const key = `x${columns.find(({ position }) => position === keyPosition)!.index + shift}`;
  const lead = `CASE WHEN ${key} IS NULL OR length(${key}) < 12 THEN coalesce(${all.join(', ')}, '') END AS lead`;
  const source = (parallel: boolean): string => `read_csv(${sqlText(staged.path)}, header = false, auto_detect = false,
    skip = ${staged.skipLines}, delim = ${sqlText(staged.delimiter)}, quote = '"', escape = '"', null_padding = true,
    strict_mode = false, max_line_size = 4194304, parallel = ${parallel},
    columns = {${Array.from({ length: staged.columnCount }, (_, index) => `x${index}: 'VARCHAR'`).join(', ')}})`;
  const create = (parallel: boolean): string =>
    `CREATE OR REPLACE TEMP TABLE loaded AS SELECT ${[...cells, lead, ...(staged.numbered ? ['CAST(x0 AS BIGINT) AS source_row'] : [])].join(', ')} FROM ${source(parallel)}`;
  try {
    await connection.run(create(true));
  } catch (error) {
    // Line breaks inside cells together with short lines need the single reader.
    if (!(error instanceof Error) || !error.message.includes('parallel')) throw error;
    await connection.run(create(false));
  }
  const sourceRow = staged.numbered ? 'source_row' : `rowid + ${staged.skipLines + 1} AS source_row`;
  await connection.run(`CREATE TEMP VIEW raw AS SELECT ${sourceRow}, ${columns.map(({ position }) => `c${position}`).join(', ')}
    FROM loaded WHERE lead IS NULL OR NOT (lead = '' OR regexp_matches(lead, ${sqlText(closing)}))`);
}
