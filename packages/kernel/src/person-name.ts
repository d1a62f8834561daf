import { cleanCell } from './plain-text.ts';

const middleDots = /[•‧・･∙⋅●．]/gu;

/**
 * The form names are compared in: no outer or inner spaces in Chinese names, one middle dot, capitals.
 * Rare and private-use characters stay as they are; compatibility forms are not folded, they can be legal names.
 */
export function normaliseName(text: string): string {
  const name = cleanCell(text.replace(middleDots, '·')).replace(/(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu, '·');
  const spaced = /[\p{Script=Han}\p{Co}]/u.test(name) ? name.replace(/ /gu, '') : name.replace(/ +/gu, ' ');
  return spaced.toUpperCase();
}

/** First character, the rest hidden: 张三丰 → 张**. Middle dots stay; a surrogate pair is one character. */
export function maskName(text: string): string {
  return [...text.trim()].map((character, index) => (index === 0 || character === '·' ? character : '*')).join('');
}
