import { regionRange } from '@sunlit/kernel';
import { sql, type Transaction } from 'kysely';
import type { PoolClient } from 'pg';
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

/** The settings that the row-level policies read, for an actor. */
function settingsOf(actor: Actor): [string, string][] {
  const range = regionRange(actor.regionCode);
  return [
    ['sunlit.region_from', range.from],
    ['sunlit.region_to', range.to],
    ['sunlit.actor_id', actor.accountId],
    ['sunlit.provider', actor.provider ?? ''],
    ['sunlit.own_households', actor.ownHouseholds.join(',')],
    ['sunlit.only_household', (actor.onlyHousehold ?? []).join(',')],
    ['sunlit.officials', actor.permissions.has('finding.read-officials') ? 'on' : ''],
    ['sunlit.audit_reader', actor.permissions.has('audit.read') ? 'on' : ''],
    ['sunlit.worker', actor.kind === 'system' ? 'on' : ''],
  ];
}

async function applyActor(trx: Trx, actor: Actor): Promise<void> {
  const settings = settingsOf(actor).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  await sql`SELECT ${sql.join(settings)}`.execute(trx);
}

/**
 * A plain connection inside one transaction of the actor, for COPY, which the query builder cannot stream. Reads one
 * unchanging picture when `snapshot` is set.
 */
export async function withCopyClient<Result>(actor: Actor, options: { snapshot: boolean }, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await getDatabase().appPool.connect();
  try {
    await client.query(options.snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN');
    for (const [name, value] of settingsOf(actor)) await client.query('SELECT set_config($1, $2, true)', [name, value]);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
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
