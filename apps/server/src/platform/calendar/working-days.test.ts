import { describe, expect, it } from 'vitest';
import { addWorkingDays, calendarWarning, workingCalendar, workingDaysLeft } from './working-days.ts';

/** National Day 2026: 1 to 7 October off, Saturday 10 October worked. */
const calendar = workingCalendar(
  new Map([
    ...['01', '02', '05', '06', '07'].map((day): [string, boolean] => [`2026-10-${day}`, false]),
    ['2026-10-10', true],
  ]),
);

describe('working days', () => {
  it('skip weekends and holidays, and count weekends worked in exchange; the first day does not count', () => {
    expect(addWorkingDays(calendar, '2026-09-30', 1)).toBe('2026-10-08');
    expect(addWorkingDays(calendar, '2026-10-09', 1)).toBe('2026-10-10');
    expect(addWorkingDays(calendar, '2026-11-27', 1)).toBe('2026-11-30');
  });
  it('left until a day, negative once it is past', () => {
    expect(workingDaysLeft(calendar, '2026-09-30', '2026-10-09')).toBe(2);
    expect(workingDaysLeft(calendar, '2026-10-12', '2026-10-12')).toBe(0);
    expect(workingDaysLeft(calendar, '2026-10-12', '2026-10-09')).toBe(-2);
  });
  it('beyond the published calendar are announced as uncertain', () => {
    expect(calendarWarning(calendar, '2026-06-01')).toBeUndefined();
    expect(calendarWarning(calendar, '2026-12-01')).toContain('2026-12-31');
    expect(calendarWarning(workingCalendar(new Map()), '2026-12-01')).toBeDefined();
  });
});
