import { parsed, refused, type Parsed } from './parsed.ts';
import { cleanCode } from './plain-text.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type CreditCodeProblem = 'empty' | 'lost-digits' | 'length' | 'characters' | 'checksum';

/** Unified social credit code (GB 32100): 18 characters without I, O, S, V, Z. */
export function parseCreditCode(text: string): Parsed<string, CreditCodeProblem> {
  const code = cleanCode(text).toUpperCase();
  if (code === '') return refused('empty');
  if (/^\d\.\d+E\+?\d+$/u.test(code)) return refused('lost-digits');
  if (code.length !== 18) return refused('length');
  if ([...code].some((character) => !alphabet.includes(character))) return refused('characters');
  return creditCodeCheckCharacter(code) === code[17] ? parsed(code) : refused('checksum');
}

export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += weights[index]! * alphabet.indexOf(first17[index]!);
  return alphabet[(31 - (sum % 31)) % 31]!;
}
