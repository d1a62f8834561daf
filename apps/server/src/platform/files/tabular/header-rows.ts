import { cleanCell } from '@sunlit/kernel';

export interface Column {
  /** position in the row, from 0 */
  readonly index: number;
  readonly title: string;
}

export interface Header {
  /** rows before the first data row: titles, notes, names, a numbering line */
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** Between the upper and the lower name of a two-line header. */
export const titleSeparator = ' / ';

const maximumLines = 3;

const dataLike = /^[-\d\s./:,%年月日TZEX+]+$/iu;

const noteLike = /[:：]|\d{4}[-年/.]\d/u;

/**
 * Finds the names of the columns below titles and notes. A title is one text (merged or not) in a wide table; the
 * names are the first row that fills much of the width with different texts; a row that names parts below a group
 * (merged cells leave blanks or repeat the group) is its second line, and so is a third. Undefined when no row looks
 * like names.
 */
export function findHeader(sample: readonly (readonly string[])[]): Header | undefined {
  const rows = sample.map((row) => row.map((cell) => cleanCell(cell).replace(/\s+/gu, ' ')));
  const width = Math.max(0, ...rows.map((row) => row.filter((cell) => cell !== '').length));
  if (width === 0) return undefined;
  const first = rows.findIndex((row, index) => isNames(row, width) && !isNote(row, rows[index + 1], width));
  if (first === -1) return undefined;
  let titles = trimEnd(rows[first]!);
  let rowCount = first + 1;
  for (let lines = 1; lines < maximumLines; lines += 1) {
    const next = rows[rowCount];
    if (!next || !isNextLine(trimEnd(rows[rowCount - 1]!), next)) break;
    titles = joinLines(titles, next);
    rowCount += 1;
  }
  if (rows[rowCount] && isNumbering(rows[rowCount]!)) rowCount += 1;
  return { rowCount, columns: nameColumns(titles) };
}

function isNames(row: readonly string[], width: number): boolean {
  const filled = row.filter((cell) => cell !== '');
  if (filled.length === 0 || filled.some((cell) => cell.length > 60)) return false;
  if (width === 1) return !dataLike.test(filled[0]!);
  if (new Set(filled).size < 2 || filled.length < width * 0.4) return false;
  return filled.filter((cell) => dataLike.test(cell)).length <= filled.length * 0.1;
}

/** Unit and date of export side by side, merged over the whole width, fill a row too; the names stand below them. */
function isNote(row: readonly string[], next: readonly string[] | undefined, width: number): boolean {
  const filled = row.filter((cell) => cell !== '');
  const different = [...new Set(filled)];
  if (different.length >= filled.length / 2 || next === undefined || !isNames(next, width)) return false;
  return different.some((cell) => noteLike.test(cell)) || !isNextLine(trimEnd(row), next);
}

/** Every name stands below a group, or most do and the others below a name of one column that they say more closely. */
function isNextLine(upper: readonly string[], lower: readonly string[]): boolean {
  const filled = lower.map((cell, index) => ({ cell, index })).filter(({ cell }) => cell !== '');
  if (filled.length === 0 || filled.some(({ cell }) => dataLike.test(cell) || cell.length > 40)) return false;
  const below = filled.filter(({ cell, index }) => upper[index] !== cell);
  const inGroup = below.filter(({ index }) => isGroup(upper, index)).length;
  return inGroup > 0 && inGroup >= below.length * 0.6;
}

/** The cell is blank under a label further left, or begins or goes on a repeated label. */
function isGroup(upper: readonly string[], index: number): boolean {
  const label = upper[index] ?? '';
  if (label === '') return upper.slice(0, index).some((cell) => cell !== '');
  const next = upper[index + 1];
  return next === '' || next === undefined || next === label || upper[index - 1] === label;
}

function joinLines(upper: readonly string[], lower: readonly string[]): string[] {
  const titles: string[] = [];
  let group = '';
  for (let index = 0; index < Math.max(upper.length, trimEnd(lower).length); index += 1) {
    if (upper[index]) group = upper[index]!;
    const name = lower[index] ?? '';
    if (name === '' || name === group.split(titleSeparator).at(-1)) titles.push(upper[index] ?? '');
    else titles.push(group === '' ? name : group + titleSeparator + name);
  }
  return titles;
}

function isNumbering(row: readonly string[]): boolean {
  const numbers = row.filter((cell) => cell !== '' && cell !== '栏次');
  return numbers.length > 2 && numbers.every((cell, index) => cell === String(index + Number(numbers[0])) && index < 500);
}

/** Blank names become the column's number, repeated ones get a suffix, so that every title is unique. */
function nameColumns(titles: readonly string[]): Column[] {
  const seen = new Map<string, number>();
  return titles.map((text, index) => {
    const title = text === '' ? `#${index + 1}` : text;
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return { index, title: count === 1 ? title : `${title}_${count}` };
  });
}

function trimEnd(row: readonly string[]): string[] {
  let length = row.length;
  while (length > 0 && row[length - 1] === '') length -= 1;
  return row.slice(0, length);
}
