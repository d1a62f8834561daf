import type { DuckDBConnection } from '@duckdb/node-api';
import { registryTables } from '@sunlit/rule-kit';
import type { RegistryTableName, TableSource } from './attach-tables.ts';

/** Loads a CSV file with a header into a typed table of this database. */
export async function loadRegistryFile(connection: DuckDBConnection, name: RegistryTableName, path: string): Promise<TableSource> {
  const relation = `loaded_${name}`;
  const columns = Object.entries(registryTables[name]).map(([column, type]) => `'${column}': '${type}'`);
  await connection.run(
    `CREATE TABLE ${relation} AS SELECT * FROM read_csv('${path.replaceAll("'", "''")}', header = true, columns = {${columns.join(', ')}}, nullstr = '', auto_detect = false, quote = '"', delim = ',')`,
  );
  return { relation };
}
