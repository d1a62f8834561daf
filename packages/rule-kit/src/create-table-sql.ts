import type { SnapshotTable } from './snapshot-tables.ts';

/** `CREATE TEMPORARY TABLE` for a snapshot table; the same on both engines. */
export function createTableSql(name: string, columns: SnapshotTable): string {
  const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  return `CREATE TEMPORARY TABLE ${name} (${list.join(', ')})`;
}

export type CellValue = string | number | boolean | null;

/** `INSERT` with literals, each cast to its column's type. For small tables only: cases, one household in hand. */
export function insertRowsSql(
  name: string,
  columns: SnapshotTable,
  rows: readonly Readonly<Record<string, CellValue | undefined>>[],
): string | undefined {
  if (rows.length === 0) return undefined;
  const values = rows.map((row) => {
    const unknown = Object.keys(row).find((column) => !(column in columns));
    if (unknown) throw new Error(`The table ${name} has no column ${unknown}`);
    return `(${Object.entries(columns)
      .map(([column, type]) => `CAST(${literal(row[column])} AS ${type})`)
      .join(', ')})`;
  });
  return `INSERT INTO ${name} VALUES ${values.join(', ')}`;
}

function literal(value: CellValue | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
