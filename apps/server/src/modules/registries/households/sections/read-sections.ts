import { cleanCode } from '@sunlit/kernel';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import { noWords, yesWords } from '../import/import-fields.ts';
import { fieldOfTitle, sectionForms, type SectionField, type SectionForm, type SectionValue } from './section-forms.ts';

const longestText = 100;

/** What a cell says of a field; null when it says nothing that can be read: the cell itself stays with its row. */
export function readSectionValue(field: SectionField, cell: string): SectionValue {
  const text = cell.trim();
  if (text === '') return null;
  if (field.kind === 'flag') {
    const word = text.toLowerCase();
    return yesWords.has(word) ? true : noWords.has(word) ? false : null;
  }
  if (field.kind === 'number') {
    const number = Number(cleanCode(text).replace(/,/gu, '') || Number.NaN);
    return Number.isFinite(number) && number >= 0 && number <= (field.max ?? Number.MAX_SAFE_INTEGER) ? Math.round(number * 100) / 100 : null;
  }
  return hideIdNumbers(text).slice(0, longestText);
}

/** Sections that the cells of a row speak of, with the values of their fields in order. */
export function readSections(cells: Readonly<Record<string, string>> | null, of: SectionForm['of']): { section: SectionForm; values: SectionValue[] }[] {
  if (cells === null) return [];
  const found = new Map<SectionForm, Map<SectionField, SectionValue>>();
  for (const [title, cell] of Object.entries(cells)) {
    const known = fieldOfTitle(title);
    if (known?.section.of !== of) continue;
    const value = readSectionValue(known.field, cell);
    if (value === null) continue;
    const own = found.get(known.section) ?? new Map<SectionField, SectionValue>();
    own.set(known.field, value);
    found.set(known.section, own);
  }
  return sectionForms().flatMap((section) => {
    const own = found.get(section);
    return own ? [{ section, values: section.fields.map((field) => own.get(field) ?? null) }] : [];
  });
}
