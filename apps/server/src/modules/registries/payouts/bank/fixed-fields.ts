import iconv from 'iconv-lite';

/** Widths count bytes of GB18030, as the banks' hosts do. Text is padded on the right, numbers with zeros on the left. */
export interface FixedField {
  name: string;
  bytes: number;
  kind: 'text' | 'number';
}

const record = (...fields: [string, number, 'text' | 'number'][]): FixedField[] => fields.map(([name, bytes, kind]) => ({ name, bytes, kind }));

const outHead = record(['type', 1, 'text'], ['batch', 24, 'text'], ['month', 6, 'text'], ['count', 8, 'number'], ['sum', 16, 'number'], ['day', 8, 'text']);
const outLine = record(['type', 1, 'text'], ['ordinal', 8, 'number'], ['reference', 32, 'text'], ['name', 60, 'text'], ['account', 40, 'text'], ['bank', 80, 'text'], ['amount', 16, 'number']);
const total = record(['type', 1, 'text'], ['count', 8, 'number'], ['sum', 16, 'number']);
const inHead = record(['type', 1, 'text'], ['batch', 24, 'text'], ['count', 8, 'number'], ['sum', 16, 'number']);
const inLine = record(['type', 1, 'text'], ['ordinal', 8, 'number'], ['reference', 32, 'text'], ['amount', 16, 'number'], ['code', 6, 'text'], ['text', 80, 'text'], ['day', 8, 'text']);

/** The records of a file to the bank and of its answer, by the letter each begins with. */
export const outLayouts: Record<'H' | 'D' | 'T', FixedField[]> = { H: outHead, D: outLine, T: total };
export const inLayouts: Record<'H' | 'R' | 'T', FixedField[]> = { H: inHead, R: inLine, T: total };

export const widthOf = (layout: readonly FixedField[]): number => layout.reduce((sum, field) => sum + field.bytes, 0);

/** @returns undefined when a value does not fit: it is never cut */
export function encodeFixed(layout: readonly FixedField[], values: readonly string[]): Buffer | undefined {
  const cells: Buffer[] = [];
  for (const [index, field] of layout.entries()) {
    const bytes = iconv.encode(values[index]!, 'gb18030');
    if (bytes.length > field.bytes) return undefined;
    const padding = Buffer.alloc(field.bytes - bytes.length, field.kind === 'number' ? '0' : ' ');
    cells.push(field.kind === 'number' ? Buffer.concat([padding, bytes]) : Buffer.concat([bytes, padding]));
  }
  return Buffer.concat(cells);
}

export function decodeFixed(layout: readonly FixedField[], bytes: Buffer): string[] {
  let at = 0;
  return layout.map((field) => {
    const cell = iconv.decode(bytes.subarray(at, (at += field.bytes)), 'gb18030');
    return cell.trim();
  });
}
