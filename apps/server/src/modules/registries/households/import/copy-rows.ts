import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | Buffer | null;

const special = /[\\\t\n\r]/u;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One line of COPY's text format. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (index > 0) line += '\t';
    if (value === null || value === undefined) line += '\\N';
    else if (typeof value === 'string') line += special.test(value) ? value.replace(/[\\\t\n\r]/gu, (character) => escapes[character]!) : value;
    else if (typeof value === 'object') line += `\\\\x${value.toString('hex')}`;
    else line += typeof value === 'boolean' ? (value ? 't' : 'f') : String(value);
  }
  return `${line}\n`;
}

/** Streams prepared lines into a staging table (COPY straight into a table is refused under row-level security). */
export async function copyLines(client: PoolClient, table: string, columns: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const stream = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
  const ended = new Promise<void>((resolve, reject) => stream.on('finish', resolve).on('error', reject));
  for (let start = 0; start < lines.length; start += 2000) {
    if (!stream.write(lines.slice(start, start + 2000).join(''))) await Promise.race([once(stream, 'drain'), ended]);
  }
  stream.end();
  await ended;
}
