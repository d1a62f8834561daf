import { createHash } from 'node:crypto';
import { getDatabase } from './database.ts';

/**
 * One holder of a name at a time across all processes; the others wait. The lock lives in a database session, so that
 * it ends with the process that held it, however that ends.
 */
export async function withExclusiveLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const key = createHash('sha256').update(name).digest().readBigInt64BE().toString();
  const client = await getDatabase().appPool.connect();
  let broken: Error | undefined;
  try {
    await client.query('SELECT pg_advisory_lock($1)', [key]);
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [key]).catch((error: Error) => (broken = error));
    // A connection that could not let go is closed, and the lock with it.
    client.release(broken);
  }
}
