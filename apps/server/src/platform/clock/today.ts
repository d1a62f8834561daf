import { AsyncLocalStorage } from 'node:async_hooks';

const told = new AsyncLocalStorage<string>();

/** Does the work as if it were that day: whoever tells a past year goes through it day by day. Nothing that is served may use it. */
export function onDay<Result>(day: string, work: () => Promise<Result>): Promise<Result> {
  return told.run(day, work);
}

/** Today in China, `YYYY-MM-DD`: deadlines and ages do not depend on where the server stands. */
export function today(): string {
  return told.getStore() ?? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** Hour of the local day, 0 to 23. */
export function hourOfDay(): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' }).format(new Date()));
}
