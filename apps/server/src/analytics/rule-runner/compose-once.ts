import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSource } from './attach-tables.ts';

/** Keeps the result of a costly query in this database, so that each rule reads it and none computes it again. */
export async function composeOnce(connection: DuckDBConnection, kind: string, relation: string): Promise<TableSource> {
  const name = `composed_${kind.replaceAll('-', '_')}`;
  await connection.run(`CREATE TABLE ${name} AS SELECT * FROM ${relation}`);
  return { relation: name };
}
