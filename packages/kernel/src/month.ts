import { parseCalendarDate, type CalendarDate } from './calendar-date.ts';
import { parsed, refused, type Parsed } from './parsed.ts';
import { cleanCell } from './plain-text.ts';

/** `YYYY-MM`; sorts as text. */
export type Month = string;

export type MonthProblem = 'empty' | 'format' | 'impossible';

const habits = /^(\d{4})\s*(?:[-/.年]\s*)?(\d{1,2})\s*月?(?:份)?$/u;

/** A month as offices write it; a whole date is read as its month. */
export function parseMonth(text: string): Parsed<Month, MonthProblem> {
  const cell = cleanCell(text);
  if (cell === '') return refused('empty');
  const parts = habits.exec(cell);
  const ambiguous = /^\d{5}$/u.test(cell);
  if (parts && !ambiguous) {
    const month = `${parts[1]}-${parts[2]!.padStart(2, '0')}`;
    return isMonth(month) ? parsed(month) : refused('impossible');
  }
  const date = parseCalendarDate(cell);
  if (date.ok) return parsed(monthOf(date.value));
  return refused(date.problem === 'impossible' ? 'impossible' : 'format');
}

export function isMonth(text: string): boolean {
  return /^(?:1[89]|2\d)\d{2}-(?:0[1-9]|1[0-2])$/u.test(text);
}

export function monthOf(date: CalendarDate): Month {
  return date.slice(0, 7);
}

export function addMonths(month: Month, months: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}
