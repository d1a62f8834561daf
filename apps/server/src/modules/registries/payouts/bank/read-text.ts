import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { refuseFile } from './bank-file-error.ts';

const marks: readonly [Buffer, string][] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf8'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
];

/** The bytes without a byte order mark; what is in UTF-16 becomes UTF-8. */
export function withoutMark(content: Buffer): Buffer {
  const mark = marks.find(([bytes]) => content.subarray(0, bytes.length).equals(bytes));
  if (!mark) return content;
  const rest = content.subarray(mark[0].length);
  return mark[1] === 'utf8' ? rest : Buffer.from(iconv.decode(rest, mark[1]), 'utf8');
}

/** UTF-8 or GB18030, as the banks write. What is neither is refused: a garbled amount is worse than none. */
export function readText(bytes: Buffer): string {
  const text = isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'gb18030');
  return text.includes('\uFFFD') || text.includes('\0') ? refuseFile('文件的文字编码认不出，没有导入。') : text;
}

/** Digits, signs and letters typed in full width mean the same. */
export const plainWidth = (text: string): string => text.normalize('NFKC').trim();

/** Yuan with a point or a comma before the fen, and thousands apart, in fen; undefined for anything else. */
export function fenOfYuan(text: string, decimal: '.' | ','): number | undefined {
  const plain = plainWidth(text).replaceAll(decimal === '.' ? ',' : ' ', '');
  const match = new RegExp(`^(\\d{1,13})(?:\\${decimal}(\\d{0,2})0*)?$`).exec(plain);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}
