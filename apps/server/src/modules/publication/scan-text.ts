import type { LeakKind } from '@sunlit/api-spec';
import { illnessWords } from './notice-kinds.ts';

export interface Leak {
  kind: LeakKind;
  count: number;
}

const chineseDigits = new Map([...'〇零○一二三四五六七八九'].map((character, index) => [character, String(Math.max(0, index - 2))]));
for (const [character, digit] of [...'壹贰叁肆伍陆柒捌玖'].map((one, index) => [one, String(index + 1)] as const)) chineseDigits.set(character, digit);
const chineseDigit = `[${[...chineseDigits.keys()].join('')}]`;
const chineseRun = new RegExp(`${chineseDigit}(?:[ -]?${chineseDigit}){10,}`, 'gu');
/** Invisible characters between digits: people who copy from a web page do not see them. */
const invisible = /[\p{Cf}\u180E\u115F\u1160\u3164]/gu;

/** Full-width, circled and Chinese digits become ASCII; what cannot be seen goes. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[‐‑‒–—―−_·•・]/gu, '-')
    .replace(chineseRun, (run) => [...run].map((character) => chineseDigits.get(character) ?? character).join(''));
}

const day = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
/** Within one line: cells and columns below each other are different numbers. */
const gap = '[ \\t-]{0,3}';

/** In this order: what one pattern takes is gone for the next, so that an identity number is not also an account. */
const patterns: readonly (readonly [LeakKind, RegExp])[] = [
  // Anything long enough, with a plausible birth date inside: also with a typing error in its check digit.
  ['id-number', new RegExp(`(?<!\\d)[1-9]\\d{5}${gap}(?:18|19|20)\\d{2}${gap}${day}${gap}\\d{3}${gap}[\\dXx*](?!\\d)`, 'gu')],
  ['id-number', /(?<!\d)\d{17}[\dXx](?!\d)/gu],
  ['id-number', new RegExp(`(?<![\\dA-Za-z])[1-9]\\d{5}${gap}\\d{2}${gap}${day}${gap}\\d{3}(?!\\d)`, 'gu')],
  // Digit by digit with gaps: 3 2 0 8 2 6 …
  ['id-number', /(?<!\d)(?:\d[ \t-]{1,3}){17}[\dXx](?!\d)/gu],
  // Masked, but not enough: a notice shows no digit of a number at all.
  ['id-number', /\d{3,}\s?[*#×xX●■]{2,}\s?[\d]{0,4}[\dXx]?/gu],
  ['account', new RegExp(`(?<!\\d)[3-9]\\d{3}${gap}\\d{4}${gap}\\d{4}${gap}\\d{4}(?:${gap}\\d{1,4})?(?!\\d)`, 'gu')],
  ['account', /(?<!\d)\d{15,23}(?!\d)/gu],
  ['phone', new RegExp(`(?<!\\d)(?:\\+?86${gap})?1[3-9]\\d${gap}\\d{4}${gap}\\d{4}(?!\\d)`, 'gu')],
  ['phone', /(?<![\d.])1[ \t-]{1,3}[3-9](?:[ \t-]{1,3}\d){9}(?!\d)/gu],
];

/** What in a text may not stand on a notice board, by kind and count; never the value itself. */
export function scanText(text: string): Leak[] {
  const counts = new Map<LeakKind, number>();
  const found = (kind: LeakKind) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let rest = plain(text);
  for (const [kind, pattern] of patterns) {
    rest = rest.replace(pattern, () => {
      found(kind);
      return ' \u2026 ';
    });
  }
  const words = plain(text).replace(/\s/gu, '').toUpperCase();
  for (const word of illnessWords()) if (words.includes(word.toUpperCase())) found('illness');
  return [...counts].map(([kind, count]) => ({ kind, count }));
}

export function mergeLeaks(leaks: readonly Leak[]): Leak[] {
  const sums = new Map<LeakKind, number>();
  for (const { kind, count } of leaks) sums.set(kind, (sums.get(kind) ?? 0) + count);
  return [...sums].map(([kind, count]) => ({ kind, count }));
}
