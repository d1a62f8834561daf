import { isCalendarDate } from '@sunlit/kernel';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { fenOfYuan, readText } from './read-text.ts';
import type { BankRecord, ResultFile } from './read-result-file.ts';
import { refuseFile } from './bank-file-error.ts';

const money = z.union([z.string(), z.object({ '#text': z.string(), '@Ccy': z.string().optional() })]);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);
const details = z.object({
  Refs: z.object({ EndToEndId: z.string().optional() }).optional(),
  Amt: money.optional(),
  AmtDtls: z.object({ TxAmt: z.object({ Amt: money }).optional() }).optional(),
  RtrInf: z.object({ Rsn: z.object({ Cd: z.string().optional(), Prtry: z.string().optional() }).optional(), AddtlInf: list(z.string()) }).optional(),
});
const entry = z.object({
  Amt: money,
  CdtDbtInd: z.enum(['DBIT', 'CRDT']),
  RvslInd: z.string().optional(),
  Sts: z.union([z.string(), z.object({ Cd: z.string().optional() })]).optional(),
  BookgDt: z.object({ Dt: z.string().optional(), DtTm: z.string().optional() }).optional(),
  NtryDtls: list(z.object({ TxDtls: list(details) })),
  AddtlNtryInf: z.string().optional(),
});
const sums = z.object({ NbOfNtries: z.string().optional(), Sum: z.string().optional() }).optional();
const statement = z.object({ TxsSummry: z.object({ TtlNtries: sums, TtlDbtNtries: sums, TtlCdtNtries: sums }).optional(), Ntry: list(entry) });
const file = z.object({ Document: z.object({ BkToCstmrStmt: z.object({ Stmt: z.array(statement).min(1) }) }) });
type Entry = z.output<typeof entry>;

const repeated = new Set(['Stmt', 'Ntry', 'NtryDtls', 'TxDtls', 'AddtlInf']);
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false, processEntities: false, isArray: (name) => repeated.has(name) });

/** ISO 20022 bank-to-customer statement: what left the account was paid, what came back was returned. Its own totals must fit. */
export function readCamt053(bytes: Buffer): ResultFile {
  const text = readText(bytes);
  // a statement needs no document type, and entities are a known way to harm a reader
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refuseFile('对账单里有文档类型声明，没有导入。');
  if (XMLValidator.validate(text) !== true) return refuseFile('对账单不是完整的 XML，可能没有传完，没有导入。');
  const parsed = file.safeParse(parser.parse(text));
  if (!parsed.success) return refuseFile('这不是 CAMT.053 对账单，或缺少必需的内容，没有导入。');
  const statements = parsed.data.Document.BkToCstmrStmt.Stmt;
  for (const one of statements) {
    requireTotals(one.TxsSummry?.TtlNtries, one.Ntry);
    requireTotals(one.TxsSummry?.TtlDbtNtries, one.Ntry.filter((item) => item.CdtDbtInd === 'DBIT'));
    requireTotals(one.TxsSummry?.TtlCdtNtries, one.Ntry.filter((item) => item.CdtDbtInd === 'CRDT'));
  }
  // what is only announced has neither been paid nor come back
  const records = statements.flatMap((one) => one.Ntry.filter(isBooked).flatMap(recordsOf));
  return { format: 'camt.053', batch: null, records, totalFen: records.reduce((sum, one) => sum + one.amountFen, 0) };
}

function isBooked(one: Entry): boolean {
  const status = typeof one.Sts === 'string' ? one.Sts : one.Sts?.Cd;
  return status === undefined || status === 'BOOK';
}

function requireTotals(stated: z.output<typeof sums>, entries: readonly Entry[]): void {
  if (stated?.NbOfNtries !== undefined && Number(stated.NbOfNtries) !== entries.length) refuseFile(`合计笔数是 ${stated.NbOfNtries}，文件里有 ${entries.length} 笔，没有导入。`);
  if (stated?.Sum !== undefined && fenOf(stated.Sum) !== entries.reduce((sum, one) => sum + fenOf(one.Amt), 0)) refuseFile('合计金额与明细之和不符，没有导入。');
}

function fenOf(amount: z.output<typeof money>): number {
  const text = typeof amount === 'string' ? amount : amount['#text'];
  if (typeof amount !== 'string' && amount['@Ccy'] !== undefined && amount['@Ccy'] !== 'CNY') refuseFile('对账单里有人民币以外的金额，没有导入。');
  return /,/.test(text) ? refuseFile('对账单里有认不出的金额，没有导入。') : (fenOfYuan(text, '.') ?? refuseFile('对账单里有认不出的金额，没有导入。'));
}

function recordsOf(one: Entry): BankRecord[] {
  const day = (one.BookgDt?.Dt ?? one.BookgDt?.DtTm ?? '').slice(0, 10);
  if (!isCalendarDate(day)) return refuseFile('对账单里有一笔没有记账日期，没有导入。');
  const transactions = one.NtryDtls.flatMap((part) => part.TxDtls);
  const total = fenOf(one.Amt);
  const parts = transactions.length === 0 ? [undefined] : transactions;
  const amounts = parts.map((part) => (part?.Amt ? fenOf(part.Amt) : part?.AmtDtls?.TxAmt ? fenOf(part.AmtDtls.TxAmt.Amt) : parts.length === 1 ? total : refuseFile('对账单里有一笔缺少金额，没有导入。')));
  if (amounts.reduce((sum, fen) => sum + fen, 0) !== total) return refuseFile('合计金额与明细之和不符，没有导入。');
  return parts.map((part, index) => ({
    reference: (part?.Refs?.EndToEndId ?? '').trim().toLowerCase(),
    amountFen: amounts[index]!,
    // money into the account that pays is money coming back; a debit taken back (RvslInd) is a return as well
    kind: one.CdtDbtInd === 'DBIT' && one.RvslInd !== 'true' ? 'paid' : 'returned',
    code: part?.RtrInf?.Rsn?.Cd ?? part?.RtrInf?.Rsn?.Prtry ?? '',
    text: part?.RtrInf?.AddtlInf.join(' ') || (one.AddtlNtryInf ?? ''),
    day,
  }));
}
