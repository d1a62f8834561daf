import { writeXlsx } from 'hucre/xlsx';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { demoAsOf } from './calendar.ts';
import { encodeGb18030 } from './gb18030.ts';

export interface RecordFile {
  write(cells: readonly string[]): void;
  close(): Promise<void>;
}

const bufferedCharacters = 1 << 18;

/** A text file written in large pieces, so that a whole city needs little memory. */
export function openTextFile(
  path: string,
  format: 'utf8' | 'utf8-bom' | 'gb18030' | 'json-lines',
  titles: readonly string[],
  caption?: string,
): RecordFile {
  const descriptor = openSync(path, 'w');
  const pieces: string[] = [];
  let length = 0;
  const flush = () => {
    const text = pieces.join('');
    pieces.length = 0;
    length = 0;
    const bytes = format === 'gb18030' ? encodeGb18030(text) : Buffer.from(text, 'utf8');
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
  };
  const put = (text: string) => {
    pieces.push(text);
    length += text.length;
    if (length >= bufferedCharacters) flush();
  };
  if (format === 'utf8-bom') put('\uFEFF');
  if (format !== 'json-lines') {
    if (caption !== undefined) put(`${caption}${','.repeat(titles.length - 1)}\r\n`);
    put(`${titles.join(',')}\r\n`);
  }
  const keys = titles.map((title) => JSON.stringify(title));
  return {
    write(cells) {
      if (format !== 'json-lines') put(`${cells.join(',')}\r\n`);
      else put(`{${cells.map((cell, index) => `${keys[index]}:"${cell}"`).join(',')}}\n`);
    },
    async close() {
      flush();
      closeSync(descriptor);
    },
  };
}

/** A spreadsheet with a title line above the column names, as offices make them. All cells are text. */
export function openWorkbook(path: string, caption: string, titles: readonly string[]): RecordFile {
  const rows: string[][] = [[caption], [...titles]];
  const made = new Date(`${demoAsOf}T00:00:00Z`);
  return {
    write(cells) {
      rows.push([...cells]);
    },
    async close() {
      // the dates inside the file are fixed, so that the same city is the same bytes
      writeFileSync(
        path,
        await writeXlsx({
          properties: { created: made, modified: made },
          sheets: [{ name: caption.slice(0, 20), rows }],
        }),
      );
    },
  };
}
