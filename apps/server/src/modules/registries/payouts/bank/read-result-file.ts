import { isUtf8 } from 'node:buffer';
import { isCalendarDate } from '@sunlit/kernel';
import iconv from 'iconv-lite';
import { decodeFixed, inLayouts, widthOf } from './fixed-fields.ts';
import { readCamt053 } from './read-camt-053.ts';
import { isCsvStatement, readCsvStatement } from './read-csv-statement.ts';
import { readMt940 } from './read-mt940.ts';
import { plainWidth, withoutMark } from './read-text.ts';
import { refuseFile } from './bank-file-error.ts';
import { signatureOf } from './write-bank-file.ts';

export interface BankRecord {
  reference: string;
  amountFen: number;
  /** `returned`: money that was paid came back */
  kind: 'paid' | 'failed' | 'returned';
  code: string;
  text: string;
  day: string;
}

export type BankFileFormat = 'delimited' | 'fixed-width' | 'camt.053' | 'mt940' | 'csv';

export interface ResultFile {
  format: BankFileFormat;
  /** the batch it answers; a statement names none */
  batch: string | null;
  records: BankRecord[];
  totalFen: number;
}

const success = /^0+$/;

/** Reads the bank's answer in whichever format it comes, or refuses it whole. */
export function readResultFile(content: Buffer): ResultFile {
  const bytes = withoutMark(content);
  const first = bytes.subarray(0, 200).toString('latin1').trimStart();
  if (first.startsWith('<')) return readCamt053(bytes);
  if (first.startsWith(':20:') || /^\{[1234]:/.test(first)) return readMt940(bytes);
  if (first.startsWith('H|')) return readRows('delimited', linesOf(signedPart(bytes)).map((line) => decode(line).split('|').map(plainWidth)));
  if (isCsvStatement(headOf(bytes))) return readCsvStatement(bytes);
  if (first.startsWith('H')) return readRows('fixed-width', linesOf(signedPart(bytes)).map(fixedCells));
  return refuseFile('认不出这是哪一种银行文件：应为分隔格式或定长格式的回盘，或 CAMT.053、MT940、CSV 对账单。');
}

/** Without its signature, where it bears one; one that does not fit the rest means that the file was changed on its way. */
function signedPart(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf('\nS');
  if (at === -1) return bytes;
  const body = bytes.subarray(0, at + 1);
  const signature = bytes.subarray(at + 2).toString('latin1').replace(/^\|/, '').trim();
  return signature === signatureOf(body) ? body : refuseFile('文件的签名与内容不符，没有导入。');
}

/** The first lines, never cut within a character. */
function headOf(bytes: Buffer): string {
  const end = bytes.subarray(0, 8000).lastIndexOf(0x0a);
  return decode(bytes.subarray(0, end < 0 ? 500 : end));
}

const decode = (line: Buffer) => (isUtf8(line) ? line.toString('utf8') : iconv.decode(line, 'gb18030'));

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    // neither byte of a two-byte character of GB18030 is a line feed
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    const line = bytes.subarray(start, bytes[end - 1] === 0x0d && end > start ? end - 1 : end);
    if (line.length > 0) lines.push(line);
    start = end + 1;
  }
  return lines;
}

function fixedCells(line: Buffer, index: number): string[] {
  const type = String.fromCharCode(line[0]!);
  const layout = type === 'H' || type === 'R' || type === 'T' ? inLayouts[type] : undefined;
  // a record that is shorter or longer has lost or gained something on the way
  if (!layout || line.length !== widthOf(layout)) return refuseFile(`第 ${index + 1} 行的长度或类型不对，文件没有导入。`);
  return decodeFixed(layout, line).map(plainWidth);
}

function readRows(format: ResultFile['format'], rows: readonly string[][]): ResultFile {
  const [head, ...rest] = rows;
  const tail = rest.pop();
  if (head?.[0] !== 'H' || head.length !== 4) return refuseFile('文件没有表头，没有导入。');
  if (tail?.[0] !== 'T' || tail.length !== 3) return refuseFile('文件没有结尾的合计行，可能没有传完，没有导入。');
  const records = rest.map((row, index) => recordOf(row, index + 2));
  const totalFen = records.reduce((sum, one) => sum + one.amountFen, 0);
  for (const [count, sum] of [[head[2], head[3]], [tail[1], tail[2]]]) {
    if (wholeNumber(count) !== records.length) return refuseFile(`合计笔数是 ${wholeNumber(count) ?? '—'}，文件里有 ${records.length} 笔，没有导入。`);
    if (wholeNumber(sum) !== totalFen) return refuseFile('合计金额与明细之和不符，没有导入。');
  }
  return { format, batch: head[1]!, records, totalFen };
}

function recordOf(row: readonly string[], line: number): BankRecord {
  const [type, , reference, amount, code, text, day] = row;
  const amountFen = wholeNumber(amount);
  const date = /^\d{8}$/.test(day ?? '') ? `${day!.slice(0, 4)}-${day!.slice(4, 6)}-${day!.slice(6)}` : '';
  if (type !== 'R' || row.length !== 7 || !reference || amountFen === undefined || amountFen <= 0 || !code || !isCalendarDate(date)) return refuseFile(`第 ${line} 行不完整或有误，文件没有导入。`);
  return { reference: reference.toLowerCase(), amountFen, kind: success.test(code) ? 'paid' : 'failed', code, text: text ?? '', day: date };
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
