import { cleanCode } from './plain-text.ts';

/** A column title without spaces, marks and the unit in brackets: how titles of one meaning are compared. */
export function normaliseTitle(title: string): string {
  return cleanCode(title)
    .toLowerCase()
    .replace(/\((?:元|万元|㎡|平方米|亩|%|必填|选填|元\/年)\)/gu, '')
    .replace(/[*:：、,.·"'“”《》[\]【】]/gu, '');
}
