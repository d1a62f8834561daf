import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { startEmbeddedCluster } from './embedded-cluster.ts';

const folder = mkdtempSync(join(tmpdir(), 'sunlit-cluster-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a database whose making was interrupted is made again, and nothing of the attempt is left', async () => {
  // As after kill -9: the version file is among the first that are written, the password file goes last.
  mkdirSync(join(folder, 'postgres.new-1'));
  writeFileSync(join(folder, 'postgres.new-1', 'PG_VERSION'), '18\n');
  writeFileSync(join(folder, '.initial-1'), 'secret');
  const cluster = await startEmbeddedCluster({ folder, password: 'secret', throwaway: true });
  try {
    const client = new pg.Client({ connectionString: cluster.superuserUrl('postgres') });
    await client.connect();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    expect(existsSync(join(folder, 'postgres.new-1'))).toBe(false);
    expect(existsSync(join(folder, '.initial-1'))).toBe(false);
  } finally {
    await cluster.leave();
  }
});
