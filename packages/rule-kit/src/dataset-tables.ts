import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { datasetBaseColumns, snapshotTypeOfField } from './snapshot-tables.ts';
import type { DatasetFieldType, SnapshotTable } from './snapshot-tables.ts';

const fieldTypes = Object.keys(snapshotTypeOfField) as [DatasetFieldType, ...DatasetFieldType[]];
const kindSchema = z.object({
  code: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  delivery: z.object({ freshnessDays: z.int() }),
  matching: z.object({ keys: z.array(z.string()) }),
  fields: z.array(z.object({ name: z.string(), type: z.enum(fieldTypes), snapshot: z.string().optional() })),
});

/** What a rule run needs to know about a dataset kind. */
export interface DatasetTable {
  readonly kind: string;
  readonly table: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly freshnessDays: number;
  readonly columns: SnapshotTable;
  /** columns that hold the pseudonym of the person a row is about */
  readonly personKeyColumns: readonly string[];
}

/** `death` → `dataset_death`, `real-estate` → `dataset_real_estate` */
export function datasetTableName(kind: string): string {
  return `dataset_${kind.replaceAll('-', '_')}`;
}

/** Reads the dataset kinds (regions/_base/dataset-kinds) as the tables rules see. */
export async function loadDatasetTables(folder: string): Promise<ReadonlyMap<string, DatasetTable>> {
  const tables = new Map<string, DatasetTable>();
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.yaml')).toSorted()) {
    const kind = kindSchema.parse(parse(await readFile(join(folder, name), 'utf8')));
    const columnOf = (field: (typeof kind.fields)[number]) => field.snapshot ?? field.name;
    tables.set(kind.code, {
      kind: kind.code,
      table: datasetTableName(kind.code),
      title: kind.title,
      freshnessDays: kind.delivery.freshnessDays,
      columns: {
        ...datasetBaseColumns,
        ...Object.fromEntries(kind.fields.map((field) => [columnOf(field), snapshotTypeOfField[field.type]])),
      },
      personKeyColumns: kind.fields.filter((field) => kind.matching.keys.includes(field.name)).map(columnOf),
    });
  }
  return tables;
}
