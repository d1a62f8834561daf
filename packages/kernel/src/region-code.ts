import { parsed, refused, type Parsed } from './parsed.ts';
import { cleanCode } from './plain-text.ts';

/** Twelve-digit statistical code of a division; its level shows in the trailing zeros. */
export type RegionCode = string;

export type RegionLevel = 'nation' | 'province' | 'city' | 'county' | 'town' | 'village';

export const nationCode: RegionCode = '000000000000';

export const regionLevels: readonly RegionLevel[] = ['nation', 'province', 'city', 'county', 'town', 'village'];

const significantDigits: Record<RegionLevel, number> = { nation: 0, province: 2, city: 4, county: 6, town: 9, village: 12 };

/** Reads a code of 2, 4, 6, 9 or 12 digits, padded to twelve. */
export function parseRegionCode(text: string): Parsed<RegionCode, 'empty' | 'format'> {
  const code = cleanCode(text);
  if (code === '') return refused('empty');
  return /^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/u.test(code) ? parsed(code.padEnd(12, '0')) : refused('format');
}

export function isRegionCode(text: string): boolean {
  return /^\d{12}$/u.test(text);
}

export function regionLevelOf(code: RegionCode): RegionLevel {
  if (!code.endsWith('000')) return 'village';
  if (code.slice(6, 9) !== '000') return 'town';
  if (code.slice(4, 6) !== '00') return 'county';
  if (code.slice(2, 4) !== '00') return 'city';
  return code.slice(0, 2) === '00' ? 'nation' : 'province';
}

/** The digits that every division below shares. */
export function regionPrefixOf(code: RegionCode): string {
  return code.slice(0, significantDigits[regionLevelOf(code)]);
}

/** Half-open range of text that holds a division and all below it (`:` follows `9` in the C collation). */
export function regionRange(code: RegionCode): { readonly from: string; readonly to: string } {
  const prefix = regionPrefixOf(code);
  return { from: prefix, to: `${prefix}:` };
}

export function isWithin(code: RegionCode, scope: RegionCode): boolean {
  return code.startsWith(regionPrefixOf(scope));
}

/** The twelve-digit code of the county that a division lies in (itself when higher than a county). */
export function countyCodeOf(code: RegionCode): RegionCode {
  return `${code.slice(0, 6)}000000`;
}

/** The division above, nothing for the nation. */
export function parentRegionOf(code: RegionCode): RegionCode | undefined {
  const level = regionLevels.indexOf(regionLevelOf(code));
  return level === 0 ? undefined : code.slice(0, significantDigits[regionLevels[level - 1]!]).padEnd(12, '0');
}

/** Divisions above, the nation first, without the division itself. */
export function ancestorsOf(code: RegionCode): RegionCode[] {
  const parent = parentRegionOf(code);
  return parent === undefined ? [] : [...ancestorsOf(parent), parent];
}
