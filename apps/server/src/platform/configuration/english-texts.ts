import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Localised } from '@sunlit/api-spec';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Locale } from '../http/locale.ts';
import { repositoryFolder } from '../settings.ts';

let texts: ReadonlyMap<string, string> | undefined;

/** A text of the shipped configuration in both languages. What a region wrote itself stays as it was written. */
export function bothLanguages(zh: string): Localised {
  texts ??= new Map(Object.entries(z.record(z.string(), z.string()).parse(parse(readFileSync(join(repositoryFolder, 'regions/_base/english.yaml'), 'utf8')))));
  return { zh, en: texts.get(zh) ?? zh };
}

export function inWords(zh: string, locale: Locale): string {
  return locale === 'en' ? bothLanguages(zh).en : zh;
}
