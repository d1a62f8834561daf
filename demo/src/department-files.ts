import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { openTextFile, openWorkbook } from './record-file.ts';
import type { RecordFile } from './record-file.ts';

const folder = fileURLToPath(new URL('../../regions/_base/dataset-kinds', import.meta.url));
const kindSchema = z.object({
  code: z.string(),
  title: z.object({ zh: z.string() }),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      titles: z.array(z.string()).min(1),
      values: z.record(z.string(), z.array(z.string()).min(1)).optional(),
    }),
  ),
});

type DateStyle = 'iso' | 'compact' | 'slash' | 'chinese';
interface Habit {
  readonly format: 'utf8' | 'utf8-bom' | 'gb18030' | 'json-lines';
  /** a small city sends this kind as a spreadsheet */
  readonly workbook?: boolean;
  /** which of a field's known titles and of a code's known words this department uses */
  readonly wording: number;
  readonly dates: DateStyle;
  /** some offices type full-width digits or a lower-case x */
  readonly careless?: boolean;
  /** rows in the whole city of Huai'an */
  readonly cityRows: number;
}

/** How each department sends its list: no two alike, as in life. */
export const habits: Readonly<Record<string, Habit>> = {
  vehicle: { format: 'gb18030', wording: 0, dates: 'iso', cityRows: 350_000 },
  'real-estate': { format: 'utf8-bom', wording: 0, dates: 'slash', cityRows: 250_000 },
  company: { format: 'gb18030', wording: 1, dates: 'chinese', cityRows: 80_000 },
  'fiscal-payroll': { format: 'utf8-bom', workbook: true, wording: 0, dates: 'iso', cityRows: 120_000 },
  death: { format: 'gb18030', workbook: true, wording: 1, dates: 'compact', careless: true, cityRows: 50_000 },
  custody: { format: 'utf8-bom', workbook: true, wording: 0, dates: 'iso', careless: true, cityRows: 4_000 },
  'social-insurance': { format: 'utf8', wording: 0, dates: 'compact', cityRows: 600_000 },
  'housing-fund': { format: 'utf8-bom', wording: 1, dates: 'compact', cityRows: 120_000 },
  tax: { format: 'json-lines', wording: 0, dates: 'iso', cityRows: 80_000 },
  benefit: { format: 'gb18030', wording: 1, dates: 'iso', careless: true, cityRows: 270_000 },
  disability: { format: 'gb18030', workbook: true, wording: 0, dates: 'chinese', cityRows: 60_000 },
  'school-enrolment': { format: 'utf8-bom', wording: 1, dates: 'slash', cityRows: 260_000 },
  'medical-insurance': { format: 'json-lines', wording: 0, dates: 'iso', cityRows: 560_000 },
  'medical-settlement': { format: 'gb18030', wording: 0, dates: 'iso', cityRows: 400_000 },
  payout: { format: 'utf8', wording: 1, dates: 'iso', cityRows: 1_850_000 },
  'farm-machinery': { format: 'utf8-bom', workbook: true, wording: 0, dates: 'slash', cityRows: 20_000 },
  // only of assisted households: the rules about land ask about nobody else
  'farmland-right': { format: 'utf8-bom', wording: 0, dates: 'iso', cityRows: 0 },
  'farmland-subsidy': { format: 'gb18030', wording: 1, dates: 'slash', cityRows: 0 },
  'village-receipt': { format: 'utf8', workbook: true, wording: 0, dates: 'iso', cityRows: 0 },
  disaster: { format: 'utf8-bom', workbook: true, wording: 1, dates: 'chinese', cityRows: 3_000 },
  unemployment: { format: 'gb18030', wording: 1, dates: 'iso', careless: true, cityRows: 40_000 },
  'house-safety': { format: 'utf8-bom', workbook: true, wording: 0, dates: 'slash', cityRows: 30_000 },
  'village-cadre': { format: 'utf8-bom', workbook: true, wording: 0, dates: 'iso', cityRows: 12_000 },
};

/** One row in the words of the dataset kind: ISO dates and months, codes, yuan. Left-out fields are empty. */
export type DepartmentRow = Readonly<Record<string, string>>;

export interface DepartmentFile {
  readonly kind: string;
  readonly name: string;
  readonly rows: number;
  write(row: DepartmentRow): void;
  close(): Promise<void>;
}

/** Opens one file per dataset kind. */
export function openDepartmentFiles(outFolder: string, spreadsheets: boolean): ReadonlyMap<string, DepartmentFile> {
  const files = new Map<string, DepartmentFile>();
  for (const name of readdirSync(folder).toSorted()) {
    const kind = kindSchema.parse(parse(readFileSync(join(folder, name), 'utf8')));
    const habit = habits[kind.code];
    if (habit) files.set(kind.code, openDepartmentFile(outFolder, kind, habit, spreadsheets));
  }
  return files;
}

function openDepartmentFile(
  outFolder: string,
  kind: z.output<typeof kindSchema>,
  habit: Habit,
  spreadsheets: boolean,
): DepartmentFile {
  const titles = kind.fields.map(({ titles: known }) => known[habit.wording % known.length] as string);
  const workbook = habit.workbook === true && spreadsheets;
  const extension = workbook ? 'xlsx' : habit.format === 'json-lines' ? 'jsonl' : 'csv';
  const name = `${kind.code}.${extension}`;
  const path = join(outFolder, name);
  const file: RecordFile = workbook
    ? openWorkbook(path, kind.title.zh, titles)
    : openTextFile(
        path,
        habit.format,
        titles,
        habit.format === 'gb18030' && kind.code === 'vehicle' ? kind.title.zh : undefined,
      );
  const write = kind.fields.map(({ name: field, type, values }) => cellWriter(field, type, values, habit));
  let rows = 0;
  return {
    kind: kind.code,
    name,
    get rows() {
      return rows;
    },
    write(row) {
      rows += 1;
      file.write(write.map((cell) => cell(row, rows)));
    },
    close: () => file.close(),
  };
}

type CellWriter = (row: DepartmentRow, position: number) => string;

function cellWriter(
  field: string,
  type: string,
  values: Record<string, string[]> | undefined,
  habit: Habit,
): CellWriter {
  const plain: CellWriter = (row) => row[field] ?? '';
  switch (type) {
    case 'code': {
      const words = new Map(
        Object.entries(values ?? {}).map(([code, known]) => [code, known[habit.wording % known.length] ?? code]),
      );
      return (row) => words.get(row[field] ?? '') ?? row[field] ?? '';
    }
    case 'date':
      return habit.dates === 'iso' ? plain : (row) => dateText(row[field] ?? '', habit.dates);
    case 'month':
      return habit.dates === 'compact' ? (row) => (row[field] ?? '').replace('-', '') : plain;
    case 'idNumber':
      return habit.careless ? (row, position) => carelessNumber(row[field] ?? '', position) : plain;
    default:
      return plain;
  }
}

function dateText(iso: string, style: DateStyle): string {
  if (iso === '') return '';
  const [year, month, day] = iso.split('-');
  if (style === 'compact') return `${year}${month}${day}`;
  if (style === 'slash') return `${year}/${Number(month)}/${Number(day)}`;
  return style === 'chinese' ? `${year}年${Number(month)}月${Number(day)}日` : iso;
}

function carelessNumber(number: string, position: number): string {
  if (position % 40 === 7) return number.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  return position % 3 === 0 ? number.toLowerCase() : number;
}
