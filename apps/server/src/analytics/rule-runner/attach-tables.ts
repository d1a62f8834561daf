import type { DuckDBConnection } from '@duckdb/node-api';
import { createTableSql, derivedRelationsSql, insertRowsSql, registryTables, sqlShim } from '@sunlit/rule-kit';
import type { CellValue, DatasetTable, SnapshotTable } from '@sunlit/rule-kit';

/** Where a table's rows are: Parquet files, a relation already in this database, or a few rows in hand. */
export type TableSource =
  | { readonly parquet: readonly string[] }
  | { readonly relation: string }
  | { readonly rows: readonly Readonly<Record<string, CellValue | undefined>>[] };

export type RegistryTableName = Exclude<keyof typeof registryTables, 'run_context'>;
/** What every question needs; money, projects and assets are empty where one household is asked about. */
type HouseholdTableName = 'households' | 'persons' | 'enrolments' | 'exclusive_programmes' | 'policy_lines';

export interface DatasetSource {
  readonly source: TableSource;
  /** the day up to which the composed deliveries are known to be complete, for the freshness check */
  readonly latestAsOf?: string;
}

export interface SnapshotSources {
  readonly registry: Readonly<Record<HouseholdTableName, TableSource> & Partial<Record<RegistryTableName, TableSource>>>;
  /** by dataset kind; a kind that is not here was never delivered */
  readonly datasets: Readonly<Record<string, DatasetSource | undefined>>;
}

/** Makes everything a rule may read available under its name. `prefix` keeps whole tables aside when only a part is checked. */
export async function attachTables(
  connection: DuckDBConnection,
  sources: SnapshotSources,
  datasetTables: ReadonlyMap<string, DatasetTable>,
  prefix = '',
): Promise<void> {
  for (const [name, columns] of Object.entries<SnapshotTable>(registryTables)) {
    if (name === 'run_context') continue;
    await attachTable(connection, `${prefix}${name}`, columns, sources.registry[name as RegistryTableName] ?? { rows: [] });
  }
  for (const { kind, table, columns } of datasetTables.values()) {
    await attachTable(connection, `${prefix}${table}`, columns, sources.datasets[kind]?.source ?? { rows: [] });
  }
}

/** The functions, the day and the shared views; after the tables, because views bind to them. */
export async function attachContext(connection: DuckDBConnection, asOf: string): Promise<void> {
  for (const statement of sqlShim('duckdb')) await connection.run(statement);
  await attachTable(connection, 'run_context', registryTables.run_context, { rows: [{ as_of: asOf }] });
  for (const statement of derivedRelationsSql) await connection.run(statement);
}

async function attachTable(
  connection: DuckDBConnection,
  name: string,
  columns: SnapshotTable,
  source: TableSource,
): Promise<void> {
  if ('rows' in source) {
    await connection.run(createTableSql(name, columns));
    const insert = insertRowsSql(name, columns, source.rows);
    if (insert) await connection.run(insert);
    return;
  }
  if ('parquet' in source && source.parquet.length === 0) {
    await connection.run(createTableSql(name, columns));
    return;
  }
  const relation =
    'relation' in source
      ? source.relation
      : `read_parquet([${source.parquet.map(quoted).join(', ')}], union_by_name = true)`;
  // a field that joined the dataset kind later is missing from older deliveries
  const described = await (await connection.run(`DESCRIBE SELECT * FROM ${relation}`)).getRowsJS();
  const present = new Set(described.map(([column]) => String(column)));
  const list = Object.entries(columns).map(
    ([column, type]) => `CAST(${present.has(column) ? column : 'NULL'} AS ${type}) AS ${column}`,
  );
  await connection.run(`CREATE OR REPLACE TEMPORARY VIEW ${name} AS SELECT ${list.join(', ')} FROM ${relation}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
