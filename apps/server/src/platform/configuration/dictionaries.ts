import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryFolder } from '../settings.ts';

const dictionaryFile = z.record(z.string(), z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), aliases: z.array(z.string()) })));

export type DictionaryCode = 'household-status' | 'relation' | 'sex' | 'labour' | 'student' | 'education' | 'health' | 'programme' | 'document' | 'leaving' | 'joining' | 'change-kind' | 'income-kind' | 'income-item' | 'income-source';

export interface DictionaryValue {
  code: string;
  zh: string;
  en: string;
  aliases: string[];
}

let loaded: Record<string, DictionaryValue[]> | undefined;

export function dictionaries(): Record<string, DictionaryValue[]> {
  loaded ??= dictionaryFile.parse(parse(readFileSync(join(repositoryFolder, 'regions/_base/dictionaries.yaml'), 'utf8')));
  return loaded;
}

export function dictionary(code: DictionaryCode): DictionaryValue[] {
  const values = dictionaries()[code];
  if (!values) throw new Error(`There is no dictionary ${code}.`);
  return values;
}

/** Label of a code in the reader's language; the code itself when unknown. */
export function labelOf(code: DictionaryCode, value: string, locale: 'zh-CN' | 'en'): string {
  const entry = dictionary(code).find((one) => one.code === value);
  return entry ? (locale === 'en' ? entry.en : entry.zh) : value;
}

/** Our code for a word of another system. */
export function codeOfAlias(code: DictionaryCode, word: string): string | undefined {
  return dictionary(code).find((entry) => entry.code === word || entry.zh === word || entry.aliases.includes(word))?.code;
}
