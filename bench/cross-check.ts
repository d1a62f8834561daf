import { chmodSync, createReadStream, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Scale } from '@sunlit/demo';
import { derivedRelationsSql, parametersTableSql, registryTables, sqlShim, type SnapshotTable } from '@sunlit/rule-kit';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openRuleDatabase, parametersPerCounty, ruleMemoryLimit, runRules, type FindingCandidate, type RuleConnection, type RuleLibrary } from '../apps/server/src/analytics/rule-runner/index.ts';
import { ensureDemo } from '../apps/server/src/command-line/demo/ensure-demo.ts';
import { chooseDatasets, withDatasets, type ChosenDelivery } from '../apps/server/src/modules/data-intake/index.ts';
import { openRunTables } from '../apps/server/src/modules/supervision/cross-checks/open-run-tables.ts';
import { getRuleLibrary } from '../apps/server/src/modules/supervision/rule-catalogue/index.ts';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { withPrivateFolder } from '../apps/server/src/platform/files/private-folder.ts';
import { stopWorking } from '../apps/server/src/platform/jobs/jobs.ts';
import { readSettings } from '../apps/server/src/platform/settings.ts';
import { openRuntime } from '../apps/server/src/runtime.ts';
import { measureGrowth, type Growth } from './cross-check-growth.ts';
import { compareFindingWriting, type WritingComparison } from './finding-writing.ts';
import type { BenchResult } from './intake.ts';

const asOf = '2026-10-31';
const actor: Actor = { ...systemActor, permissions: new Set(['finding.read-officials']) };

export interface CrossCheckBench extends BenchResult, WritingComparison {
  readonly snapshotSeconds: number;
  readonly postgresqlSeconds: number;
  readonly timesFasterThanPostgresql: number;
  readonly findings: number;
  readonly growth: readonly Growth[];
}

/**
 * Evaluates all rules of a demo city from its stored snapshots, against the same joins as bare DuckDB statements on plain
 * files and against PostgreSQL with indexed, analysed tables; then writes the findings, against a bare INSERT into tables
 * with the same indexes. `SUNLIT_BENCH_DATA` keeps the city for the next measurement.
 */
export async function benchCrossCheck(scale: Scale): Promise<CrossCheckBench> {
  const kept = process.env['SUNLIT_BENCH_DATA'];
  const root = kept ?? (await mkdtemp(join(tmpdir(), 'sunlit-bench-cross-check-')));
  // The embedded database may run as another user, who has to get in.
  chmodSync(root, 0o755);
  const runtime = await openRuntime(readSettings({ SUNLIT_DATA: join(root, 'data'), SUNLIT_KEYS: join(root, 'keys') }));
  try {
    await ensureDemo(runtime, { scale, onStep: (step) => console.error(step) });
    const library = await getRuleLibrary();
    const chosen = await chooseDatasets(systemActor, asOf);
    forgetPeak();
    const ours = await evaluate(library, chosen);
    const peakMemoryMiB = peakMiB();
    console.error('bare DuckDB, then PostgreSQL, on plain copies of the same tables');
    const bare = await withDatasets(chosen, (open) => withPrivateFolder((folder) => compare(library, runtime.ownerUrl, chosen, open, folder)));
    const writing = await compareFindingWriting(runtime.ownerUrl, repeated(ours.findings));
    return {
      name: 'cross-check',
      scale: String(scale),
      rows: ours.rows,
      seconds: rounded(ours.seconds),
      baseline: 'the same joins as bare DuckDB statements on plain Parquet',
      baselineSeconds: rounded(bare.duckdbSeconds),
      ratio: rounded(ours.seconds / bare.duckdbSeconds),
      peakMemoryMiB,
      snapshotSeconds: rounded(ours.snapshotSeconds),
      postgresqlSeconds: rounded(bare.postgresqlSeconds),
      timesFasterThanPostgresql: rounded(bare.postgresqlSeconds / ours.seconds),
      findings: ours.findings.length,
      growth: bare.growth,
      ...writing,
    };
  } finally {
    await stopWorking();
    await runtime.close();
    if (!kept) rmSync(root, { recursive: true, force: true });
  }
}

const rowsOf = (chosen: readonly ChosenDelivery[]): number => chosen.reduce((sum, { rows }) => sum + rows, 0);

/** What a run does, without writing. Decrypting the datasets and reading the registry is the snapshot's part. */
async function evaluate(library: RuleLibrary, chosen: readonly ChosenDelivery[]) {
  let began = performance.now();
  return withDatasets(chosen, (open) =>
    withPrivateFolder(async (folder) => {
      const { connection, close } = await openRuleDatabase({ memoryLimit: ruleMemoryLimit(rowsOf(chosen)), temporaryFolder: join(folder, 'spill') });
      const tables = await openRunTables(connection, actor, asOf, folder, chosen, open);
      const snapshotSeconds = (performance.now() - began) / 1000;
      const findings: FindingCandidate[] = [];
      began = performance.now();
      const outcomes = await runRules({
        connection,
        rules: library.rules,
        datasets: tables.datasets,
        datasetTables: library.datasetTables,
        parametersOf: parametersPerCounty(library, tables.counties, asOf),
        asOf,
        onFindings: (_rule, batch) => void findings.push(...batch),
      });
      const seconds = (performance.now() - began) / 1000;
      close();
      const failed = outcomes.filter(({ status }) => status !== 'done');
      if (failed.length > 0) throw new Error(`Rules did not run: ${failed.map(({ ruleCode }) => ruleCode).join(', ')}`);
      return { findings, seconds, snapshotSeconds, rows: tables.inputs.reduce((sum, input) => sum + input.rows, 0) };
    }),
  );
}

async function compare(library: RuleLibrary, ownerUrl: string, chosen: readonly ChosenDelivery[], open: Parameters<typeof openRunTables>[5], folder: string) {
  const { connection, close } = await openRuleDatabase({ memoryLimit: ruleMemoryLimit(rowsOf(chosen)), temporaryFolder: join(folder, 'spill') });
  const tables = await openRunTables(connection, actor, asOf, folder, chosen, open);
  const parametersOf = parametersPerCounty(library, tables.counties, asOf);
  const definitions: [string, SnapshotTable][] = [...Object.entries<SnapshotTable>(registryTables), ...[...library.datasetTables.values()].map(({ table, columns }): [string, SnapshotTable] => [table, columns])];
  for (const [name] of definitions) {
    await connection.run(`COPY (SELECT * FROM ${name}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
    await connection.run(`COPY (SELECT * FROM ${name}) TO '${join(folder, `${name}.csv`)}' (FORMAT csv, HEADER false)`);
  }
  close();
  const plain = await openRuleDatabase({ memoryLimit: ruleMemoryLimit(rowsOf(chosen)), temporaryFolder: join(folder, 'spill') });
  for (const statement of sqlShim('duckdb')) await plain.connection.run(statement);
  // The registry lies in tables, as in a run; the datasets are read where they lie, as in a run.
  for (const [name] of definitions) await plain.connection.run(`CREATE TEMPORARY ${name in registryTables ? 'TABLE' : 'VIEW'} ${name} AS SELECT * FROM read_parquet('${join(folder, `${name}.parquet`)}')`);
  for (const statement of derivedRelationsSql) await plain.connection.run(statement);
  const duckdbSeconds = await timed(() => runBare(plain.connection, library, parametersOf));
  plain.close();
  console.error('a tenth of the city and ten cities');
  const growth = await measureGrowth({ rules: library.rules, datasets: tables.datasets, datasetTables: library.datasetTables, parametersOf, asOf }, definitions, rowsOf(chosen), folder);
  return { duckdbSeconds, growth, postgresqlSeconds: await inPostgresql(ownerUrl, library, definitions, parametersOf, folder) };
}

type ParametersOf = ReturnType<typeof parametersPerCounty>;

async function runBare(connection: RuleConnection, library: RuleLibrary, parametersOf: ParametersOf): Promise<void> {
  for (const rule of library.rules) {
    for (const statement of parametersTableSql(rule.parameters, parametersOf(rule))) await connection.run(statement);
    await connection.run(`CREATE OR REPLACE TEMPORARY TABLE hits AS ${rule.evidenceSql.trim().replace(/;$/, '')}`);
  }
}

async function inPostgresql(ownerUrl: string, library: RuleLibrary, definitions: readonly [string, SnapshotTable][], parametersOf: ParametersOf, folder: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; SET search_path = pg_temp, bench; SET work_mem = \'64MB\'');
    for (const statement of sqlShim('postgresql')) await client.query(statement.replace(/FUNCTION (\w+)\(/, 'FUNCTION bench.$1('));
    for (const [name, columns] of definitions) {
      await client.query(`CREATE TABLE bench.${name} (${Object.entries(columns).map(([column, type]) => `${column} ${type}`).join(', ')})`);
      await pipeline(createReadStream(join(folder, `${name}.csv`)), client.query(copyFrom(`COPY bench.${name} FROM STDIN (FORMAT csv)`)));
      for (const column of Object.keys(columns)) if (/(_key|household_id|person_id)$/.test(column)) await client.query(`CREATE INDEX ON bench.${name} (${column})`);
      await client.query(`ANALYZE bench.${name}`);
    }
    for (const statement of derivedRelationsSql) await client.query(statement);
    return await timed(async () => {
      for (const rule of library.rules) {
        for (const statement of parametersTableSql(rule.parameters, parametersOf(rule))) await client.query(statement);
        await client.query(`DROP TABLE IF EXISTS hits; CREATE TEMPORARY TABLE hits AS ${rule.evidenceSql.trim().replace(/;$/, '')}`);
      }
    });
  } finally {
    await client.query('DROP SCHEMA IF EXISTS bench CASCADE').catch(() => undefined);
    await client.end();
  }
}

/** Few hits say nothing about speed: each one is repeated for further periods up to a useful number. */
function repeated(found: readonly FindingCandidate[]): FindingCandidate[] {
  const times = Math.max(1, Math.ceil(20_000 / Math.max(1, found.length)));
  return Array.from({ length: times }, (_, round) => found.map((one): FindingCandidate => ({ ...one, period: `bench-${round}`, fingerprint: `${one.fingerprint}-${round}` }))).flat();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** Making the city needs more memory than checking it: the mark starts again (Linux). */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // elsewhere the mark of the whole process counts
  }
}

function peakMiB(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
