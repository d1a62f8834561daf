import { isCalendarDate, type CalendarDate } from './calendar-date.ts';
import { refused } from './parsed.ts';
import { cleanCode } from './plain-text.ts';

export type IdCardNumberProblem =
  | 'empty'
  /** a spreadsheet kept it as a number: 1.23E+17, or the last digits rounded to zeros. They cannot be guessed back. */
  | 'lost-digits'
  | 'length'
  | 'characters'
  | 'birth-date'
  | 'checksum';

export interface IdCardNumber {
  readonly ok: true;
  /** 18 characters, the last one possibly a capital X */
  readonly value: string;
  readonly birthDate: CalendarDate;
  /** GB/T 2261.1: 1 male, 2 female */
  readonly sexCode: '1' | '2';
  readonly regionCode6: string;
  readonly upgradedFrom15?: true;
  /** the number was that of a disability certificate (20 or 22 characters: card number, class, level, reissue) */
  readonly disability?: { readonly classCode: string; readonly levelCode: string };
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The number as it would be typed: half-width, no spaces or invisible characters, no Excel apostrophe, capital X. */
export function normaliseIdCardNumber(text: string): string {
  return cleanCode(text).toUpperCase();
}

/** Check character of GB 11643 for the first 17 digits. */
export function idCardCheckCharacter(first17: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += weights[index]! * (first17.charCodeAt(index) - 48);
  return '10X98765432'[sum % 11]!;
}

/** Reads an identity number (15 or 18 characters) or a disability certificate (20 or 22). Nothing is guessed. */
export function parseIdCardNumber(text: string): IdCardNumber | { ok: false; problem: IdCardNumberProblem } {
  const number = normaliseIdCardNumber(text).replace(/^(\d{15,18})\.0+$/u, '$1');
  if (number === '') return refused('empty');
  if (/^\d(?:\.\d+)?E\+?\d+$/u.test(number)) return refused('lost-digits');
  if (/^\d{15}$/u.test(number)) return parseOld(number);
  if (number.length === 20 || number.length === 22) return parseCertificate(number);
  if (number.length !== 18) return refused(/^[\dX]+$/u.test(number) ? 'length' : 'characters');
  return parse18(number);
}

function parse18(number: string): IdCardNumber | { ok: false; problem: IdCardNumberProblem } {
  if (!/^\d{17}[\dX]$/u.test(number)) return refused('characters');
  const checksumFits = idCardCheckCharacter(number) === number[17];
  // Excel keeps 15 significant digits, so a stored number ends in 000.
  if (!checksumFits && number.endsWith('000')) return refused('lost-digits');
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCalendarDate(birthDate)) return refused('birth-date');
  if (!checksumFits) return refused('checksum');
  const sexCode = Number(number[16]) % 2 === 1 ? '1' : '2';
  return { ok: true, value: number, birthDate, sexCode, regionCode6: number.slice(0, 6) };
}

/** First-generation cards (until 2004) had two-digit years, all in the twentieth century, and no check character. */
function parseOld(number: string): IdCardNumber | { ok: false; problem: IdCardNumberProblem } {
  const first17 = `${number.slice(0, 6)}19${number.slice(6)}`;
  const upgraded = parse18(first17 + idCardCheckCharacter(first17));
  return upgraded.ok ? { ...upgraded, upgradedFrom15: true } : upgraded;
}

function parseCertificate(number: string): IdCardNumber | { ok: false; problem: IdCardNumberProblem } {
  if (!/^[1-7][1-4](?:B\d)?$/u.test(number.slice(18))) {
    return refused(/^[\dX]+$/u.test(number) ? 'length' : 'characters');
  }
  const card = parse18(number.slice(0, 18));
  return card.ok ? { ...card, disability: { classCode: number[18]!, levelCode: number[19]! } } : card;
}

/** What staff see without a reason: the last four characters. The public sees no digit at all. */
export function maskIdCardNumber(text: string): string {
  const number = normaliseIdCardNumber(text);
  return number.length < 8 ? '****' : `****${number.slice(-4)}`;
}
