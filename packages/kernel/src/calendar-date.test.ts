import { expect, it } from 'vitest';
import { ageOn, parseCalendarDate } from './calendar-date.ts';
import { addMonths, parseMonth } from './month.ts';

it.each(['2026/3/5', '20260305', '2026年3月5日', '２０２６－０３－０５', '2026.03.05', '2026-03-05 00:00:00', '2026-03-05T00:00:00.000Z', '46086'])(
  'reads the date %s',
  (text) => {
    expect(parseCalendarDate(text)).toEqual({ ok: true, value: '2026-03-05' });
  },
);

it.each([
  ['', 'empty'],
  ['2026-02-30', 'impossible'],
  ['2026-03', 'incomplete'],
  ['长期', 'format'],
  ['0026-03-05', 'impossible'],
])('refuses the date %s: %s', (text, problem) => {
  expect(parseCalendarDate(text)).toEqual({ ok: false, problem });
});

it.each(['202603', '2026年3月', '2026-03', '2026/3', '2026.03', '2026年03月份', '2026-03-31', '46086'])('reads the month %s', (text) => {
  expect(parseMonth(text)).toEqual({ ok: true, value: '2026-03' });
});

it.each([
  ['202613', 'impossible'],
  ['三月', 'format'],
])('refuses the month %s: %s', (text, problem) => {
  expect(parseMonth(text)).toEqual({ ok: false, problem });
});

it('counts months and years', () => {
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(ageOn('1966-03-05', '2026-03-04')).toBe(59);
  expect(ageOn('1966-03-05', '2026-03-05')).toBe(60);
});
