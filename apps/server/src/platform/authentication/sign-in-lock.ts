import { sql } from 'kysely';
import { getDatabase } from '../database/database.ts';
import { AppError } from '../errors.ts';

/** Ten wrong passwords within fifteen minutes lock the account for fifteen minutes (GB/T 22239: failed sign-ins must lock). */
const allowed = 10;
const minutes = 15;

export async function requireNotLocked(userName: string): Promise<void> {
  const row = await getDatabase().app.selectFrom('platform.sign_in_lock').select('locked_until').where('user_name', '=', userName).executeTakeFirst();
  if (row?.locked_until && row.locked_until > new Date()) throw new AppError('account-locked');
}

export async function countFailure(userName: string): Promise<void> {
  await sql`
    INSERT INTO platform.sign_in_lock AS l (user_name, failures, window_started_at) VALUES (${userName}, 1, now())
    ON CONFLICT (user_name) DO UPDATE SET
      failures = CASE WHEN l.window_started_at < now() - make_interval(mins => ${minutes}) THEN 1 ELSE l.failures + 1 END,
      window_started_at = CASE WHEN l.window_started_at < now() - make_interval(mins => ${minutes}) THEN now() ELSE l.window_started_at END,
      locked_until = CASE WHEN l.window_started_at >= now() - make_interval(mins => ${minutes}) AND l.failures + 1 >= ${allowed} THEN now() + make_interval(mins => ${minutes}) ELSE l.locked_until END`.execute(
    getDatabase().app,
  );
}

export async function clearFailures(userName: string): Promise<void> {
  await getDatabase().app.deleteFrom('platform.sign_in_lock').where('user_name', '=', userName).execute();
}
