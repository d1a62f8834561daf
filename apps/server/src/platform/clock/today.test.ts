import { expect, it } from 'vitest';
import { onDay } from './on-day.ts';
import { dayOf, today } from './today.ts';

it('takes the day from the clock in China, not from the server’s', () => {
  expect(dayOf(new Date('2026-11-24T15:59:59Z'))).toBe('2026-11-24');
  expect(dayOf(new Date('2026-11-24T16:00:00Z'))).toBe('2026-11-25');
});

it('tells another day to the work that asked for it, and to nobody beside it', async () => {
  const [told, beside] = await Promise.all([onDay('2026-01-05', async () => (await Promise.resolve(), today())), Promise.resolve().then(today)]);
  expect(told).toBe('2026-01-05');
  expect(beside).toBe(dayOf(new Date()));
});
