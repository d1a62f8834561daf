import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { getDatabase } from './database.ts';

/**
 * One holder of a name at a time across all processes; the others wait. The lock lives in a database session, so that
 * it ends with the process that held it, however that ends.
 */
export async function withExclusiveLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return inSession(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [keyOf(name)]);
    return releasing(client, name, work);
  });
}

/** Works only if nobody holds the name now; says whether it did. */
export async function withExclusiveLockIfFree(name: string, work: () => Promise<void>): Promise<boolean> {
  return inSession(async (client) => {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [keyOf(name)]);
    if (rows[0]?.taken) await releasing(client, name, work);
    return rows[0]?.taken === true;
  });
}

function keyOf(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}

async function inSession<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await getDatabase().appPool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    // A connection that may still hold the lock is closed, and the lock with it.
    client.release(true);
    throw error;
  }
}

async function releasing<Result>(client: PoolClient, name: string, work: () => Promise<Result>): Promise<Result> {
  const result = await work();
  await client.query('SELECT pg_advisory_unlock($1)', [keyOf(name)]);
  return result;
}
