import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetField, DatasetKind } from '@sunlit/api-spec';
import { openTable, type Table } from '#platform/files/tabular/open-table.ts';
import type { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { keyFieldOf, snapshotColumnOf } from '../dataset-kinds/load-dataset-kinds.ts';
import { createUuidTable } from '../duckdb/append-uuids.ts';
import { sqlName, sqlText } from '../duckdb/sql-text.ts';
import { withDuckDb } from '../duckdb/with-duckdb.ts';
import { convertFields } from './convert-fields.ts';
import { loadRaw, type FieldColumn } from './load-raw.ts';
import { mapColumns, type ColumnMapping, type RememberedMapping } from './map-columns.ts';
import { pseudonymiseIdNumbers, pseudonymiseTexts } from './pseudonymise.ts';
import { measureQuality, type QualityReport } from './quality-report.ts';
import { stageText } from './stage-text.ts';

export interface IntakeRequest {
  readonly path: string;
  readonly fileName: string;
  readonly kind: DatasetKind;
  readonly deliveryId: string;
  readonly rememberedMapping?: RememberedMapping;
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
  readonly format: Table['format'];
  readonly encoding: string | null;
  readonly sheetName: string | null;
  readonly report: QualityReport;
}

/** The file lacks columns without which no row says anything; `fields` names them. */
export class ColumnsMissingError extends Error {
  readonly mapping: ColumnMapping;

  constructor(mapping: ColumnMapping) {
    super(`Required columns are missing: ${mapping.missing.join(', ')}`);
    this.name = 'ColumnsMissingError';
    this.mapping = mapping;
  }
}

/** Reads a delivered file into a Parquet snapshot without any personal value, and says how good it is. */
export async function intakeFile(request: IntakeRequest): Promise<IntakeResult> {
  const folder = await mkdtemp(join(request.workFolder, 'intake-'));
  const table = await openTable(request, { workFolder: folder }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  try {
    const mapping = mapColumns(table.columns, request.kind, request.rememberedMapping);
    if (mapping.missing.length > 0) throw new ColumnsMissingError(mapping);
    const staged = await stageText(table, folder);
    const columns = fieldColumns(request.kind, mapping);
    const report = await withDuckDb({ workFolder: folder, memoryLimitMiB: request.memoryLimitMiB }, async (connection) => {
      const keyPosition = request.kind.fields.indexOf(keyFieldOf(request.kind));
      await loadRaw(connection, staged, columns, keyPosition);
      await convertFields(connection, request.kind.fields, columns);
      await judgeRows(connection, request, keyPosition);
      await writeSnapshot(connection, request, keyPosition);
      return measureQuality(connection, request.kind.fields, columns);
    });
    const { format, encoding, sheetName } = table;
    return { mapping, format, encoding: encoding ?? null, sheetName: sheetName ?? null, report };
  } finally {
    await table.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function fieldColumns(kind: DatasetKind, mapping: ColumnMapping): FieldColumn[] {
  return mapping.columns.flatMap(({ index, field }) => {
    const position = kind.fields.findIndex(({ name }) => name === field);
    return field === null || position === -1 ? [] : [{ field, position, index }];
  });
}

/** Makes the view `judged`: `converted` with the key's pseudonym and whether a row is accepted, matched and kept. */
async function judgeRows(connection: DuckDBConnection, request: IntakeRequest, keyPosition: number): Promise<void> {
  const { kind, pseudonymiser } = request;
  await createUuidTable(connection, 'known', request.knownPersonKeys);
  await pseudonymiseIdNumbers(connection, pseudonymiser, 'converted', `f${keyPosition}`, 'persons');
  await connection.run(`CREATE TEMP TABLE judged_persons AS SELECT persons.*, known.key IS NOT NULL AS matched
    FROM persons LEFT JOIN (SELECT DISTINCT key FROM known) known ON known.key = persons.key`);
  const required = kind.fields.flatMap((field, position) =>
    field.required && position !== keyPosition ? [`(p${position} IS NULL OR p${position} = 'unknown-code')`] : [],
  );
  const accepted = ['person.key IS NOT NULL', ...required].join(' AND ');
  const kept = kind.keepUnmatched ? accepted : `${accepted} AND person.matched`;
  await connection.run(`CREATE TEMP VIEW judged AS SELECT converted.* REPLACE (coalesce(p${keyPosition}, person.problem) AS p${keyPosition}),
      person.key AS person_key, ${accepted} AS accepted, coalesce(person.matched, false) AS matched, coalesce(${kept}, false) AS kept
    FROM converted LEFT JOIN judged_persons person ON person.value = converted.f${keyPosition}`);
}

async function writeSnapshot(connection: DuckDBConnection, request: IntakeRequest, keyPosition: number): Promise<void> {
  const { fields } = request.kind;
  await connection.run('CREATE TEMP TABLE kept AS SELECT * FROM judged WHERE kept');
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
