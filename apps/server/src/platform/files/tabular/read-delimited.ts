import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
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
  for await (const text of decodeText(path, encoding, 65_536)) start += text;
  const lines = start.split(/\r\n|\n|\r/u).slice(0, 50).filter((line) => line !== '');
  const score = (delimiter: string): number => {
    const counts = lines.map((line) => line.replace(/"[^"]*"/gu, '').split(delimiter).length - 1).filter((count) => count > 0);
    const modes = new Map<number, number>();
    for (const count of counts) modes.set(count, (modes.get(count) ?? 0) + 1);
    return Math.max(0, ...[...modes].map(([count, times]) => times * 100 + count));
  };
  return delimiters.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best), ',');
}

export async function* readDelimited(
  path: string,
  encoding: TextFileEncoding,
  delimiter: string,
): AsyncGenerator<SourceRow> {
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false, info: true });
  const source = Readable.from(decodeText(path, encoding));
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { rowNumber: info.lines, cells: record };
    }
  } catch (cause) {
    throw new TabularFileError('damaged', { cause });
  } finally {
    source.destroy();
  }
}
