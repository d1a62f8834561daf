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
/** sums of one page, which the next page goes on from */
const pageSum = /^(本页)?(小计|合计)$|^subtotal$/i;
/** sums below each other, each behind its name */
const sideSums = { debit: /^(借方|支出)(发生额|金额)?(合计|总额)$|^total debits?$/i, credit: /^(贷方|收入)(发生额|金额)?(合计|总额)$|^total credits?$/i } as const;
/** what a bank prints above and below its rows: says nothing about a payment */
const printed = /^(期初|期末|上日|当前|账户)?余额|笔数|^打印|^制表|^复核|^经办|^操作员|^备注|^说明|^第\s*\d+\s*页|balance|number of|printed/i;
/** a bank's logo, name and account do not take more lines than these */
const mostTitleRows = 30;

const labelOf = (cell: string): string => plainWidth(cell).replace(/[:：\s]+$/u, '');
const hasHeadings = (cells: readonly string[]): boolean => [headings.debit, headings.credit].every((names) => names.some((name) => cells.includes(name)));
const cellsOf = (line: string): string[] => line.split(/[,;\t]/).map((cell) => plainWidth(cell.replaceAll('"', '')).toLowerCase());

/** Whether a text is a statement: its headings may stand below the bank's name, the account and the days it covers. */
export const isCsvStatement = (head: string): boolean => head.split(/\r?\n/).slice(0, mostTitleRows).some((line) => hasHeadings(cellsOf(line)));

/** A statement of the account as a table, amounts in yuan; it ends with the sums, without which nobody knows whether it is whole. */
export function readCsvStatement(bytes: Buffer): ResultFile {
  const text = readText(bytes);
  const headLine = text.split(/\r?\n/).find((line) => hasHeadings(cellsOf(line))) ?? '';
  const all = rowsOf(text, headLine.includes('\t') ? '\t' : headLine.includes(';') ? ';' : ',');
  const start = all.findIndex(({ cells }) => hasHeadings(cells.map((cell) => plainWidth(cell).toLowerCase())));
  if (start < 0) return refuseFile('对账单不是完整的表格，没有导入。');
  const titles = all[start]!.cells.map((cell) => plainWidth(cell).toLowerCase());
  const columnOf = (names: readonly string[]) => names.map((name) => titles.indexOf(name)).find((at) => at >= 0) ?? -1;
  const at = { reference: columnOf(headings.reference), day: columnOf(headings.day), debit: columnOf(headings.debit), credit: columnOf(headings.credit), text: columnOf(headings.text) };
  if (at.reference < 0 || at.day < 0) return refuseFile('对账单缺少参考号（附言）或日期这一列，没有导入。');
  const amount = ({ cells, line }: Row, column: number): number => {
    const cell = plainWidth(cells[column] ?? '').replace(/^[¥￥]|元$/gu, '');
    return cell === '' || cell === '-' ? 0 : (fenOfYuan(cell, '.') ?? refuseFile(`第 ${line} 行有认不出的金额，文件没有导入。`));
  };
  const records: BankRecord[] = [];
  const sums: { debit?: number; credit?: number } = {};
  const sumOf = (kind: BankRecord['kind'], from = 0) => records.slice(from).reduce((sum, one) => sum + (one.kind === kind ? one.amountFen : 0), 0);
  let pageFrom = 0;
  for (const [index, row] of all.slice(start + 1).entries()) {
    const label = labelOf(row.cells.find((cell) => cell !== '') ?? '');
    const wrong = () => refuseFile(`第 ${row.line} 行不完整或有误，文件没有导入。`);
    if (row.cells.every((cell, column) => plainWidth(cell).toLowerCase() === (titles[column] ?? ''))) continue;
    const side = (['debit', 'credit'] as const).find((one) => sideSums[one].test(label));
    if (side) {
      sums[side] = amount({ ...row, cells: [row.cells.slice(row.cells.findIndex((cell) => cell !== '') + 1).find((cell) => cell !== '') ?? ''] }, 0);
      continue;
    }
    if (row.cells.some((cell) => closing.test(labelOf(cell)) || pageSum.test(labelOf(cell)))) {
      const [debit, credit] = [amount(row, at.debit), amount(row, at.credit)];
      const isLast = row.cells.some((cell) => closing.test(labelOf(cell))) && !all.slice(start + 2 + index).some((later) => isCalendarDate(dayOf(later.cells[at.day] ?? '')));
      if (isLast) Object.assign(sums, { debit, credit });
      else if (debit !== sumOf('paid', pageFrom) || credit !== sumOf('returned', pageFrom)) return refuseFile('合计金额与明细之和不符，没有导入。');
      pageFrom = records.length;
      continue;
    }
    const day = dayOf(row.cells[at.day] ?? '');
    if (!isCalendarDate(day)) {
      // a line that is neither a payment nor anything a bank prints means that the file is not what it seems
      if (printed.test(label)) continue;
      return wrong();
    }
    const [debit, credit] = [amount(row, at.debit), amount(row, at.credit)];
    if (sums.debit !== undefined || row.cells.length < titles.length || row.cells.slice(titles.length).some((cell) => cell !== '') || debit > 0 === credit > 0) return wrong();
    records.push({ reference: plainWidth(row.cells[at.reference]!).toLowerCase(), amountFen: debit + credit, kind: debit > 0 ? 'paid' : 'returned', code: debit > 0 ? 'DBIT' : 'CRDT', text: at.text < 0 ? '' : row.cells[at.text]!, day });
  }
  if (sums.debit === undefined || sums.credit === undefined) return refuseFile('对账单没有最后的合计行，可能没有传完，没有导入。');
  if (sums.debit !== sumOf('paid') || sums.credit !== sumOf('returned')) return refuseFile('合计金额与明细之和不符，没有导入。');
  return { format: 'csv', batch: null, records, totalFen: sumOf('paid') + sumOf('returned') };
}

interface Row {
  cells: string[];
  /** as an editor counts them */
  line: number;
}

function rowsOf(text: string, delimiter: string): Row[] {
  try {
    const parsed = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true, info: true }) as unknown as { record: string[]; info: { lines: number } }[];
    // ="…" is how banks keep a spreadsheet from making a number of a long reference
    return parsed.map(({ record, info }) => ({ cells: record.map((cell) => cell.replace(/^="?(.*?)"?$/u, '$1').trim()), line: info.lines })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch {
    return refuseFile('对账单不是完整的表格，没有导入。');
  }
}

/** 2026-11-25, 2026/11/25 or 20261125 */
function dayOf(cell: string): string {
  const match = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(plainWidth(cell));
  return match ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}` : '';
}
