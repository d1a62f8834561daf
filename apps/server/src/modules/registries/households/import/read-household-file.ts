import type { SourceRow } from '#platform/files/tabular/read-delimited.ts';
import type { ReadRow } from './read-row.ts';

/** The rows of one household, in the order of the file. */
interface HouseholdRows {
  key: string;
  rows: ReadRow[];
}

/** What a household is grouped by: county, town and village (its code when known) and its number. */
function groupKeyOf(row: ReadRow): string {
  return row.region ? `${row.region.code}|${row.number}` : `?${row.row}`;
}

/**
 * Groups the rows of a file by household while it is read. Rows of one household usually follow each other, so a
 * household is complete when the next begins; those in `scattered` are held until the end. When a household comes back
 * that was thought complete, it is named to `onScattered`: the file must then be read again with it in `scattered`.
 */
export async function* readHouseholdRows(rows: AsyncIterable<SourceRow>, read: (row: SourceRow) => ReadRow, scattered: ReadonlySet<string>, onScattered: (key: string) => void): AsyncGenerator<HouseholdRows> {
  const complete = new Set<string>();
  const held = new Map<string, HouseholdRows>();
  let open: HouseholdRows | undefined;
  for await (const source of rows) {
    const row = read(source);
    const key = groupKeyOf(row);
    if (open?.key === key) {
      open.rows.push(row);
      continue;
    }
    if (open) {
      complete.add(open.key);
      yield open;
      open = undefined;
    }
    if (scattered.has(key)) {
      const group = held.get(key) ?? { key, rows: [] };
      group.rows.push(row);
      held.set(key, group);
      continue;
    }
    if (complete.has(key)) onScattered(key);
    open = { key, rows: [row] };
  }
  if (open) yield open;
  yield* held.values();
}
