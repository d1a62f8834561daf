/** Most lists count exactly up to here and then stop counting. */
export const countCap = 10_000;

export function readCursor(cursor: string | undefined): (string | number | null)[] | undefined {
  if (!cursor) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? (value as (string | number | null)[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Builds a page from `limit + 1` rows: the extra row tells that there is more. */
export function page<Row, Item>(rows: readonly Row[], limit: number, key: (row: Row) => (string | number | null)[], count: number, toItem: (row: Row) => Item): { items: Item[]; nextCursor: string | null; total: number; totalIsCapped: boolean } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last ? Buffer.from(JSON.stringify(key(last))).toString('base64url') : null,
    total: Math.min(count, countCap),
    totalIsCapped: count > countCap,
  };
}
