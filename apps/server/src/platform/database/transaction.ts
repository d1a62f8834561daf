import { regionRange } from '@sunlit/kernel';
import { sql, type Transaction } from 'kysely';
import type { Actor } from '../authorization/actor.ts';
import { getDatabase } from './database.ts';
import type { DB } from './schema.generated.ts';

export type Trx = Transaction<DB>;

/**
 * Runs work as an actor: the actor's region, id and duties become settings local to this transaction, which the
 * row-level policies read. Nothing outside them can be read or written, whatever the code says.
 */
export async function inTransaction<Result>(actor: Actor, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  return getDatabase()
    .app.transaction()
    .execute(async (trx) => {
      await applyActor(trx, actor);
      return work(trx);
    });
}

/** Like `inTransaction`, on one unchanging picture of the data (registry snapshots). */
export async function inSnapshot<Result>(actor: Actor, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  return getDatabase()
    .app.transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      await applyActor(trx, actor);
      return work(trx);
    });
}

export async function applyActor(trx: Trx, actor: Actor): Promise<void> {
  const range = regionRange(actor.regionCode);
  await sql`SELECT set_config('sunlit.region_from', ${range.from}, true), set_config('sunlit.region_to', ${range.to}, true),
    set_config('sunlit.actor_id', ${actor.accountId}, true),
    set_config('sunlit.provider', ${actor.provider ?? ''}, true),
    set_config('sunlit.own_households', ${actor.ownHouseholds.join(',')}, true),
    set_config('sunlit.officials', ${actor.permissions.has('finding.read-officials') ? 'on' : ''}, true),
    set_config('sunlit.audit_reader', ${actor.permissions.has('audit.read') ? 'on' : ''}, true),
    set_config('sunlit.worker', ${actor.kind === 'system' ? 'on' : ''}, true)`.execute(trx);
}

/** Sign-in only: reads accounts before any scope is known. */
export async function inIdentityTransaction<Result>(work: (trx: Trx) => Promise<Result>): Promise<Result> {
  return getDatabase()
    .app.transaction()
    .execute(async (trx) => {
      await sql`SELECT set_config('sunlit.identity', 'on', true)`.execute(trx);
      return work(trx);
    });
}
