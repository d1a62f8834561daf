import { readFile } from 'node:fs/promises';
import { streamXlsxRows } from 'hucre/xlsx';
import { TabularFileError } from './tabular-file-error.ts';
import type { SourceRow } from './read-delimited.ts';
import type { ZipArchive } from './zip-archive.ts';

interface CellRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Merged cells are looked up in sheets up to this size; larger ones are machine exports without any. */
const mergeSearchBytes = 256 * 1024 ** 2;

export interface Sheet {
  readonly name: string;
  readonly index: number;
  /** part of the package that holds the cells */
  readonly part: string;
  readonly hidden: boolean;
}

export async function listSheets(archive: ZipArchive): Promise<Sheet[]> {
  const workbook = await archive.text('xl/workbook.xml');
  const relations = await archive.text('xl/_rels/workbook.xml.rels');
  const targets = new Map<string, string>();
  for (const [tag] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/gu)) {
    const target = attribute(tag, 'Target').replace(/^\//u, '');
    targets.set(attribute(tag, 'Id'), target.startsWith('xl/') ? target : `xl/${target}`);
  }
  return [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/gu)].map(([tag], index) => ({
    name: attribute(tag, 'name'),
    index,
    part: targets.get(attribute(tag, 'r:id')) ?? '',
    hidden: /hidden/iu.test(attribute(tag, 'state')),
  }));
}

/** Rows of one sheet as text. A merged cell shows its value in every row and column it covers. */
export async function* readSheet(path: string, archive: ZipArchive, sheet: Sheet): AsyncGenerator<SourceRow> {
  const merges = await listMerges(archive, sheet);
  const values = new Map<CellRange, string>();
  let open = merges.sort((a, b) => a.top - b.top);
  try {
    // The bytes of the package, not of its content: an officer's 400,000 rows are about 30 MB here.
    for await (const row of streamXlsxRows(await readFile(path), { sheet: sheet.index })) {
      const cells = row.values.map(cellText);
      if (open.length > 0) {
        open = open.filter((range) => range.bottom >= row.index);
        fillMerged(cells, row.index, open, values);
      }
      yield { rowNumber: row.index + 1, cells };
    }
  } catch (cause) {
    throw cause instanceof TabularFileError ? cause : new TabularFileError('damaged', { cause });
  }
}

function fillMerged(cells: string[], row: number, open: readonly CellRange[], values: Map<CellRange, string>): void {
  for (const range of open) {
    if (range.top > row) return;
    if (range.top === row) values.set(range, cells[range.left] ?? '');
    const value = values.get(range) ?? '';
    for (let column = range.left; column <= range.right; column += 1) {
      while (cells.length <= column) cells.push('');
      cells[column] = value;
    }
  }
}

/**
 * A number with more digits than a spreadsheet keeps is written with an exponent, so that whoever reads an identity
 * or account number sees that digits were lost.
 */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Math.abs(value) >= 1e15 ? value.toExponential(14) : String(value);
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? '' : value.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
  }
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : JSON.stringify(value);
}

/**
 * A cell that ends right after its formula, or after an empty value, was never calculated; programs that write files
 * without calculating leave it so. A formula whose result is the empty text says so by its type (`t="str"`).
 */
const uncalculated = /<(?:\w+:)?c(?:\s(?!t="str")[\w:]+="[^"]*")*\s*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*\/>|<(?:\w+:)?v>\s*<\/(?:\w+:)?v>)?\s*<\/(?:\w+:)?c>/u;
const longestFormula = 9000;

/** Also finds formulas without a value: such cells would be read as empty. */
async function listMerges(archive: ZipArchive, sheet: Sheet): Promise<CellRange[]> {
  if (archive.sizeOf(sheet.part) > mergeSearchBytes) return [];
  let tail = '';
  let inTail = false;
  let end = '';
  for await (const chunk of (await archive.stream(sheet.part)) as AsyncIterable<Buffer>) {
    const text = chunk.toString('latin1');
    if (!inTail) {
      if (uncalculated.test(end + text)) throw new TabularFileError('formula-without-value');
      end = text.slice(-longestFormula);
    }
    tail = inTail ? tail + text : tail.slice(-20) + text;
    if (!inTail) {
      const stop = tail.search(/<\/(?:\w+:)?sheetData>/u);
      inTail = stop !== -1;
      if (inTail) tail = tail.slice(stop);
    }
  }
  if (!inTail) return [];
  return [...tail.matchAll(/<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/gu)].map((match) => ({
    left: columnIndex(match[1]!),
    top: Number(match[2]) - 1,
    right: Math.min(columnIndex(match[3]!), 400),
    bottom: Number(match[4]) - 1,
  }));
}

function columnIndex(letters: string): number {
  return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '';
  return value.replace(/&(amp|lt|gt|quot|apos);/gu, (_, entity: string) => entities[entity]!);
}
