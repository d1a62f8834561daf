import { TabularFileError } from './tabular-file-error.ts';
import type { SourceRow } from './read-delimited.ts';
import { decodeText, type TextFileEncoding } from './text-encoding.ts';

/** Stands in every cell of a line that is no JSON object: such a row is reported by its number, not lost and not guessed. */
const unreadableLine = '\uFFFD?';
/** More, and a tenth of all lines, are no slips: the file is something else, or was cut. */
const mostUnreadable = 20;

/** One JSON object a line; the first row given is the keys, in the order in which the first lines show them. */
export async function* readJsonLines(path: string, encoding: TextFileEncoding): AsyncGenerator<SourceRow> {
  const keys: string[] = [];
  const waiting: SourceRow[] = [];
  const broken: SourceRow[] = [];
  let unreadable = 0;
  let rowNumber = 0;
  let started = false;
  for await (const line of lines(path, encoding)) {
    rowNumber += 1;
    if (line.trim() === '') continue;
    const record = parseObject(line);
    if (!record) {
      unreadable += 1;
      if (unreadable > mostUnreadable && unreadable * 10 > rowNumber) throw new TabularFileError('damaged');
      const row = { rowNumber, cells: keys.map(() => unreadableLine) };
      if (started) yield row;
      else broken.push(row);
      continue;
    }
    if (!started) for (const key of Object.keys(record)) if (!keys.includes(key)) keys.push(key);
    const cells = keys.map((key) => cellText(record[key]));
    if (started) yield { rowNumber, cells };
    else if (waiting.push({ rowNumber, cells }) === 100) {
      started = true;
      yield* firstRows(keys, waiting, broken);
    }
  }
  if (started) return;
  if (waiting.length === 0 && broken.length > 0) throw new TabularFileError('damaged');
  yield* firstRows(keys, waiting, broken);
}

/** The keys are known only now: broken lines take their places among the others, with a cell for each key. */
function firstRows(keys: string[], waiting: SourceRow[], broken: SourceRow[]): SourceRow[] {
  const all = [...waiting, ...broken.map(({ rowNumber }) => ({ rowNumber, cells: keys.map(() => unreadableLine) }))];
  return [{ rowNumber: 0, cells: keys }, ...all.sort((left, right) => left.rowNumber - right.rowNumber)];
}

async function* lines(path: string, encoding: TextFileEncoding): AsyncGenerator<string> {
  let rest = '';
  for await (const text of decodeText(path, encoding)) {
    const parts = (rest + text).split('\n');
    rest = parts.pop()!;
    yield* parts;
  }
  yield rest;
}

/** Numbers with more digits than a double holds are quoted first, so that an identity number keeps its digits. */
function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line.replace(/("\s*:\s*)(-?\d{16,})(\s*[,}])/gu, '$1"$2"$3'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // the row says so
  }
  return undefined;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
