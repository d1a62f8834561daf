import { parsed, refused, type Parsed } from './parsed.ts';
import { cleanCode } from './plain-text.ts';

/** An amount in integer fen (1 yuan = 100 fen). Safe up to 90 trillion yuan. */
export type Fen = number;

export type MoneyProblem = 'empty' | 'format' | 'range';

const amount = /^(-?)(\d+)(?:\.(\d*))?(?:E\+?(\d{1,2}))?$/iu;

/** Whether a column says that its amounts are in 万元: 注册资本（万元）. */
export function isInTenThousands(title: string): boolean {
  return title.includes('万元');
}

/**
 * Reads an amount in yuan (or 万元 when the cell, else its column, says so) into fen. Digits beyond the fen are rounded half up:
 * spreadsheets show 12.30 and store 12.299999999999999.
 */
export function parseYuan(text: string, columnInTenThousands = false): Parsed<Fen, MoneyProblem> {
  const cell = cleanCode(text).replace(/[,，￥¥$]|RMB|人民币/giu, '');
  if (cell === '') return refused('empty');
  const bracketed = /^\((.+)\)$/u.exec(cell);
  const plain = bracketed ? `-${bracketed[1]}` : cell;
  const unit = /^(.*?)(万元|万|元)?整?$/u.exec(plain)!;
  const parts = amount.exec(unit[1]!);
  if (!parts) return refused('format');
  const inTenThousands = unit[2] ? unit[2].startsWith('万') : columnInTenThousands;
  const shift = 2 + (inTenThousands ? 4 : 0) + Number(parts[4] ?? 0);
  const decimals = (parts[3] ?? '').padEnd(shift + 1, '0');
  const whole = BigInt(parts[2]! + decimals.slice(0, shift)) + (decimals[shift]! >= '5' ? 1n : 0n);
  if (whole > BigInt(Number.MAX_SAFE_INTEGER)) return refused('range');
  return parsed(parts[1] === '-' && whole !== 0n ? -Number(whole) : Number(whole));
}

/** Refuses anything that is not a whole, exactly representable number of fen. */
export function requireFen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError('An amount must be a whole number of fen');
  return value;
}

/** `1,234.50`: grouped, always two decimals; the currency sign belongs to the message catalogue. */
export function formatYuan(fen: Fen): string {
  const absolute = Math.abs(requireFen(fen));
  const yuan = String(Math.floor(absolute / 100)).replace(/\B(?=(\d{3})+$)/gu, ',');
  return `${fen < 0 ? '-' : ''}${yuan}.${String(absolute % 100).padStart(2, '0')}`;
}
