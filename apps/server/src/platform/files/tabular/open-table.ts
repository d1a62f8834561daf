import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isClosingRow } from './closing-row.ts';
import { detectFormat } from './file-format.ts';
import { findHeader, type Column, type Header } from './header-rows.ts';
import { detectDelimiter, readDelimited, type SourceRow } from './read-delimited.ts';
import { readJsonLines } from './read-json-lines.ts';
import { listSheets, readSheet, type Sheet } from './read-workbook.ts';
import { TabularFileError } from './tabular-file-error.ts';
import { detectEncoding, type TextFileEncoding } from './text-encoding.ts';
import { ZipArchive } from './zip-archive.ts';

export interface TabularFile {
  readonly path: string;
  /** as the officer named it; shown, never trusted */
  readonly fileName: string;
}

export interface OpenTableOptions {
  /** private folder for what an archive holds */
  readonly workFolder: string;
  /** default: of the visible sheets that have a header the one that fits best, else the first */
  readonly sheetName?: string;
  /** how many of the columns the reader knows: instructions and summaries often stand before the table */
  readonly fit?: (columns: readonly Column[]) => number;
  readonly maximumUnpackedBytes?: number;
}

export interface Table {
  readonly fileName: string;
  readonly format: 'delimited' | 'json-lines' | 'workbook';
  readonly encoding?: TextFileEncoding;
  readonly sheetName?: string;
  readonly sheetNames?: readonly string[];
  readonly columns: readonly Column[];
  /** number of the last row of the header: data begins below it */
  readonly headerRows: number;
  /** where the text itself lies, for readers that take a whole file at once */
  readonly text?: { readonly path: string; readonly encoding: TextFileEncoding; readonly intact: boolean; readonly delimiter: string };
  /** Data rows, cells in column order and as many as columns; blank and closing rows are left out. */
  rows(): AsyncIterable<SourceRow>;
  /** Removes what was unpacked. */
  close(): Promise<void>;
}

/** Rows looked at to find the header. */
const sampleRows = 30;

/** Opens what an officer really has: CSV, XLSX, JSON Lines or a zip with one of them, recognised by content. */
export async function openTable(file: TabularFile, options: OpenTableOptions): Promise<Table> {
  const format = await detectFormat(file.path);
  if (format === 'zip') return openZip(file, options);
  const { encoding, intact } = await detectEncoding(file.path);
  if (format === 'json-lines') {
    return makeTable({ fileName: file.fileName, format, encoding }, () => readJsonLines(file.path, encoding));
  }
  const delimiter = await detectDelimiter(file.path, encoding);
  const text = { path: file.path, encoding, intact, delimiter };
  const facts = { fileName: file.fileName, format: 'delimited' as const, encoding, text };
  return makeTable(facts, () => readDelimited(file.path, encoding, delimiter));
}

async function openZip(file: TabularFile, options: OpenTableOptions): Promise<Table> {
  const archive = await ZipArchive.open(file.path, options.maximumUnpackedBytes);
  try {
    if (archive.names.includes('xl/workbook.xml')) return await openWorkbook(file, archive, options);
    if (archive.names.includes('[Content_Types].xml') || archive.names.includes('mimetype')) {
      throw new TabularFileError('unsupported');
    }
    const names = archive.names.filter((name) => !/(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store|Thumbs\.db)/u.test(name));
    if (names.length !== 1) throw new TabularFileError(names.length === 0 ? 'archive-empty' : 'archive-several-files');
    return await openInner(archive, names[0]!, options);
  } finally {
    archive.close();
  }
}

async function openInner(archive: ZipArchive, name: string, options: OpenTableOptions): Promise<Table> {
  const folder = await mkdtemp(join(options.workFolder, 'unpacked-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'content');
    await archive.extract(name, path);
    const table = await openTable({ path, fileName: name.split('/').at(-1)! }, { ...options, workFolder: folder });
    return { ...table, close: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function openWorkbook(file: TabularFile, archive: ZipArchive, options: OpenTableOptions): Promise<Table> {
  const sheets = await listSheets(archive);
  // What an officer cannot see is last year's copy or a list of choices, unless there is nothing else.
  const offered = sheets.some(({ hidden }) => !hidden) ? sheets.filter(({ hidden }) => !hidden) : sheets;
  const wanted = options.sheetName === undefined ? offered : sheets.filter(({ name }) => name === options.sheetName);
  if (wanted.length === 0) throw new TabularFileError('sheet-missing');
  const read = (sheet: Sheet) => async function* rows(): AsyncGenerator<SourceRow> {
    const own = await ZipArchive.open(file.path, options.maximumUnpackedBytes);
    try {
      yield* readSheet(file.path, own, sheet);
    } finally {
      own.close();
    }
  };
  let problem: unknown;
  let best: { table: Table; fit: number } | undefined;
  for (const sheet of wanted) {
    const facts = { fileName: file.fileName, format: 'workbook' as const, sheetName: sheet.name, sheetNames: sheets.map(({ name }) => name) };
    try {
      const table = await makeTable(facts, read(sheet));
      if (!options.fit) return table;
      const fit = options.fit(table.columns);
      if (!best || fit > best.fit) best = { table, fit };
    } catch (error) {
      if (!(error instanceof TabularFileError) || (error.code !== 'empty' && error.code !== 'no-header')) throw error;
      problem ??= error;
    }
  }
  if (best) return best.table;
  throw problem;
}

type TableFacts = Omit<Table, 'columns' | 'headerRows' | 'rows' | 'close'>;

async function makeTable(facts: TableFacts, source: () => AsyncGenerator<SourceRow>): Promise<Table> {
  const { header, headerRowNumber } = await readHeader(source);
  async function* rows(): AsyncGenerator<SourceRow> {
    for await (const { rowNumber, cells } of source()) {
      if (rowNumber <= headerRowNumber || isClosingRow(cells, header.columns.length)) continue;
      yield { rowNumber, cells: header.columns.map(({ index }) => cells[index] ?? '') };
    }
  }
  return { ...facts, columns: header.columns, headerRows: headerRowNumber, rows, close: async () => {} };
}

async function readHeader(source: () => AsyncGenerator<SourceRow>): Promise<{ header: Header; headerRowNumber: number }> {
  const sample: SourceRow[] = [];
  for await (const row of source()) if (sample.push(row) === sampleRows) break;
  if (sample.every(({ cells }) => cells.every((cell) => cell.trim() === ''))) throw new TabularFileError('empty');
  const header = findHeader(sample.map(({ cells }) => cells));
  if (!header) throw new TabularFileError('no-header');
  return { header, headerRowNumber: sample[header.rowCount - 1]!.rowNumber };
}
