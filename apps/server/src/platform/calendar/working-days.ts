import { addDays } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '../database/transaction.ts';

/** Days that differ from “Monday to Friday works”. */
export interface WorkingCalendar {
  isWorkingDay: (day: string) => boolean;
  /** last day for which holidays are known; later days count Monday to Friday only */
  knownUntil: string | null;
}

export function workingCalendar(exceptions: ReadonlyMap<string, boolean>): WorkingCalendar {
  const days = [...exceptions.keys()].sort();
  return {
    isWorkingDay: (day) => {
      const exception = exceptions.get(day);
      if (exception !== undefined) return exception;
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      return weekday !== 0 && weekday !== 6;
    },
    knownUntil: days.at(-1)?.slice(0, 4).concat('-12-31') ?? null,
  };
}

/** The day `count` working days after `day` (the day itself does not count: 民法典 201 条). */
export function addWorkingDays(calendar: WorkingCalendar, day: string, count: number): string {
  let current = day;
  for (let left = count; left > 0; ) {
    current = addDays(current, 1);
    if (calendar.isWorkingDay(current)) left -= 1;
  }
  return current;
}

/** Working days from today to the due day; negative when overdue. */
export function workingDaysLeft(calendar: WorkingCalendar, today: string, dueOn: string): number {
  if (dueOn === today) return 0;
  const forward = dueOn > today;
  let count = 0;
  for (let current = forward ? today : dueOn; current !== (forward ? dueOn : today); ) {
    current = addDays(current, 1);
    if (calendar.isWorkingDay(current)) count += 1;
  }
  return forward ? count : -count;
}

let cached: { calendar: WorkingCalendar; at: number } | undefined;

export async function loadCalendar(trx: Trx): Promise<WorkingCalendar> {
  if (cached && Date.now() - cached.at < 60_000) return cached.calendar;
  const { rows } = await sql<{ day: string; working: boolean }>`SELECT day, working FROM platform.non_working_day`.execute(trx);
  const calendar = workingCalendar(new Map(rows.map((row) => [row.day, row.working])));
  cached = { calendar, at: Date.now() };
  return calendar;
}

/** Tells the operator when the published holidays end soon: deadlines beyond count Monday to Friday only. */
export function calendarWarning(calendar: WorkingCalendar, day: string): string | undefined {
  if (calendar.knownUntil !== null && addDays(day, 45) <= calendar.knownUntil) return undefined;
  return `holidays are known until ${calendar.knownUntil ?? 'never'}; update the product for next year's calendar`;
}
