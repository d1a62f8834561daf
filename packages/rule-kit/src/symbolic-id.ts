import { createHash } from 'node:crypto';

/**
 * A fixed UUID for a name used in a case, so that tables stay readable. Ids of different meaning never coincide:
 * the person `zhang`, his pseudonym and his name are three values, as in real snapshots.
 */
export function symbolicId(meaning: string, symbol: string): string {
  const hex = createHash('sha256').update(`${meaning}:${symbol}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What the values of a UUID column stand for. */
export function meaningOfColumn(column: string): string {
  if (column === 'account_key') return 'account';
  if (column.endsWith('name_key') || column === 'account_holder_key') return 'name';
  if (column.endsWith('_key')) return 'person-key';
  return column.replace(/_id$/, '');
}
