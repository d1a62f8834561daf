import { isCalendarDate } from '@sunlit/kernel';
import { refuseFile } from './bank-file-error.ts';
import { fenOfYuan, readText } from './read-text.ts';
import type { BankRecord, ResultFile } from './read-result-file.ts';

interface Field {
  tag: string;
  value: string;
}

/** SWIFT MT940 customer statement: what left the account was paid, what came back was returned. The balances must lead from one to the other. */
export function readMt940(bytes: Buffer): ResultFile {
  const statements = statementsOf(readText(bytes));
  if (statements.length === 0) return refuseFile('文件里没有 MT940 对账单，没有导入。');
  const records = statements.flatMap(recordsOf);
  // a statement of several pages ends with a final balance; an intermediate one says that there is more to come
  if (!statements.at(-1)!.some(({ tag }) => tag === '62F')) return refuseFile('对账单没有最后的期末余额，可能没有传完，没有导入。');
  return { format: 'mt940', batch: null, records, totalFen: records.reduce((sum, one) => sum + one.amountFen, 0) };
}

/** The fields of each statement; the envelope of the network around them says nothing about payments. */
function statementsOf(text: string): Field[][] {
  const statements: Field[][] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const body = line.replace(/^(\{[1235]:[^{}]*(\{[^{}]*\}[^{}]*)*\})+/, '').replace(/^\{4:/, '');
    const field = /^:(\d{2}[A-Z]?):(.*)$/.exec(body);
    if (field?.[1] === '20') statements.push([]);
    if (field) statements.at(-1)?.push({ tag: field[1]!, value: field[2]! });
    else if (body !== '' && !/^-\}?/.test(body)) {
      const last = statements.at(-1)?.at(-1);
      if (last) last.value += `\n${body}`;
    }
  }
  return statements;
}

function recordsOf(fields: readonly Field[]): BankRecord[] {
  const opening = balanceOf(fields.find(({ tag }) => tag === '60F' || tag === '60M'));
  const closing = balanceOf(fields.find(({ tag }) => tag === '62F' || tag === '62M'));
  if (opening === undefined || closing === undefined) return refuseFile('对账单缺少期初或期末余额，可能没有传完，没有导入。');
  let balance = opening;
  const records = fields.flatMap(({ tag, value }, index): BankRecord[] => {
    if (tag !== '61') return [];
    const information = fields[index + 1]?.tag === '86' ? fields[index + 1]!.value : '';
    const { record, movedFen } = entryOf(value, information);
    balance += movedFen;
    return [record];
  });
  if (balance !== closing) return refuseFile('期初余额加明细与期末余额不符，没有导入。');
  return records;
}

/** In fen, below zero for a debit balance. */
function balanceOf(field: Field | undefined): number | undefined {
  const match = field && /^([CD])\d{6}([A-Z]{3})([\d,]+)/.exec(field.value);
  if (!match) return undefined;
  if (match[2] !== 'CNY') return refuseFile('对账单里有人民币以外的金额，没有导入。');
  const fen = fenOfYuan(match[3]!, ',');
  return fen === undefined ? undefined : match[1] === 'C' ? fen : -fen;
}

function entryOf(value: string, information: string): { record: BankRecord; movedFen: number } {
  const match = /^(\d{6})(\d{4})?(R?[CD])[A-Z]?(\d[\d,]*)([NFS][A-Z0-9]{3})([^\n]*)/.exec(value);
  const amountFen = match ? fenOfYuan(match[4]!, ',') : undefined;
  const day = match ? bookingDay(match[1]!, match[2]) : '';
  if (!match || amountFen === undefined || !isCalendarDate(day)) return refuseFile('对账单里有一笔认不出，没有导入。');
  const mark = match[3]!;
  const out = mark === 'D' || mark === 'RC';
  return {
    movedFen: out ? -amountFen : amountFen,
    record: {
      reference: referenceIn(information) ?? match[6]!.split('//')[0]!.trim().toLowerCase(),
      amountFen,
      // money into the account that pays is money coming back; a credit taken back went out again
      kind: out ? 'paid' : 'returned',
      code: match[5]!.slice(1),
      text: information.replace(/\n|\?\d\d/g, ' ').trim(),
      day,
    },
  };
}

/** The day it was booked where that is said, else its value date; December and January may lie on either side of a year. */
function bookingDay(valueDate: string, booked: string | undefined): string {
  const [month, day] = booked ? [booked.slice(0, 2), booked.slice(2)] : [valueDate.slice(2, 4), valueDate.slice(4)];
  const turn = booked ? Math.round((Number(valueDate.slice(2, 4)) - Number(month)) / 12) : 0;
  return `${2000 + Number(valueDate.slice(0, 2)) + turn}-${month}-${day}`;
}

/** The 32 characters that we gave the payment; the bank may break them over lines or numbered parts of the information. */
function referenceIn(information: string): string | undefined {
  const whole = /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/i;
  const joined = information.replace(/\n/g, '').replace(/\?\d\d/g, '');
  const found = whole.exec(information.replace(/\n|\?\d\d/g, ' ')) ?? /(?:EREF\+|\/EREF\/|EREF:)([0-9a-f]{32})/i.exec(joined) ?? whole.exec(joined);
  return (found?.[1] ?? found?.[0])?.toLowerCase();
}
