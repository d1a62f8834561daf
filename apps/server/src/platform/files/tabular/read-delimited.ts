import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { longestLine } from './line-lengths.ts';
import { TabularFileError } from './tabular-file-error.ts';
import { decodeText, type TextFileEncoding } from './text-encoding.ts';

export interface SourceRow {
  /** line (text) or row (sheet) of the file, from 1, as an officer counts it */
  readonly rowNumber: number;
  readonly cells: string[];
}

const delimiters = [',', '\t', ';', '|', '，'];

/** The sign that divides the most lines of the start of the file into the same number of cells. */
export async function detectDelimiter(path: string, encoding: TextFileEncoding): Promise<string> {
  let start = '';
  for await (const text of decodeText(path, encoding)) {
    start = text;
    break;
  }
  const lines = start.split(/\r\n|\n|\r/u).slice(0, 50).filter((line) => line !== '');
  const score = (delimiter: string): number => {
    const counts = lines.map((line) => line.replace(/"[^"]*"/gu, '').split(delimiter).length - 1).filter((count) => count > 0);
    const modes = new Map<number, number>();
    for (const count of counts) modes.set(count, (modes.get(count) ?? 0) + 1);
    return Math.max(0, ...[...modes].map(([count, times]) => times * 100 + count));
  };
  return delimiters.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best), ',');
}

const readBytes = 262_144;

/** Rows of delimited text. As long as no cell is in quotes, lines and cells are simply cut, which is many times faster. */
export async function* readDelimited(path: string, encoding: TextFileEncoding, delimiter: string): AsyncGenerator<SourceRow> {
  const source = decodeText(path, encoding, readBytes);
  let rowNumber = 0;
  let rest = '';
  for await (const text of source) {
    if (text.includes('"')) {
      yield* readQuoted(prefixed(rest + text, source), delimiter, rowNumber);
      return;
    }
    // A line may end with CR LF: a CR at the end waits for what follows.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/u);
    rest = lines.pop()!;
    if (rest.length > longestLine) throw new TabularFileError('line-too-long');
    for (const line of lines) yield { rowNumber: (rowNumber += 1), cells: line.split(delimiter) };
  }
  if (rest !== '') yield { rowNumber: rowNumber + 1, cells: rest.replace(/\r$/u, '').split(delimiter) };
}

async function* prefixed(first: string, others: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* others;
}

async function* readQuoted(text: AsyncIterable<string>, delimiter: string, linesBefore: number): AsyncGenerator<SourceRow> {
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false, info: true, max_record_size: longestLine });
  const source = Readable.from(text);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { rowNumber: linesBefore + info.lines, cells: record };
    }
  } catch (cause) {
    throw new TabularFileError('damaged', { cause });
  } finally {
    source.destroy();
  }
}
