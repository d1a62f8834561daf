import { findToldDay } from './on-day.ts';

const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The day in China on which a moment lies, `YYYY-MM-DD`: deadlines and ages do not depend on where the server stands. */
export function dayOf(moment: Date): string {
  return local.format(moment);
}

/** Today in China, `YYYY-MM-DD`. */
export function today(): string {
  return findToldDay() ?? dayOf(new Date());
}

/** This moment; on a told day of the demo's past one in its morning, later ones after earlier ones. */
export function thisMoment(): Date {
  const told = findToldDay();
  return told === undefined ? new Date() : new Date(Date.parse(`${told}T09:00:00+08:00`) + performance.now());
}

/** Hour of the local day, 0 to 23. */
export function hourOfDay(): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' }).format(new Date()));
}
