import { cleanCode } from '@sunlit/kernel';
import { codeOfAlias, type DictionaryCode } from '#platform/configuration/dictionaries.ts';
import { noBenefitWords, yesWords } from './import-fields.ts';

/** dictionary code + NUL + the word of the file → our code; '' = leave it out. What officers chose before. */
export type RememberedCodes = ReadonlyMap<string, string>;

export const rememberedKey = (dictionary: string, word: string): string => `${dictionary}\u0000${word}`;

/** `undefined`: nobody knows the word yet; `null`: it says nothing. */
export type ReadCode = string | null | undefined;

/** Turns the words of other systems into our codes; a column holds few different words, so answers are kept. */
export class CodeReader {
  readonly #remembered: RememberedCodes;
  readonly #known = new Map<string, ReadCode>();
  readonly #lists = new Map<string, { codes: string[]; unknown: string[] }>();

  constructor(remembered: RememberedCodes) {
    this.#remembered = remembered;
  }

  read(dictionary: DictionaryCode, cell: string): ReadCode {
    const key = rememberedKey(dictionary, cell);
    if (this.#known.has(key)) return this.#known.get(key);
    const word = cleanCode(cell);
    const chosen = this.#remembered.get(rememberedKey(dictionary, word));
    const code = word === '' ? null : chosen === '' ? null : (chosen ?? codeOfAlias(dictionary, word));
    if (this.#known.size < 100_000) this.#known.set(key, code);
    return code;
  }

  /** Several words in one cell: 长期慢性病,残疾 · 尊老金、临时救助. */
  readList(dictionary: DictionaryCode, cell: string, benefit?: { plain: string | undefined }): { codes: string[]; unknown: string[] } {
    const key = `${benefit ? `${benefit.plain}|` : ''}${rememberedKey(dictionary, cell)}`;
    const kept = this.#lists.get(key);
    if (kept) return kept;
    const codes = new Set<string>();
    const unknown: string[] = [];
    for (const part of cleanCode(cell).split(/[,，、;；|/]/u)) {
      if (part === '') continue;
      const code = this.read(dictionary, part);
      if (code) codes.add(code);
      else if (code === null || (benefit && noBenefitWords.has(part))) continue;
      else if (benefit?.plain && yesWords.has(part)) codes.add(benefit.plain);
      else unknown.push(part);
    }
    const result = { codes: [...codes].sort(), unknown };
    if (this.#lists.size < 100_000) this.#lists.set(key, result);
    return result;
  }
}
