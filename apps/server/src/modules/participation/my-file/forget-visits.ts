import { sql } from 'kysely';
import { inIdentityTransaction } from '#platform/database/transaction.ts';

/** Visits that ended a day ago; that somebody looked stays in the audit trail. */
export async function forgetVisits(): Promise<void> {
  await inIdentityTransaction(async (trx) => {
    await sql`DELETE FROM my_file.visit WHERE ends_at < now() - interval '1 day'`.execute(trx);
    await sql`DELETE FROM my_file.used_sign_in WHERE used_at < now() - interval '1 day'`.execute(trx);
  });
}
