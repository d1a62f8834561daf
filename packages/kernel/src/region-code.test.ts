import { expect, it } from 'vitest';
import { ancestorsOf, countyCodeOf, isWithin, nationCode, parseRegionCode, regionLevelOf, regionRange } from './region-code.ts';

const village = '320803001001';

it.each([
  [nationCode, 'nation', '', ':'],
  ['320000000000', 'province', '32', '32:'],
  ['320800000000', 'city', '3208', '3208:'],
  ['320803000000', 'county', '320803', '320803:'],
  ['320803100000', 'town', '320803100', '320803100:'],
  [village, 'village', village, `${village}:`],
])('%s is a %s', (code, level, from, to) => {
  expect(regionLevelOf(code)).toBe(level);
  expect(regionRange(code)).toEqual({ from, to });
  expect(code >= from && code < to).toBe(true);
});

it('knows what lies where', () => {
  expect(ancestorsOf(village)).toEqual([nationCode, '320000000000', '320800000000', '320803000000', '320803001000']);
  expect(isWithin(village, '320803000000')).toBe(true);
  expect(isWithin('320813000000', '320803000000')).toBe(false);
  expect(countyCodeOf(village)).toBe('320803000000');
  expect(parseRegionCode('320803')).toEqual({ ok: true, value: '320803000000' });
});
