import { expect, test } from 'vitest';
import { countWeekdays, formatFen, formatShare, shortenNumber } from './formatters.ts';

test('money is shown in yuan with two decimals', () => {
  expect(formatFen(66000)).toBe('660.00');
  expect(formatFen(-123456789)).toBe('-1,234,567.89');
});

test('large numbers are shortened as each language counts', () => {
  expect(shortenNumber(9999, 'zh-CN')).toBe('9999');
  expect(shortenNumber(422_000, 'zh-CN')).toBe('42.2万');
  expect(shortenNumber(286_000_000, 'zh-CN')).toBe('2.86亿');
  expect(shortenNumber(21_708_600, 'en')).toBe('21.71 million');
});

test('weekdays are counted in both directions and weekends left out', () => {
  expect(countWeekdays('2026-11-24', '2026-11-26')).toBe(2);
  expect(countWeekdays('2026-11-27', '2026-11-30')).toBe(1);
  expect(countWeekdays('2026-11-24', '2026-11-20')).toBe(-2);
  expect(countWeekdays('2026-11-24', '2026-11-24')).toBe(0);
});

test('shares show one decimal', () => {
  expect(formatShare(0.987)).toBe('98.7 %');
});
