import { expect, it } from 'vitest';
import { formatYuan, isInTenThousands, parseYuan } from './money.ts';

it.each([
  ['1,234.50', 123_450],
  ['１２３４．５', 123_450],
  ['￥1234.5元', 123_450],
  ['1.5万', 1_500_000],
  ['3万元', 3_000_000],
  ['12.299999999999999', 1_230],
  ['-0.01', -1],
  ['(20)', -2_000],
  ['1.2E+4', 1_200_000],
  ['0', 0],
])('reads %s', (text, fen) => {
  expect(parseYuan(text)).toEqual({ ok: true, value: fen });
});

it.each([
  ['', 'empty'],
  ['无', 'format'],
  ['12.3.4', 'format'],
  ['99999999999999999', 'range'],
])('refuses %s', (text, problem) => {
  expect(parseYuan(text)).toEqual({ ok: false, problem });
});

it('takes the unit of the cell before that of its column', () => {
  expect(isInTenThousands('注册资本（万元）')).toBe(true);
  expect(['3.2', '32000元', '3.2万', '1,000'].map((text) => parseYuan(text, true))).toEqual([3_200_000, 3_200_000, 3_200_000, 1_000_000_000].map((value) => ({ ok: true, value })));
});

it('formats fen', () => {
  expect(formatYuan(123_456_705)).toBe('1,234,567.05');
  expect(formatYuan(-5)).toBe('-0.05');
  expect(() => formatYuan(0.5)).toThrow(RangeError);
});
