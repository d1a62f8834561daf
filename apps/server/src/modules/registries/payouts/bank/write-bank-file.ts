import { createHmac } from 'node:crypto';
import iconv from 'iconv-lite';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { encodeFixed, outLayouts } from './fixed-fields.ts';
import { refuseFile } from './bank-file-error.ts';

export interface BankPayment {
  ordinal: number;
  /** what the bank gives back: the id of the line without hyphens, 32 characters */
  reference: string;
  name: string;
  account: string;
  bank: string;
  amountFen: number;
}

export interface BankFileHead {
  batch: string;
  month: string;
  payDay: string;
}

export const referenceOf = (lineId: string): string => lineId.replaceAll('-', '');
const compact = (day: string) => day.replaceAll('-', '');
/** No value of a registry may break a record apart. */
const plain = (text: string) => text.replace(/[|\p{Cc}]/gu, ' ').trim();

/** Head, one record for each payment, control totals (count, sum in fen), and a signature over everything before it. GB18030, CRLF. */
export function writeBankFile(format: 'delimited' | 'fixed-width', head: BankFileHead, payments: readonly BankPayment[]): Buffer {
  const count = String(payments.length);
  const sum = String(payments.reduce((total, one) => total + one.amountFen, 0));
  const rows: ['H' | 'D' | 'T', string[]][] = [
    ['H', [head.batch, head.month.replace('-', ''), count, sum, compact(head.payDay)]],
    ...payments.map((one): ['D', string[]] => ['D', [String(one.ordinal), one.reference, plain(one.name), plain(one.account), plain(one.bank), String(one.amountFen)]]),
    ['T', [count, sum]],
  ];
  const end = Buffer.from('\r\n');
  const body = Buffer.concat(
    rows.flatMap(([type, values]) => {
      const bytes = format === 'delimited' ? iconv.encode([type, ...values].join('|'), 'gb18030') : encodeFixed(outLayouts[type], [type, ...values]);
      return [bytes ?? refuseFile(`第 ${values[0]} 行有内容超出银行文件的栏宽，没有生成文件。`), end];
    }),
  );
  return Buffer.concat([body, Buffer.from(`S${format === 'delimited' ? '|' : ''}${signatureOf(body)}\r\n`)]);
}

/** HMAC-SHA-256 under a key derived from this installation's keyring: whoever changes the file cannot sign it again. */
export function signatureOf(body: Buffer): string {
  const key = createHmac('sha256', getKeyring().fileKey).update('sunlit bank file').digest();
  return createHmac('sha256', key).update(body).digest('hex');
}
