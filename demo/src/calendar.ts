/** The day the synthetic city stands still: every file describes it up to here. */
export const demoAsOf = '2026-10-31';
/** The county registered its households at the beginning of the fiscal year. */
export const registeredOn = '2026-01-01';
export const schoolYearStart = '2026-09-01';

/** The twelve months up to the demo's day, oldest first. */
export const months: readonly string[] = Array.from({ length: 12 }, (_, index) => {
  const month = 2025 * 12 + 10 + index;
  return `${Math.floor(month / 12)}-${two((month % 12) + 1)}`;
});

const epoch = Date.UTC(1900, 0, 1);
const day = 86_400_000;
const texts: string[] = [];

/** `YYYY-MM-DD` of a day counted from 1900-01-01. */
export function dateOfDay(number: number): string {
  return (texts[number] ??= new Date(epoch + number * day).toISOString().slice(0, 10));
}

export function dayOfDate(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - epoch) / day);
}

export function ageOn(birth: string, date: string): number {
  return Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5) < birth.slice(5) ? 1 : 0);
}

export function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
