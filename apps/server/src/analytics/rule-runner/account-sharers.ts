import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetTable } from '@sunlit/rule-kit';

/** Pseudonyms of whoever is paid into the same accounts as these people: a shared account is a question about all of them. */
export async function listAccountSharers(
  connection: DuckDBConnection,
  relations: ReadonlyMap<string, string>,
  datasetTables: ReadonlyMap<string, DatasetTable>,
  personKeys: readonly string[],
): Promise<string[]> {
  const own = personKeys.filter((key) => /^[0-9a-f-]{36}$/i.test(key)).map((key) => `'${key}'`);
  if (own.length === 0) return [];
  const sharers = new Set<string>();
  for (const [kind, relation] of relations) {
    const table = datasetTables.get(kind);
    const person = table?.personKeyColumns[0];
    if (!table || !person || !('account_key' in table.columns)) continue;
    const accounts = `SELECT account_key FROM ${relation} WHERE ${person} IN (${own.join(', ')})`;
    const rows = await (
      await connection.run(
        `SELECT DISTINCT CAST(${person} AS VARCHAR) FROM ${relation} WHERE account_key IN (${accounts})`,
      )
    ).getRowsJS();
    for (const [key] of rows) if (typeof key === 'string') sharers.add(key);
  }
  return [...sharers];
}
