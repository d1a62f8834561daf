/** Today in China, `YYYY-MM-DD`: deadlines and ages do not depend on where the server stands. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}
