import { normaliseTitle } from '@sunlit/kernel';
import { titleSeparator, type Column } from '#platform/files/tabular/header-rows.ts';
import { fieldByName, importFields, type FieldName } from './import-fields.ts';

export interface RecognisedColumn {
  readonly index: number;
  readonly title: string;
  readonly field: FieldName | null;
  /** 1 = the known name or remembered, 0.9 = the lower line of a two-line header, 0 = not known */
  readonly confidence: number;
}

export type ImportTemplate = 'county-households' | 'national-monitored' | 'national-lifted' | 'national-rural-construction' | 'national-work' | 'national-work-plan' | 'national-villages' | 'household-table';

export interface Recognition {
  readonly template: ImportTemplate;
  /** rows make households; the others are attached to households or villages as source rows */
  readonly attaches: 'nothing' | 'household' | 'village';
  readonly columns: readonly RecognisedColumn[];
  /** fields without which no row can be read */
  readonly missing: readonly FieldName[];
}

/** Title of a column → field, or null for "keep as it is"; what an officer chose before. */
export type RememberedColumns = ReadonlyMap<string, string | null>;

const fieldOfTitle = new Map(importFields.flatMap(({ name, titles }) => titles.map((title) => [normaliseTitle(title), name as FieldName] as const)));

/** Finds the field of each column by its name, wherever it stands; the second copy of a repeated column stays unmapped. */
export function recogniseColumns(columns: readonly Column[], remembered: RememberedColumns = new Map()): Recognition {
  const used = new Set<string>();
  const found = new Map<number, { field: FieldName; confidence: number }>();
  const take = (index: number, field: string | undefined | null, confidence: number) => {
    if (!field || used.has(field) || found.has(index) || !fieldByName.has(field)) return;
    used.add(field);
    found.set(index, { field: field as FieldName, confidence });
  };
  for (const { index, title } of columns) take(index, remembered.get(title), 1);
  const open = columns.filter(({ title }) => !remembered.has(title));
  for (const { index, title } of open) take(index, fieldOfTitle.get(normaliseTitle(title)), 1);
  for (const { index, title } of open) if (title.includes(titleSeparator)) take(index, fieldOfTitle.get(normaliseTitle(title.split(titleSeparator).at(-1)!)), 0.9);
  const template = templateOf(new Set(columns.map(({ title }) => normaliseTitle(title))), used);
  const attaches = attachmentOf(template);
  return { template, attaches, missing: missingFields(attaches, used), columns: columns.map(({ index, title }) => ({ index, title, field: null, confidence: 0, ...found.get(index) })) };
}

function templateOf(titles: ReadonlySet<string>, fields: ReadonlySet<string>): ImportTemplate {
  if (titles.has('是否已务工') || titles.has('务工月收入')) return 'national-work';
  if (titles.has('是否计划务工') || titles.has('就业服务需求')) return 'national-work-plan';
  if (!fields.has('number') && (titles.has('是否出列') || titles.has('总户数'))) return 'national-villages';
  if (titles.has('卫生厕所是否能正常使用') && !fields.has('name')) return 'national-rural-construction';
  if (fields.has('villageCode') || titles.has('享受待遇')) return 'county-households';
  if (fields.has('monitoredClass') && fields.has('householdType')) return 'national-monitored';
  return fields.has('householdType') ? 'national-lifted' : 'household-table';
}

function attachmentOf(template: ImportTemplate): Recognition['attaches'] {
  if (template === 'national-villages') return 'village';
  return template === 'national-work' || template === 'national-work-plan' || template === 'national-rural-construction' ? 'household' : 'nothing';
}

function missingFields(attaches: Recognition['attaches'], used: ReadonlySet<string>): FieldName[] {
  const needed: FieldName[] = attaches === 'village' ? [] : attaches === 'household' ? ['number'] : ['number', 'name', 'idNumber'];
  const missing = needed.filter((name) => !used.has(name));
  if (!used.has('villageCode') && !used.has('village')) missing.push('village');
  if (!used.has('villageCode') && used.has('village') && !used.has('town')) missing.push('town');
  return missing;
}
