import type { PoolClient } from 'pg';
import type { Actor } from '#platform/authorization/actor.ts';
import { withCopyClient } from '#platform/database/transaction.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { maskName } from '@sunlit/kernel';
import type { TaskProgress } from '#platform/tasks/tasks.ts';
import { compareAttached, compareHouseholds, createComparison, type Comparison } from './compare-with-registry.ts';
import { copyLine, copyLines } from './copy-rows.ts';
import { DraftChecks } from './draft-checks.ts';
import { columnsForQuality, draftForQuality } from '../quality-facts.ts';
import { severityOf, type ImportProblem } from './import-problem.ts';
import type { ImportBatch, ImportReport } from './import-store.ts';
import type { DraftSink } from './kept-drafts.ts';
import type { ImportedHousehold, OpenImport } from './open-import.ts';

/** All problems are counted; this many are kept to be shown. */
const keptProblems = 20_000;
const chunkHouseholds = 1000;

interface Findings {
  problems: ImportProblem[];
  warnings: number;
  rows: number;
  goodRows: number;
  problemRows: number;
  households: number;
  unknown: Map<string, { field: string; value: string; rows: number }>;
  samples: Map<number, string>;
}

const nothingFound = (): Findings => ({ problems: [], warnings: 0, rows: 0, goodRows: 0, problemRows: 0, households: 0, unknown: new Map(), samples: new Map() });

/** Reads the whole file, notes what is wrong, and compares it with the registry. Nothing is written. */
export async function examineFile(actor: Actor, batch: ImportBatch, open: OpenImport, progress: TaskProgress, sink: DraftSink): Promise<{ report: ImportReport; problems: ImportProblem[] }> {
  return withCopyClient(actor, { snapshot: false }, async (client) => {
    await createComparison(client);
    const scattered = new Set<string>();
    let checks = new DraftChecks(actor);
    let found = await readAll(client, open, scattered, progress, sink, checks);
    // Rows of some households lie apart: they are known now, so that the second reading holds them together.
    if (scattered.size > 0) {
      await client.query('TRUNCATE file_household, file_person');
      checks = new DraftChecks(actor);
      found = await readAll(client, open, scattered, progress, sink, checks);
    }
    const comparison = open.recognition.attaches === 'nothing' ? await compareHouseholds(client, batch, open.recognition.template, keptProblems) : await compareAttached(client, open.recognition.template, keptProblems);
    addComparison(found, comparison);
    return { problems: found.problems, report: { ...reportOf(open, found, comparison, [...scattered]), quality: checks.counts } };
  });
}

async function readAll(client: PoolClient, open: OpenImport, scattered: Set<string>, progress: TaskProgress, sink: DraftSink, checks: DraftChecks): Promise<Findings> {
  const columns = columnsForQuality(open.recognition.columns);
  const found = nothingFound();
  const late: string[] = [];
  let households: string[] = [];
  let persons: string[] = [];
  const copy = async (ofHouseholds: string[], ofPersons: string[]) => {
    await copyLines(client, 'file_household', 'region, number, hash, first_row, rows, good', ofHouseholds);
    await copyLines(client, 'file_person', 'region, number, row, person_key, name_key, hash, name_masked', ofPersons);
  };
  // The next households are read while the database takes the last ones.
  let copying: Promise<void> = Promise.resolve();
  const flush = async () => {
    await copying;
    copying = copy(households, persons);
    // noticed at the next `await copying`
    copying.catch(() => undefined);
    households = [];
    persons = [];
    await progress.report((found.rows / (found.rows + open.likelyRows)) * 1.6 > 0.95 ? 0.95 : (found.rows / (found.rows + open.likelyRows)) * 1.6, String(found.rows));
  };
  const listener = {
    scattered: new Set(scattered),
    onScattered: (key: string) => void late.push(key),
    onProblem: (problem: ImportProblem) => addProblem(found, problem),
    onUnknownCode: (field: string, value: string) => addUnknown(found, field, value),
  };
  await sink.start({ template: open.recognition.template, attaches: open.recognition.attaches });
  const take = async (household: ImportedHousehold) => {
    addHousehold(found, household, open);
    const { draft, failed } = household;
    if (open.recognition.attaches === 'nothing' && draft.countyCode !== '') await checks.add(draft.countyCode, draftForQuality(draft, columns));
    await sink.add(failed ? null : household.text);
    households.push(copyLine([draft.regionCode, draft.number, draft.hash, draft.firstRow, household.rows.length, !failed]));
    if (open.recognition.attaches === 'nothing' && !failed) for (const person of draft.persons) persons.push(copyLine([draft.regionCode, draft.number, person.row, person.personKey, person.nameKey, person.hash, maskName(person.name)]));
    if (households.length >= chunkHouseholds) await flush();
  };
  try {
    for await (const household of open.read(listener)) await take(household);
    await flush();
  } finally {
    // the connection is rolled back only when nothing uses it any more
    await copying;
  }
  for (const key of late) scattered.add(key);
  return found;
}

function addProblem(found: Findings, problem: ImportProblem): void {
  if (severityOf(problem.code) === 'warning') found.warnings += 1;
  if (found.problems.length < keptProblems) found.problems.push(problem);
}

function addUnknown(found: Findings, field: string, value: string): void {
  const key = `${field}|${value}`;
  const known = found.unknown.get(key);
  if (known) known.rows += 1;
  // A wrongly mapped column would list everybody's names here.
  else if (found.unknown.size < 200) found.unknown.set(key, { field, value: withoutPersonalData(value.slice(0, 40)), rows: 1 });
}

function addHousehold(found: Findings, { rows, failed, draft }: ImportedHousehold, open: OpenImport): void {
  found.rows += rows.length;
  found.households += 1;
  if (!failed) found.goodRows += rows.length;
  for (const row of rows) if (row.failed) found.problemRows += 1;
  if (found.samples.size > 0 || !draft.persons[0]) return;
  for (const { index, title } of open.recognition.columns) {
    const value = rows[0]!.unmapped?.[title];
    if (value) found.samples.set(index, withoutPersonalData(value.slice(0, 200).replaceAll('\0', '')).slice(0, 20));
  }
}

function addComparison(found: Findings, comparison: Comparison): void {
  found.goodRows -= comparison.refusedRows;
  found.problemRows += comparison.refusedRows;
  found.warnings += comparison.warnings;
  found.problems.push(...comparison.problems.slice(0, Math.max(0, keptProblems - found.problems.length)));
  found.problems.sort((left, right) => left.row - right.row);
}

function reportOf(open: OpenImport, found: Findings, comparison: Comparison, scattered: string[]): ImportReport {
  const { table, recognition } = open;
  return {
    template: recognition.template,
    encoding: table.encoding ?? null,
    sheet: table.sheetName ?? null,
    counts: { rows: found.rows, goodRows: found.goodRows, problemRows: found.problemRows, households: found.households, warnings: found.warnings, ...comparison.counts },
    columns: recognition.columns.map(({ index, title, field, confidence }) => ({ title, field, confidence, sample: found.samples.get(index) ?? null })),
    unresolvedCodes: [...found.unknown.values()].sort((left, right) => right.rows - left.rows),
    scattered,
  };
}
