import iconv from 'iconv-lite';
import { encodeFixed, inLayouts } from '#modules/registries/payouts/index.ts';

export interface BankSaid {
  lineId: string;
  amountFen: number;
  code: string;
  text: string;
}

/** The answer to a file of payments as the host of a bank writes it, in the format it was asked in. */
export function writeBankAnswer(format: 'delimited' | 'fixed-width', batch: string, day: string, said: readonly BankSaid[]): Buffer {
  const records = said.map((one, index) => ['R', String(index + 1), referenceOf(one.lineId), String(one.amountFen), one.code, one.text, day.replaceAll('-', '')]);
  const totals = [String(said.length), String(said.reduce((sum, one) => sum + one.amountFen, 0))];
  const rows = [['H', batch, ...totals], ...records, ['T', ...totals]];
  if (format === 'fixed-width') return Buffer.concat(rows.flatMap((row) => [encodeFixed(inLayouts[row[0] as 'H' | 'R' | 'T'], row)!, Buffer.from('\n')]));
  return iconv.encode(rows.map((row) => row.join('|')).join('\r\n'), 'gb18030');
}

/** A statement of the account by which some of what was paid comes back. */
export function writeStatement(day: string, returned: readonly BankSaid[]): Buffer {
  const entries = returned.map(
    (one) =>
      `<Ntry><Amt Ccy="CNY">${(one.amountFen / 100).toFixed(2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${referenceOf(one.lineId)}</EndToEndId></Refs><RtrInf><Rsn><Cd>${one.code}</Cd></Rsn><AddtlInf>${one.text}</AddtlInf></RtrInf></TxDtls></NtryDtls></Ntry>`,
  );
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><TxsSummry><TtlNtries><NbOfNtries>${returned.length}</NbOfNtries></TtlNtries></TxsSummry>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`);
}

const referenceOf = (lineId: string) => lineId.replaceAll('-', '');
