import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readHead, utf16Of } from './file-format.ts';

export type TextFileEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

const chunkBytes = 4_194_304;

/**
 * A byte-order mark decides; else the whole file is UTF-8 or it is not. GB18030 can look like UTF-8 for a few
 * characters, so a sample is not enough: a name list may be plain ASCII for its first megabyte. UTF-8 with a few broken
 * characters stays UTF-8: read as GB18030 nothing of it could be understood.
 */
export async function detectEncoding(path: string): Promise<{ encoding: TextFileEncoding; intact: boolean }> {
  const utf16 = utf16Of(await readHead(path, 8192));
  if (utf16) return { encoding: utf16, intact: true };
  let rest = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = bytes.length - unfinishedBytes(bytes);
    if (!isUtf8(bytes.subarray(0, cut))) return notUtf8(bytes.subarray(0, cut));
    if (cut > 0) last = bytes.subarray(0, cut);
    rest = Buffer.from(bytes.subarray(cut));
  }
  return rest.length > 0 ? notUtf8(Buffer.concat([last, rest])) : { encoding: 'utf-8', intact: true };
}

/** Chinese text in GB18030 hardly ever makes a character of three bytes in UTF-8. */
function notUtf8(bytes: Buffer): { encoding: TextFileEncoding; intact: boolean } {
  let whole = 0;
  let broken = 0;
  for (const character of bytes.toString('utf8')) {
    if (character === '\uFFFD') broken += 1;
    else if (character > '\u0800') whole += 1;
  }
  return whole > broken * 4 ? { encoding: 'utf-8', intact: false } : { encoding: 'gb18030', intact: true };
}

/**
 * Text of a file in order, without the byte-order mark.
 * @param pieceBytes small for a reader that may stop after the first rows, large for one that takes it all
 */
export async function* decodeText(path: string, encoding: TextFileEncoding, pieceBytes = 65_536): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: pieceBytes });
  for await (const chunk of stream) yield withoutNul(decoder.decode(chunk, { stream: true }));
  const last = decoder.decode();
  if (last !== '') yield last;
}

/** Some machines pad fields with NUL, which no database stores. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/** How many bytes at the end begin a UTF-8 character that goes on in the next chunk. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
