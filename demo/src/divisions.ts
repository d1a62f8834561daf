import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Village {
  /** 12 digits */
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly county: string;
  readonly countyCode: string;
}

const source = fileURLToPath(new URL('../../regions/_base/divisions/jiangsu.csv', import.meta.url));

/** The villages and communities of a city or province in code order; the divisions are real, everything else is made up. */
export function villagesOf(codePrefix: string): Village[] {
  const rows = readFileSync(source, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  const names = new Map(rows.map(([code, name]) => [code ?? '', name ?? '']));
  const villages: Village[] = [];
  for (const [code = '', name = '', level] of rows) {
    if (level !== 'village' || !code.startsWith(codePrefix)) continue;
    const countyCode = `${code.slice(0, 6)}000000`;
    villages.push({
      code,
      name,
      town: names.get(`${code.slice(0, 9)}000`) ?? '',
      county: names.get(countyCode) ?? '',
      countyCode,
    });
  }
  return villages.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
