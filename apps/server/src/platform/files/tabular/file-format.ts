import { open } from 'node:fs/promises';
import { TabularFileError } from './tabular-file-error.ts';

export type FileFormat = 'zip' | 'text' | 'json-lines';

const startsWith = (head: Buffer, ...bytes: number[]): boolean => head.subarray(0, bytes.length).equals(Buffer.from(bytes));

/** Looks at the content; names lie (many systems write a web page and call it .xls). */
export async function detectFormat(path: string): Promise<FileFormat> {
  const head = await readHead(path, 8192);
  if (head.length === 0) throw new TabularFileError('empty');
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return 'zip';
  if (startsWith(head, 0x50, 0x4b)) throw new TabularFileError('archive-empty');
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) throw new TabularFileError(await oleProblem(path));
  if (startsWith(head, 0x52, 0x61, 0x72, 0x21) || startsWith(head, 0x37, 0x7a, 0xbc, 0xaf) || startsWith(head, 0x1f, 0x8b)) {
    throw new TabularFileError('archive-format');
  }
  if (head.includes('%PDF-') || isBinary(head)) throw new TabularFileError('unsupported');
  const start = head.toString('latin1').replace(/^(?:\xEF\xBB\xBF|\xFF\xFE)/u, '').replaceAll('\0', '').trimStart().toLowerCase();
  if (/^<(?:!doctype|html|head|meta|table|\?xml|style)/u.test(start)) throw new TabularFileError('web-page');
  return start.startsWith('{') ? 'json-lines' : 'text';
}

export async function readHead(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Office keeps a password-protected .xlsx inside the same container as an old .xls. */
async function oleProblem(path: string): Promise<'encrypted' | 'old-spreadsheet'> {
  const head = await readHead(path, 4_194_304);
  return head.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old-spreadsheet';
}

/** Text has no zero bytes but in UTF-16. */
function isBinary(head: Buffer): boolean {
  return head.includes(0) && utf16Of(head) === undefined;
}

/**
 * UTF-16 by its byte-order mark or, where a program wrote none, by the zero half of its digits, commas and line breaks:
 * it stands always at the same side.
 */
export function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be';
  if (!head.includes(0)) return undefined;
  const plain = (byte: number | undefined): boolean => byte !== undefined && (byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));
  const sides = { 'utf-16le': 0, 'utf-16be': 0 };
  for (let place = 0; place + 1 < head.length; place += 2) {
    const [first, second] = [head[place], head[place + 1]];
    if (first === 0 && second === 0) return undefined;
    if (second === 0) sides['utf-16le'] += plain(first) ? 1 : -1000;
    if (first === 0) sides['utf-16be'] += plain(second) ? 1 : -1000;
  }
  if (sides['utf-16le'] > 0 && sides['utf-16be'] === 0) return 'utf-16le';
  return sides['utf-16be'] > 0 && sides['utf-16le'] === 0 ? 'utf-16be' : undefined;
}
