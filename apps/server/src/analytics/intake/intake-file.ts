import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetField, DatasetKind } from '@sunlit/api-spec';
import { isInTenThousands } from '@sunlit/kernel';
import { openTable, type Table } from '#platform/files/tabular/open-table.ts';
import type { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { keyFieldOf, snapshotColumnOf } from '../dataset-kinds/load-dataset-kinds.ts';
import { sqlName, sqlText } from '../duckdb/sql-text.ts';
import { withDuckDb } from '../duckdb/with-duckdb.ts';
import { convertFields } from './convert-fields.ts';
import { loadRaw, type FieldColumn } from './load-raw.ts';
import { mapColumns, type ColumnMapping, type RememberedMapping } from './map-columns.ts';
import { PackedKeySet } from './packed-key-set.ts';
import { LoadedPeople, pseudonymiseTexts } from './pseudonymise.ts';
import { sampleColumns, type ColumnSamples } from './sample-columns.ts';
import { measureQuality, type QualityReport } from './quality-report.ts';
import { harmlessProblems, type CodeWords } from './read-field.ts';
import { stageText } from './stage-text.ts';

export interface IntakeRequest {
  readonly path: string;
  readonly fileName: string;
  readonly kind: DatasetKind;
  readonly deliveryId: string;
  readonly rememberedMapping?: RememberedMapping;
  /** field → the department's words for its codes */
  readonly rememberedCodes?: Readonly<Record<string, CodeWords>>;
  readonly pseudonymiser: Pseudonymiser;
  /**
   * Pseudonyms (16 bytes each, see `packUuids`) of the people in the registry; where the kind needs an authorisation,
   * only of those with a valid one.
   */
  readonly knownPersonKeys: Buffer;
  /** private folder; plain personal data lies in it while the intake lasts */
  readonly workFolder: string;
  /** where the Parquet file goes; it holds pseudonyms only */
  readonly parquetPath: string;
  readonly memoryLimitMiB?: number;
}

export interface IntakeResult {
  readonly mapping: ColumnMapping;
  readonly samples: ColumnSamples;
  readonly format: Table['format'];
  readonly encoding: string | null;
  readonly sheetName: string | null;
  readonly report: QualityReport;
}

/** The file lacks columns without which no row says anything; `fields` names them. */
export class ColumnsMissingError extends Error {
  readonly mapping: ColumnMapping;
  readonly samples: ColumnSamples;

  constructor(mapping: ColumnMapping, samples: ColumnSamples) {
    super(`Required columns are missing: ${mapping.missing.join(', ')}`);
    this.name = 'ColumnsMissingError';
    this.mapping = mapping;
    this.samples = samples;
  }
}

/** Reads a delivered file into a Parquet snapshot without any personal value, and says how good it is. */
export async function intakeFile(request: IntakeRequest): Promise<IntakeResult> {
  const folder = await mkdtemp(join(request.workFolder, 'intake-'));
  const fit = (columns: Table['columns']) => mapColumns(columns, request.kind, request.rememberedMapping).columns.filter(({ field }) => field !== null).length;
  const table = await openTable(request, { workFolder: folder, fit }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  try {
    const mapping = mapColumns(table.columns, request.kind, request.rememberedMapping);
    const samples = await sampleColumns(table);
    if (mapping.missing.length > 0) throw new ColumnsMissingError(mapping, samples);
    const columns = fieldColumns(request.kind, mapping);
    const report = await withDuckDb({ workFolder: folder, memoryLimitMiB: request.memoryLimitMiB }, async (connection) => {
      const { fields } = request.kind;
      const keyPosition = fields.indexOf(keyFieldOf(request.kind));
      const people = new LoadedPeople(connection, request.pseudonymiser, new PackedKeySet(request.knownPersonKeys), keyPosition);
      await loadRaw(connection, stageText(table, folder), fields, columns, people);
      await people.store();
      await convertFields(connection, fields, columns, request.rememberedCodes);
      await judgeRows(connection, request.kind, keyPosition);
      await writeSnapshot(connection, request, keyPosition);
      return measureQuality(connection, columns);
    });
    const { format, encoding, sheetName } = table;
    return { mapping, samples, format, encoding: encoding ?? null, sheetName: sheetName ?? null, report };
  } finally {
    await table.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function fieldColumns(kind: DatasetKind, mapping: ColumnMapping): FieldColumn[] {
  return mapping.columns.flatMap(({ index, title, field }) => {
    const position = kind.fields.findIndex(({ name }) => name === field);
    return field === null || position === -1 ? [] : [{ field, position, index, inTenThousands: isInTenThousands(title) }];
  });
}

/** Makes the view `judged`: `converted` with whether a row is accepted and kept. */
async function judgeRows(connection: DuckDBConnection, kind: DatasetKind, keyPosition: number): Promise<void> {
  const readable = kind.fields.flatMap((field, position) => {
    if (position === keyPosition) return [`p${position} IS NULL`];
    return field.required ? [`(p${position} IS NULL OR p${position} IN (${harmlessProblems.map(sqlText).join(', ')}))`] : [];
  });
  const accepted = readable.join(' AND ');
  await connection.run(`CREATE TEMP VIEW judged AS
    SELECT *, ${accepted} AS accepted, ${kind.keepUnmatched ? accepted : `${accepted} AND matched`} AS kept FROM converted`);
}

async function writeSnapshot(connection: DuckDBConnection, request: IntakeRequest, keyPosition: number): Promise<void> {
  const { fields } = request.kind;
  await connection.run(`CREATE TEMP TABLE kept AS SELECT source_row, person_key, ${fields.flatMap((_, position) => (position === keyPosition ? [] : [`f${position}`])).join(', ')} FROM judged WHERE kept`);
  await pseudonymiseColumns(connection, request, 'personName');
  await pseudonymiseColumns(connection, request, 'bankAccount');
  const select: string[] = [];
  const joins: string[] = [];
  for (const [position, field] of fields.entries()) {
    const name = sqlName(snapshotColumnOf(field));
    if (position === keyPosition) select.push(`person_key AS ${name}`);
    else if (field.type === 'idNumber') throw new Error('A dataset kind has one identity number, its key');
    else if (isPseudonymised(field)) {
      select.push(`k${position}.key AS ${name}`);
      joins.push(`LEFT JOIN ${field.type}_map k${position} ON k${position}.value = kept.f${position}`);
    } else select.push(`f${position} AS ${name}`);
  }
  await connection.run(`COPY (SELECT CAST(${sqlText(request.deliveryId)} AS UUID) AS delivery_id, source_row, ${select.join(', ')} FROM kept ${joins.join(' ')})
    TO ${sqlText(request.parquetPath)} (FORMAT parquet, COMPRESSION zstd)`);
}

async function pseudonymiseColumns(connection: DuckDBConnection, request: IntakeRequest, type: 'personName' | 'bankAccount'): Promise<void> {
  const texts = request.kind.fields.flatMap((field, position) => (field.type === type ? [`SELECT f${position} AS value FROM kept`] : []));
  if (texts.length === 0) return;
  const kind = type === 'personName' ? 'name' : 'account';
  await pseudonymiseTexts(connection, request.pseudonymiser, kind, texts.join(' UNION ALL '), `${type}_map`);
}

function isPseudonymised(field: DatasetField): boolean {
  return field.type === 'personName' || field.type === 'bankAccount';
}
