import { parsed, refused, type Parsed } from './parsed.ts';
import { cleanCell } from './plain-text.ts';

/** A day without a time zone, `YYYY-MM-DD`; sorts as text. */
export type CalendarDate = string;

export type CalendarDateProblem = 'empty' | 'incomplete' | 'format' | 'impossible';

const separated = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s].*)?$/u;
const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?(?:\.0+)?$/u;
const monthOnly = /^\d{4}\s*(?:[-/.年]\s*)?\d{1,2}\s*月?$/u;
/** Excel counts days since 1899-12-30; five digits are 1927 to 2173 and can be nothing else. */
const excelSerial = /^(\d{5})(?:\.\d+)?$/u;

/** Reads the habits of Chinese offices and of Excel; a day that does not exist is refused, never moved. */
export function parseCalendarDate(text: string): Parsed<CalendarDate, CalendarDateProblem> {
  const cell = cleanCell(text);
  if (cell === '') return refused('empty');
  const serial = excelSerial.exec(cell);
  if (serial) return parsed(addDays('1899-12-30', Number(serial[1])));
  const parts = separated.exec(cell) ?? compact.exec(cell);
  if (!parts) return refused(monthOnly.test(cell) ? 'incomplete' : 'format');
  const date = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`;
  return isCalendarDate(date) ? parsed(date) : refused('impossible');
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text) || text < '1800') return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (daysOfMonth[month - 1] ?? 0) + (leap ? 1 : 0);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Full years of age on a day; someone born on 29 February is a year older on 1 March. */
export function ageOn(birthDate: CalendarDate, date: CalendarDate): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
