import { join } from 'node:path';
import { derivedRelationsSql, registryTables, sqlShim, type SnapshotTable } from '@sunlit/rule-kit';
import { openRuleDatabase, ruleMemoryLimit, runRules, type RuleConnection, type RunRulesOptions } from '../apps/server/src/analytics/rule-runner/index.ts';
import { rounded } from './bench-database.ts';

export interface Growth {
  /** of the measured city */
  readonly factor: number;
  readonly rows: number;
  readonly seconds: number;
  /** seconds per row against those of the whole city; 1 is linear, less is better */
  readonly perRowAgainstCity: number;
}

type Options = Pick<RunRulesOptions, 'rules' | 'datasets' | 'datasetTables' | 'parametersOf' | 'asOf'>;

const repeats = 10;

/**
 * Evaluates the rules on a tenth of the city, on the city, and on ten cities of other people, made from its plain tables
 * in `folder`: a tenth of the households with their people's rows, or everything again under new keys.
 */
export async function measureGrowth(options: Options, definitions: readonly [string, SnapshotTable][], cityRows: number, folder: string): Promise<Growth[]> {
  const measured: Omit<Growth, 'perRowAgainstCity'>[] = [];
  for (const factor of [1 / repeats, 1, repeats]) {
    const { connection, close } = await openRuleDatabase({ memoryLimit: ruleMemoryLimit(cityRows * factor), temporaryFolder: join(folder, 'spill') });
    try {
      for (const statement of sqlShim('duckdb')) await connection.run(statement);
      let rows = 0;
      for (const [name, columns] of definitions) rows += await attach(connection, name, columns, factor, folder);
      for (const statement of derivedRelationsSql) await connection.run(statement);
      const began = performance.now();
      let findings = 0;
      const outcomes = await runRules({ ...options, connection, onFindings: (_rule, batch) => void (findings += batch.length) });
      const seconds = (performance.now() - began) / 1000;
      const failed = outcomes.filter(({ status }) => status !== 'done');
      if (failed.length > 0 || findings === 0) throw new Error(`Rules did not run at ${factor} cities: ${JSON.stringify(failed)}`);
      measured.push({ factor, rows, seconds });
    } finally {
      close();
    }
  }
  const city = measured.find(({ factor }) => factor === 1)!;
  return measured.map(({ factor, rows, seconds }) => ({ factor, rows, seconds: rounded(seconds), perRowAgainstCity: rounded(seconds / rows / (city.seconds / city.rows)) }));
}

/** The registry in tables, the datasets where they lie, as in a run. */
async function attach(connection: RuleConnection, name: string, columns: SnapshotTable, factor: number, folder: string): Promise<number> {
  const source = `read_parquet('${join(folder, `${name}.parquet`)}')`;
  const sized = join(folder, `${name}-${factor}.parquet`);
  await connection.run(`COPY (${factor < 1 ? tenthOf(source, columns, folder) : againAndAgain(source, name, columns, factor)}) TO '${sized}' (FORMAT parquet)`);
  await connection.run(`CREATE ${name in registryTables ? 'TABLE' : 'TEMPORARY VIEW'} ${name} AS SELECT * FROM read_parquet('${sized}')`);
  const [counted] = (await connection.runAndReadAll(`SELECT count(*) AS count FROM ${name}`)).getRowObjects();
  return Number(counted!['count']);
}

function tenthOf(source: string, columns: SnapshotTable, folder: string): string {
  if ('household_id' in columns) return `SELECT * FROM ${source} WHERE hash(household_id) % ${repeats} = 0`;
  const key = Object.keys(columns).find((column) => columns[column] === 'UUID' && /_key$/.test(column) && !/(name|account)_key$/.test(column));
  if (key === undefined) return `SELECT * FROM ${source}`;
  const persons = `SELECT person_key FROM read_parquet('${join(folder, 'persons.parquet')}')`;
  return `SELECT * FROM ${source} WHERE ${key} IN (${persons} WHERE hash(household_id) % ${repeats} = 0) OR (hash(${key}) % ${repeats} = 0 AND ${key} NOT IN (${persons} WHERE person_key IS NOT NULL))`;
}

/** What names one thing in a registry or a department's file besides pseudonyms: other cities have other parcels, contracts, pictures. Consecutive numbers stay so. */
const names = (column: string): boolean => /(^|_)(number|parcel_code|credit_code|picture_key)$/.test(column);

function againAndAgain(source: string, name: string, columns: SnapshotTable, factor: number): string {
  const keys = Object.keys(columns).filter((column) => columns[column] === 'UUID' && column !== 'delivery_id');
  if (factor === 1 || keys.length === 0 || name === 'run_context') return `SELECT * FROM ${source}`;
  const renewed = Object.entries(columns).flatMap(([column, type]) => {
    if (keys.includes(column)) return `CASE WHEN ${column} IS NOT NULL THEN CAST(md5(CAST(${column} AS VARCHAR) || city) AS UUID) END AS ${column}`;
    if (!names(column)) return [];
    return type === 'BIGINT' ? `CASE WHEN ${column} <> 0 THEN CAST(hash(${column}, city) >> 1 AS BIGINT) ELSE ${column} END AS ${column}` : `city || ${column} AS ${column}`;
  });
  return `SELECT * EXCLUDE (city) REPLACE (${renewed.join(', ')}) FROM ${source} CROSS JOIN (SELECT CAST(range AS VARCHAR) AS city FROM range(${factor}))`;
}
