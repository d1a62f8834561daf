import { isCalendarDate } from '@sunlit/kernel';
import { parse } from 'csv-parse/sync';
import { refuseFile } from './bank-file-error.ts';
import { fenOfYuan, plainWidth, readText } from './read-text.ts';
import type { BankRecord, ResultFile } from './read-result-file.ts';

/** The headings under which banks put what we need; the first that is there counts. */
const headings = {
  reference: ['业务参考号', '参考号', '附言', '用途', '摘要', 'end-to-end id', 'reference', 'remittance information'],
  day: ['记账日期', '交易日期', '日期', 'booking date', 'date'],
  debit: ['借方金额', '借方发生额', '支出', '支出金额', 'debit'],
  credit: ['贷方金额', '贷方发生额', '收入', '收入金额', 'credit'],
  text: ['备注', '说明', '退汇原因', 'text', 'details'],
} as const;
const closing = /^(合计|总计|total)$/i;

/** Whether a text begins with the headings of a statement. */
export const isCsvStatement = (head: string): boolean => {
  const cells = plainWidth(head.split(/\r?\n/)[0] ?? '').toLowerCase();
  return headings.debit.some((name) => cells.includes(name)) && headings.credit.some((name) => cells.includes(name));
};

/** A statement of the account as a table, amounts in yuan; its last row gives the sums, without which nobody knows whether it is whole. */
export function readCsvStatement(bytes: Buffer): ResultFile {
  const text = readText(bytes);
  const first = text.split(/\r?\n/)[0]!;
  const rows = rowsOf(text, first.includes('\t') ? '\t' : first.includes(';') ? ';' : ',');
  const titles = (rows[0] ?? []).map((cell) => plainWidth(cell).toLowerCase());
  const columnOf = (names: readonly string[]) => names.map((name) => titles.indexOf(name)).find((at) => at >= 0) ?? -1;
  const at = { reference: columnOf(headings.reference), day: columnOf(headings.day), debit: columnOf(headings.debit), credit: columnOf(headings.credit), text: columnOf(headings.text) };
  if (at.reference < 0 || at.day < 0) return refuseFile('对账单缺少参考号（附言）或日期这一列，没有导入。');
  const last = rows.at(-1);
  if (rows.length < 2 || !last || !last.some((cell) => closing.test(plainWidth(cell)))) return refuseFile('对账单没有最后的合计行，可能没有传完，没有导入。');
  const amount = (row: readonly string[], column: number, line: number): number => {
    const cell = plainWidth(row[column] ?? '');
    return cell === '' || cell === '-' ? 0 : (fenOfYuan(cell, '.') ?? refuseFile(`第 ${line} 行有认不出的金额，文件没有导入。`));
  };
  const records = rows.slice(1, -1).map((row, index): BankRecord => {
    const line = index + 2;
    const [debit, credit] = [amount(row, at.debit, line), amount(row, at.credit, line)];
    const day = dayOf(row[at.day] ?? '');
    if (row.length !== titles.length || debit > 0 === credit > 0 || !isCalendarDate(day)) return refuseFile(`第 ${line} 行不完整或有误，文件没有导入。`);
    return { reference: plainWidth(row[at.reference]!).toLowerCase(), amountFen: debit + credit, kind: debit > 0 ? 'paid' : 'returned', code: debit > 0 ? 'DBIT' : 'CRDT', text: at.text < 0 ? '' : row[at.text]!, day };
  });
  const sumOf = (kind: BankRecord['kind']) => records.reduce((sum, one) => sum + (one.kind === kind ? one.amountFen : 0), 0);
  if (amount(last, at.debit, rows.length) !== sumOf('paid') || amount(last, at.credit, rows.length) !== sumOf('returned')) return refuseFile('合计金额与明细之和不符，没有导入。');
  return { format: 'csv', batch: null, records, totalFen: sumOf('paid') + sumOf('returned') };
}

function rowsOf(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    return refuseFile('对账单不是完整的表格，没有导入。');
  }
}

/** 2026-11-25, 2026/11/25 or 20261125 */
function dayOf(cell: string): string {
  const match = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(plainWidth(cell));
  return match ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}` : '';
}
