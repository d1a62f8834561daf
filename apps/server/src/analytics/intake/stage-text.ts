import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { LineLengths } from '#platform/files/tabular/line-lengths.ts';
import type { Table } from '#platform/files/tabular/open-table.ts';
import { decodeText } from '#platform/files/tabular/text-encoding.ts';

/** A piece of a table as UTF-8 text, for DuckDB to read at once. */
export interface StagedText {
  readonly path: string;
  readonly delimiter: string;
  /** lines before the first data row of this piece */
  readonly skipLines: number;
  /** lines before the first data row of the file */
  readonly headerLines: number;
  /** cells of a line; the first is the row number when `numbered` */
  readonly columnCount: number;
  readonly numbered: boolean;
  /** written by us: to be removed when read */
  readonly temporary: boolean;
}

const decodeBytes = 1_048_576;
/** Large enough for DuckDB to use all threads, small enough to be read while the next piece is decoded. */
const pieceLength = 20_971_520;
/** DuckDB would wait for the first piece: it is short. */
const firstPieceLength = 5_242_880;

/**
 * Gives a table as UTF-8 text in pieces that end with a row: a whole UTF-8 file as it lies, another encoding decoded,
 * workbooks and JSON Lines written out as CSV.
 */
export async function* stageText(table: Table, workFolder: string): AsyncGenerator<StagedText> {
  const { text } = table;
  if (!text) {
    const facts = { delimiter: ',', skipLines: 0, headerLines: 0, columnCount: table.columns.length + 1, numbered: true };
    for await (const path of writePieces(csvText(table), workFolder)) yield { ...facts, path, temporary: true };
    return;
  }
  const columnCount = Math.max(...table.columns.map(({ index }) => index)) + 1;
  const facts = { delimiter: text.delimiter, headerLines: table.headerRows, columnCount, numbered: false };
  if (text.encoding === 'utf-8' && text.intact) {
    const lengths = new LineLengths();
    for await (const chunk of createReadStream(text.path, { highWaterMark: decodeBytes * 4 }) as AsyncIterable<Buffer>) lengths.take(chunk);
    yield { ...facts, path: text.path, skipLines: table.headerRows, temporary: false };
    return;
  }
  let skipLines = table.headerRows;
  for await (const path of writePieces(decodeText(text.path, text.encoding, decodeBytes), workFolder)) {
    yield { ...facts, path, skipLines, temporary: true };
    skipLines = 0;
  }
}

/** Writes text to files that end with a line outside quotes. */
async function* writePieces(source: AsyncIterable<string>, folder: string): AsyncGenerator<string> {
  // One buffer for all text: a code unit takes at most three bytes.
  let bytes = Buffer.allocUnsafe(decodeBytes * 3 + 16);
  let number = 0;
  let file: FileHandle | undefined;
  let path = '';
  let length = 0;
  let inQuotes = false;
  const lengths = new LineLengths();
  const write = async (text: string): Promise<void> => {
    if (text === '') return;
    if (!file) {
      path = join(folder, `staged-${(number += 1)}.csv`);
      file = await open(path, 'wx', 0o600);
    }
    if (text.length * 3 > bytes.length) bytes = Buffer.allocUnsafe(text.length * 3);
    await file.write(bytes, 0, bytes.write(text));
    length += text.length;
  };
  const close = async (): Promise<void> => {
    await file?.close();
    file = undefined;
    length = 0;
  };
  try {
    for await (const text of source) {
      lengths.take(text);
      inQuotes = inQuotes !== hasOddQuotes(text);
      const cut = length + text.length < (number > 1 ? pieceLength : firstPieceLength) ? 0 : text.lastIndexOf('\n') + 1;
      if (cut === 0 || inQuotes !== hasOddQuotes(text.slice(cut))) {
        await write(text);
        continue;
      }
      await write(text.slice(0, cut));
      await close();
      yield path;
      await write(text.slice(cut));
    }
    if (file) {
      await close();
      yield path;
    }
  } finally {
    await close();
  }
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let place = text.indexOf('"'); place !== -1; place = text.indexOf('"', place + 1)) odd = !odd;
  return odd;
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
