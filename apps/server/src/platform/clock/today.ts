/** Today in China, `YYYY-MM-DD`: deadlines and ages do not depend on where the server stands. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** Hour of the local day, 0 to 23. */
export function hourOfDay(): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' }).format(new Date()));
}
