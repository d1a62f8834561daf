import { sql } from 'kysely';
import { inIdentityTransaction } from '#platform/database/transaction.ts';

/** Visits that ended a day ago; that somebody looked stays in the audit trail. */
export async function forgetVisits(): Promise<void> {
  await inIdentityTransaction((trx) => sql`DELETE FROM my_file.visit WHERE ends_at < now() - interval '1 day'`.execute(trx));
}
