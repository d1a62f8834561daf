import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#platform/authorization/actor.ts';
import type { DictionaryCode } from '#platform/configuration/dictionaries.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { extractStoredFile } from '#platform/files/stored-files.ts';
import type { Column } from '#platform/files/tabular/header-rows.ts';
import { openTable, type Table } from '#platform/files/tabular/open-table.ts';
import type { SourceRow } from '#platform/files/tabular/read-delimited.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { regionDirectory } from '#modules/organisation/index.ts';
import { assembleHousehold } from './assemble-household.ts';
import { CodeReader } from './code-reader.ts';
import type { HouseholdDraft } from './household-draft.ts';
import type { ImportProblem } from './import-problem.ts';
import { readRemembered, type ImportBatch } from './import-store.ts';
import { readHouseholdRows } from './read-household-file.ts';
import { RowReader, type ReadRow } from './read-row.ts';
import { recogniseColumns, type Recognition } from './recognise-columns.ts';
import { RegionResolver } from './region-resolver.ts';

/** One household of the file as it would be written, with what is wrong in it already reported. */
export interface ImportedHousehold {
  rows: ReadRow[];
  draft: HouseholdDraft;
  /** the draft as text, to be kept until it is written */
  text: string;
  failed: boolean;
}

export interface OpenImport {
  table: Table;
  recognition: Recognition;
  /** how many rows the file may have, from its size: for progress only */
  likelyRows: number;
  /** Reads the file once. Checking and writing read alike, so that what was shown is what is written. */
  read: (listener: ReadListener) => AsyncGenerator<ImportedHousehold>;
}

export interface ReadListener {
  scattered: ReadonlySet<string>;
  onScattered: (key: string) => void;
  onProblem: (problem: ImportProblem) => void;
  onUnknownCode: (dictionary: DictionaryCode, word: string) => void;
}

/** Decrypts the file of a batch into a private folder for as long as the work lasts. */
export async function withImportFile<Result>(actor: Actor, batch: ImportBatch, work: (open: OpenImport) => Promise<Result>): Promise<Result> {
  const workFolder = await mkdtemp(join(tmpdir(), 'sunlit-import-'));
  try {
    const path = join(workFolder, 'file');
    await extractStoredFile(batch.file_id, path);
    const remembered = await inTransaction(actor, (trx) => readRemembered(trx, batch.region_code));
    const fit = (columns: readonly Column[]) => recogniseColumns(columns, remembered.columns).columns.filter(({ field }) => field !== null).length;
    const table = await openTable({ path, fileName: batch.file_name }, { workFolder, fit });
    try {
      const regions = new RegionResolver(await regionDirectory(), batch.region_code);
      const recognition = recogniseColumns(table.columns, remembered.columns);
      const { size } = await stat(path);
      return await work({
        table,
        recognition,
        likelyRows: Math.max(1, Math.round(size / (table.format === 'workbook' ? 100 : 330))),
        read: (listener) =>
          readHouseholds(table, listener, (onProblem) => new RowReader({
            recognition, regions, onProblem, onUnknownCode: listener.onUnknownCode, asOf: batch.as_of, scope: batch.region_code,
            codes: new CodeReader(remembered.codes), pseudonymiser: new Pseudonymiser(getKeyring().pseudonymKey),
          }), recognition),
      });
    } finally {
      await table.close();
    }
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function* readHouseholds(table: Table, listener: ReadListener, makeReader: (onProblem: ReadListener['onProblem']) => RowReader, recognition: Recognition): AsyncGenerator<ImportedHousehold> {
  const reader = makeReader(listener.onProblem);
  const firstRowOf = new Map<string, number>();
  // attached rows have no relations or household facts to compare
  const report: RowReader['reportAt'] = recognition.attaches === 'nothing' ? (...problem) => reader.reportAt(...problem) : () => undefined;
  const read = (source: SourceRow): ReadRow => {
    const row = reader.read(source);
    const { personKey } = row.person;
    const earlier = personKey === null ? undefined : firstRowOf.get(personKey);
    if (earlier !== undefined) {
      reader.reportAt(row.row, 'duplicate-person', 'idNumber', `${earlier} → ${row.row}`);
      row.failed = true;
    } else if (personKey !== null) firstRowOf.set(personKey, row.row);
    return row;
  };
  for await (const { rows } of readHouseholdRows(table.rows(), read, listener.scattered, listener.onScattered)) {
    const failed = rows.some((row) => row.failed);
    yield { rows, failed, ...assembleHousehold(rows, report) };
  }
}
