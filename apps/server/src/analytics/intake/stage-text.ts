import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Table } from '#platform/files/tabular/open-table.ts';
import { decodeText } from '#platform/files/tabular/text-encoding.ts';

/** A table as one UTF-8 text that DuckDB reads at once. */
export interface StagedText {
  readonly path: string;
  readonly delimiter: string;
  /** lines before the first data row */
  readonly skipLines: number;
  /** cells of a line; the first is the row number when `numbered` */
  readonly columnCount: number;
  readonly numbered: boolean;
}

/** Text files are only decoded (a UTF-8 file is taken as it lies); workbooks and JSON Lines are written out as CSV. */
export async function stageText(table: Table, workFolder: string): Promise<StagedText> {
  const path = join(workFolder, 'staged.csv');
  const columnCount = Math.max(...table.columns.map(({ index }) => index)) + 1;
  if (table.text) {
    const { path: source, encoding, delimiter } = table.text;
    const staged = { delimiter, skipLines: table.headerRows, columnCount, numbered: false };
    if (encoding === 'utf-8') return { ...staged, path: source };
    await pipeline(Readable.from(decodeText(source, encoding)), createWriteStream(path, { mode: 0o600 }));
    return { ...staged, path };
  }
  await pipeline(Readable.from(csvText(table)), createWriteStream(path, { mode: 0o600 }));
  return { path, delimiter: ',', skipLines: 0, columnCount: table.columns.length + 1, numbered: true };
}

async function* csvText(table: Table): AsyncGenerator<string> {
  let text = '';
  for await (const { rowNumber, cells } of table.rows()) {
    text += `${rowNumber},${cells.map(quote).join(',')}\n`;
    if (text.length > 262_144) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function quote(cell: string): string {
  return /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
