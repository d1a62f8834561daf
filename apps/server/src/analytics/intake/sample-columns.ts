import type { Table } from '#platform/files/tabular/open-table.ts';

/** Position of a column → what some of its cells look like. */
export type ColumnSamples = Readonly<Record<number, readonly string[]>>;

const rowsLookedAt = 200;
const samplesPerColumn = 3;

/** Different shapes of a column's cells, from the first rows: enough to say what the column is, too little to know anybody. */
export async function sampleColumns(table: Table): Promise<ColumnSamples> {
  const samples = new Map<number, Set<string>>();
  let rows = 0;
  for await (const { cells } of table.rows()) {
    for (const [place, { index }] of table.columns.entries()) {
      const cell = cells[place]?.trim() ?? '';
      const known = samples.get(index) ?? new Set();
      samples.set(index, known);
      if (cell !== '' && known.size < samplesPerColumn) known.add(maskShape(cell));
    }
    if ((rows += 1) === rowsLookedAt) break;
  }
  return Object.fromEntries([...samples].map(([index, shapes]) => [index, [...shapes]]));
}

/** Keeps the first sign and the marks between; digits become 0, letters a, Chinese characters ＊: 2020-01-05 → 2000-00-00. */
export function maskShape(text: string): string {
  const characters = [...text];
  const shape = characters.slice(0, 24).map((character, place) => {
    if (place === 0 && characters.length > 1) return character;
    if (/\p{Nd}/u.test(character)) return '0';
    if (/\p{Script=Latin}/u.test(character)) return 'a';
    return /\p{L}/u.test(character) ? '＊' : character;
  });
  return `${shape.join('')}${characters.length > 24 ? '…' : ''}`;
}
