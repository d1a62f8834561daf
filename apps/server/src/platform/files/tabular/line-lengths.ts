import { TabularFileError } from './tabular-file-error.ts';

/** No row of a table is longer; the reader of whole files would drop it, or what it swallowed, without a word. */
export const longestLine = 1_000_000;

/** Sees a file pass in order, as text or bytes, and refuses it at the first line that cannot be a row. */
export class LineLengths {
  #open = 0;
  #sign: '\n' | '\r' | undefined;

  take(piece: string | Buffer): void {
    // Some old programs end lines with a carriage return alone.
    const sign = (this.#sign ??= piece.indexOf('\n') === -1 && piece.indexOf('\r') !== -1 ? '\r' : '\n');
    let place = piece.indexOf(sign);
    this.#open += place === -1 ? piece.length : place;
    if (this.#open > longestLine) throw new TabularFileError('line-too-long');
    if (place === -1) return;
    // From break to the farthest break within reach: a few steps for each megabyte.
    while (place + longestLine < piece.length) {
      const next = piece.lastIndexOf(sign, place + longestLine);
      if (next <= place) throw new TabularFileError('line-too-long');
      place = next;
    }
    this.#open = piece.length - piece.lastIndexOf(sign);
  }
}
