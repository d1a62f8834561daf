import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliseTitle } from '@sunlit/kernel';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryFolder } from '#platform/settings.ts';

const file = z.array(
  z.object({
    code: z.string().regex(/^[a-z-]+$/),
    of: z.enum(['household', 'person']),
    title: z.object({ zh: z.string(), en: z.string() }),
    fields: z.array(
      z.object({
        code: z.string().regex(/^[a-z-]+$/),
        kind: z.enum(['flag', 'number', 'text']),
        zh: z.string(),
        en: z.string(),
        titles: z.array(z.string()),
        max: z.number().optional(),
      }),
    ),
  }),
);
export type SectionForm = z.output<typeof file>[number];
export type SectionField = SectionForm['fields'][number];
export type SectionValue = string | number | boolean | null;

let forms: SectionForm[] | undefined;

/** The sections of the form, as data says them. */
export function sectionForms(): readonly SectionForm[] {
  forms ??= file.parse(parse(readFileSync(join(repositoryFolder, 'regions/_base/sections.yaml'), 'utf8')));
  return forms;
}

export function findSection(code: string): SectionForm | undefined {
  return sectionForms().find((one) => one.code === code);
}

export const tableOf = (section: Pick<SectionForm, 'code'>): string => `section_${section.code.replaceAll('-', '_')}`;
export const columnOf = (field: Pick<SectionField, 'code'>): string => field.code.replaceAll('-', '_');

interface PlacedField {
  section: SectionForm;
  field: SectionField;
}
let byTitle: ReadonlyMap<string, PlacedField> | undefined;
/** A file repeats its titles with every row. */
const asked = new Map<string, PlacedField | undefined>();
const mostAsked = 5_000;

/** The field that a column of a file fills. */
export function fieldOfTitle(title: string): PlacedField | undefined {
  byTitle ??= new Map(sectionForms().flatMap((section) => section.fields.flatMap((field) => field.titles.map((one) => [normaliseTitle(one), { section, field }] as const))));
  if (asked.has(title)) return asked.get(title);
  const found = byTitle.get(normaliseTitle(title));
  if (asked.size < mostAsked) asked.set(title, found);
  return found;
}
