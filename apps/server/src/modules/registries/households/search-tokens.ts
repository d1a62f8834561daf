import { pinyin } from 'pinyin-pro';

/** Parts of a name that find it: every run of two characters or more (names are short). */
function nameParts(name: string): string[] {
  const characters = [...name.replace(/[·•.\s]/g, '')];
  const parts: string[] = [];
  for (let from = 0; from < characters.length; from += 1) for (let to = from + 2; to <= Math.min(characters.length, from + 6); to += 1) parts.push(characters.slice(from, to).join(''));
  return characters.length === 1 ? characters : parts;
}

const initialsOf = new Map<string, string>();
function initials(name: string): string {
  let letters = '';
  for (const character of name.replace(/[·•.\s]/g, '')) {
    let letter = initialsOf.get(character);
    if (letter === undefined) {
      letter = pinyin(character, { pattern: 'first', toneType: 'none' }).toLowerCase().slice(0, 1);
      initialsOf.set(character, letter);
    }
    letters += letter;
  }
  return letters;
}

/** What a household is found by: names of members, their pinyin initials, last four digits, its number. */
export function householdTokens(household: { number: string; members: readonly { name: string; lastFour: string | null; personKey: string | null }[] }): string[] {
  const tokens = new Set<string>([`h:${household.number}`]);
  for (const member of household.members) {
    for (const part of nameParts(member.name)) tokens.add(`n:${part}`);
    tokens.add(`p:${initials(member.name)}`);
    if (member.lastFour) tokens.add(`d:${member.lastFour}`);
    if (member.personKey) tokens.add(`k:${member.personKey}`);
  }
  return [...tokens];
}

/** The token a typed text means: letters are initials, four digits the end of an identity number, else a name or number. */
export function tokensOfQuery(text: string): string[] {
  const value = text.trim();
  if (/^\d{3}[\dxX]$/.test(value)) return [`d:${value.toUpperCase()}`, `h:${value}`];
  if (/^[a-z]{2,8}$/i.test(value)) return [`p:${value.toLowerCase()}`, `h:${value}`];
  if (/^[\x21-\x7e]+$/.test(value)) return [`h:${value}`];
  return [`n:${value.replace(/[·•.\s]/g, '')}`];
}
