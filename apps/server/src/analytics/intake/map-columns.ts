import type { DatasetKind } from '@sunlit/api-spec';
import { normaliseTitle } from '@sunlit/kernel';
import { titleSeparator, type Column } from '#platform/files/tabular/header-rows.ts';


export interface MappedColumn {
  readonly index: number;
  readonly title: string;
  readonly field: string | null;
  /** 1 = the department's own name or remembered; below {@link acceptedConfidence} nothing is mapped */
  readonly confidence: number;
}

export interface ColumnMapping {
  readonly columns: readonly MappedColumn[];
  /** required fields that no column fills */
  readonly missing: readonly string[];
  /** how well the whole file fits the kind, 0 to 1 */
  readonly confidence: number;
}

/** Title of a column → name of a field, or null to leave the column out; what an officer chose before. */
export type RememberedMapping = Readonly<Record<string, string | null>>;

const acceptedConfidence = 0.6;

/** Finds the field of each column: remembered, same name, same name below a group, part of a name, alike. */
export function mapColumns(columns: readonly Column[], kind: DatasetKind, remembered: RememberedMapping = {}): ColumnMapping {
  const candidates = columns.flatMap((column) =>
    kind.fields.map((field) => ({ column, field: field.name, confidence: confidenceOf(column.title, field.titles) })),
  );
  const chosen = new Map<number, { field: string; confidence: number }>();
  const used = new Set<string>();
  for (const { index, title } of columns) {
    const field = remembered[title];
    if (field && kind.fields.some(({ name }) => name === field) && !used.has(field)) {
      chosen.set(index, { field, confidence: 1 });
      used.add(field);
    }
  }
  for (const { column, field, confidence } of candidates.sort((a, b) => b.confidence - a.confidence)) {
    if (confidence < acceptedConfidence) break;
    if (chosen.has(column.index) || used.has(field) || remembered[column.title] !== undefined) continue;
    chosen.set(column.index, { field, confidence });
    used.add(field);
  }
  const mapped = columns.map(({ index, title }) => ({ index, title, field: null, confidence: 0, ...chosen.get(index) }));
  const missing = kind.fields.filter(({ name, required }) => required && !used.has(name)).map(({ name }) => name);
  return { columns: mapped, missing, confidence: confidenceOfFile(mapped, kind) };
}

/** Which kinds a file may be, the likeliest first. */
export function recogniseKind(
  columns: readonly Column[],
  kinds: Iterable<DatasetKind>,
): { readonly code: string; readonly confidence: number }[] {
  return [...kinds]
    .map((kind) => ({ code: kind.code, confidence: mapColumns(columns, kind).confidence }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** Required fields count three times; columns that mean nothing to the kind count a little against it. */
function confidenceOfFile(columns: readonly MappedColumn[], kind: DatasetKind): number {
  let reached = 0;
  let possible = 0;
  for (const field of kind.fields) {
    const weight = field.required ? 3 : 1;
    const column = columns.find((candidate) => candidate.field === field.name);
    possible += column || field.required ? weight : weight / 2;
    reached += weight * (column?.confidence ?? 0);
  }
  const unmapped = columns.filter(({ field }) => field === null).length;
  return Math.round((reached / (possible + unmapped * 0.3)) * 100) / 100;
}

function confidenceOf(title: string, aliases: readonly string[]): number {
  const own = titleKey(title);
  const last = titleKey(title.split(titleSeparator).at(-1)!);
  return Math.max(...aliases.map((alias) => likeness(own, last, titleKey(alias))));
}

function likeness(title: string, last: string, alias: string): number {
  if (title === alias) return 1;
  if (last === alias) return 0.95;
  if (last === '' || alias.length < 2) return 0;
  if (last.includes(alias) && isAboutSomebodyElse(last.replace(alias, ''))) return 0;
  if (last.includes(alias) || alias.includes(last)) {
    return 0.6 + 0.3 * (Math.min(last.length, alias.length) / Math.max(last.length, alias.length));
  }
  return diceOfBigrams(last, alias) * 0.8;
}

/** “配偶身份证号” holds “身份证号” and is another person's number. */
function isAboutSomebodyElse(rest: string): boolean {
  return /配偶|父亲|母亲|父母|子女|监护|代办|经办|联系人|申请人|代理|户主|邻居|推荐/u.test(rest);
}

/** A repeated column has a number behind its title. */
function titleKey(title: string): string {
  return normaliseTitle(title.replace(/_\d+$/u, ''));
}

function diceOfBigrams(a: string, b: string): number {
  const pairs = (text: string): string[] => [...text].slice(1).map((_, index) => text.slice(index, index + 2));
  const other = pairs(b);
  const total = pairs(a).length + other.length;
  let shared = 0;
  for (const pair of pairs(a)) {
    const place = other.indexOf(pair);
    if (place === -1) continue;
    other.splice(place, 1);
    shared += 1;
  }
  return total === 0 ? 0 : (2 * shared) / total;
}
