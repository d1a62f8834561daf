import { TabularFileError } from './tabular-file-error.ts';
import type { SourceRow } from './read-delimited.ts';
import { decodeText, type TextFileEncoding } from './text-encoding.ts';

/** One JSON object a line; the first row given is the keys, in the order in which the first lines show them. */
export async function* readJsonLines(path: string, encoding: TextFileEncoding): AsyncGenerator<SourceRow> {
  const keys: string[] = [];
  const waiting: SourceRow[] = [];
  let rowNumber = 0;
  let started = false;
  for await (const line of lines(path, encoding)) {
    rowNumber += 1;
    if (line.trim() === '') continue;
    const record = parseObject(line);
    if (!started) for (const key of Object.keys(record)) if (!keys.includes(key)) keys.push(key);
    const cells = keys.map((key) => cellText(record[key]));
    if (started) yield { rowNumber, cells };
    else if (waiting.push({ rowNumber, cells }) === 100) {
      started = true;
      yield* [{ rowNumber: 0, cells: keys }, ...waiting];
    }
  }
  if (!started) yield* [{ rowNumber: 0, cells: keys }, ...waiting];
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
function parseObject(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line.replace(/("\s*:\s*)(-?\d{16,})(\s*[,}])/gu, '$1"$2"$3'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw new TabularFileError('damaged', { cause });
  }
  throw new TabularFileError('damaged');
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
