import { parsed, refused, type Parsed } from './parsed.ts';
import { cleanCode } from './plain-text.ts';

export type PhoneNumberProblem = 'empty' | 'lost-digits' | 'format';

/** A mobile number of mainland China, 11 digits; +86 and separators are dropped. */
export function parsePhoneNumber(text: string): Parsed<string, PhoneNumberProblem> {
  const cell = cleanCode(text).replace(/\.0+$/u, '');
  if (cell === '') return refused('empty');
  if (/^\d\.\d+E\+?\d+$/iu.test(cell)) return refused('lost-digits');
  const digits = cell.replace(/[-()]/gu, '').replace(/^(?:\+86|0086|86(?=1\d{10}$))/u, '');
  return /^1[3-9]\d{9}$/u.test(digits) ? parsed(digits) : refused('format');
}

export function maskPhoneNumber(phone: string): string {
  return phone.length < 8 ? '****' : `****${phone.slice(-4)}`;
}
