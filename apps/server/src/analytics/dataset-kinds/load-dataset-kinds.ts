import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetKindSchema, type DatasetField, type DatasetKind } from '@sunlit/api-spec';
import { datasetBaseColumns, snapshotTypeOfField, type SnapshotTable } from '@sunlit/rule-kit';
import { parse } from 'yaml';

/** Reads every dataset kind of a folder; a mistake in one stops the start and names the file. */
export async function loadDatasetKinds(folder: string): Promise<ReadonlyMap<string, DatasetKind>> {
  const kinds = new Map<string, DatasetKind>();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()) {
    const result = datasetKindSchema.safeParse(parse(await readFile(join(folder, file), 'utf8')));
    if (!result.success) throw new Error(`Dataset kind ${file} is not valid: ${result.error.message}`);
    kinds.set(result.data.code, result.data);
  }
  return kinds;
}

export function snapshotColumnOf(field: DatasetField): string {
  return field.snapshot ?? field.name;
}

/** Columns of a kind's snapshot, in order. */
export function snapshotTableOf(kind: DatasetKind): SnapshotTable {
  const columns = kind.fields.map((field) => [snapshotColumnOf(field), snapshotTypeOfField[field.type]] as const);
  return { ...datasetBaseColumns, ...Object.fromEntries(columns) };
}

/** The field that says whom a row is about. */
export function keyFieldOf(kind: DatasetKind): DatasetField {
  const key = kind.fields.find(({ name }) => name === kind.matching.keys[0]);
  if (!key) throw new Error(`Dataset kind ${kind.code} has no key field`);
  return key;
}
