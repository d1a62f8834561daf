import { sql } from 'kysely';
import { systemActor } from '../authorization/actor.ts';
import { hourOfDay, today } from '../clock/today.ts';
import { inTransaction, type Trx } from '../database/transaction.ts';

/** Puts its jobs into the queue, in the transaction that notes that the day's work was started. */
type DailyStart = (trx: Trx) => Promise<void>;

const starts = new Map<string, { hour: number; start: DailyStart }>();

/** Work of every day from an hour (local time) on; a machine that was off at night catches up when it starts. */
export function registerDailyWork(name: string, hour: number, start: DailyStart): void {
  starts.set(name, { hour, start });
}

/** Starts what is due today and was not started yet, by whichever process comes first. */
export async function startDailyWork(hourNow = hourOfDay()): Promise<void> {
  for (const [name, { hour, start }] of starts) {
    if (hourNow < hour) continue;
    await inTransaction(systemActor, async (trx) => {
      const { numAffectedRows } = await sql`INSERT INTO platform.daily_run (name, day) VALUES (${name}, ${today()}::date) ON CONFLICT DO NOTHING`.execute(trx);
      if (numAffectedRows === 1n) await start(trx);
    });
  }
}
