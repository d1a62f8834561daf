import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedCluster } from '#platform/database/embedded-cluster.ts';
import { openKeyring } from '#platform/personal-data/keyring.ts';
import { runSunlit } from '#testing/run-sunlit.ts';

let root: string;
let environment: Record<string, string>;
let passwords: Record<'superuser', string>;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sunlit-backup-'));
  chmodSync(root, 0o755);
  environment = { SUNLIT_DATA: join(root, 'data'), SUNLIT_KEYS: join(root, 'keys') };
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The running database of a data folder, as its superuser. */
async function withDatabase<Result>(folder: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const cluster = await startEmbeddedCluster({ folder, password: passwords.superuser, walArchive: join(folder, 'wal-archive') });
  const client = new pg.Client({ connectionString: cluster.superuserUrl('sunlit') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
    await cluster.leave();
  }
}

const readDays = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ name: string }>(`SELECT name FROM platform.non_working_day WHERE basis = 'drill' ORDER BY name`)).rows.map(({ name }) => name);

it('restores to the moment before a mistake: every row until then, none after, the audit chain intact', async () => {
  const set = await runSunlit(environment, ['setup', '--region', '320800000000', '--json']);
  expect(set, set.error).toMatchObject({ code: 0 });
  passwords = (JSON.parse(readFileSync(join(root, 'keys', 'keyring.json'), 'utf8')) as { database: typeof passwords }).database;
  mkdirSync(join(root, 'data', 'files', 'ab'), { recursive: true });
  writeFileSync(join(root, 'data', 'files', 'ab', 'before'), 'sealed');

  const insert = (client: pg.Client, name: string) => client.query(`INSERT INTO platform.non_working_day VALUES (date '2030-01-01' + (SELECT count(*)::int FROM platform.non_working_day), false, $1, 'drill')`, [name]);
  let moment = '';
  const backup = join(root, 'backup');
  await withDatabase(join(root, 'data'), async (client) => {
    await insert(client, '1 before the backup');
    const made = await runSunlit(environment, ['backup', '--to', backup, '--json']);
    expect(made, made.error).toMatchObject({ code: 0 });
    writeFileSync(join(root, 'data', 'files', 'ab', 'after'), 'sealed');
    await insert(client, '2 after the backup');
    await wait(50);
    moment = (await client.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]!.now.toISOString();
    await wait(50);
    await insert(client, '3 the mistake');
    await client.query('DELETE FROM organisation.staff_role');
  });

  const into = join(root, 'restored');
  const restored = await runSunlit(environment, ['restore', '--from', backup, '--to-time', moment, '--into', into, '--json']);
  expect(restored, restored.error).toMatchObject({ code: 0 });
  expect(JSON.parse(restored.out)).toMatchObject({ audit: { intact: true, problems: [] } });
  await withDatabase(into, async (client) => {
    expect(await readDays(client)).toEqual(['1 before the backup', '2 after the backup']);
    expect((await client.query('SELECT 1 FROM organisation.staff_role')).rowCount).toBe(3);
  });
  await withDatabase(join(root, 'data'), async (client) => expect(await readDays(client)).toHaveLength(3));
  expect(readdirSync(join(into, 'files', 'ab')).sort()).toEqual(['after', 'before']);

  const verified = await runSunlit({ ...environment, SUNLIT_DATA: into }, ['verify-audit', '--json']);
  expect(JSON.parse(verified.out)).toMatchObject({ intact: true });
});

it('holds no key, and refuses what would lose data', async () => {
  const backup = join(root, 'backup');
  const manifest = readFileSync(join(backup, 'manifest.json'), 'utf8');
  expect(manifest).not.toContain('keyring');
  const restore = (from: string, into: string, extra: Record<string, string> = {}, more: string[] = []) => runSunlit({ ...environment, ...extra }, ['restore', '--from', from, '--into', into, ...more]);

  const full = await restore(backup, join(root, 'data'));
  expect(full.code).toBe(1);
  expect(full.error).toContain('不是空的');
  const fresh = join(root, 'fresh');
  const otherKeys = join(root, 'other-keys');
  openKeyring(otherKeys, { dataExists: false });
  const noKeys = await restore(backup, fresh, { SUNLIT_KEYS: otherKeys });
  expect(noKeys).toMatchObject({ code: 1 });
  expect(noKeys.error).toContain('另一套密钥');
  const early = await restore(backup, fresh, {}, ['--to-time', '2020-01-01T00:00:00']);
  expect(early.error).toContain('更早的备份');
  const late = await restore(backup, fresh, {}, ['--to-time', new Date().toISOString()]);
  expect(late, late.error).toMatchObject({ code: 1 });
  expect(late.error).toContain('--to-time');

  const damaged = join(root, 'damaged');
  cpSync(backup, damaged, { recursive: true });
  writeFileSync(join(damaged, 'postgres', 'PG_VERSION'), '17\n');
  const refused = await restore(damaged, fresh);
  expect(refused.error).toContain('PG_VERSION');
  expect(existsSync(fresh) ? readdirSync(fresh) : []).toEqual([]);

  const external = { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x', DATABASE_OWNER_URL: 'postgres://a:b@127.0.0.1:1/x' };
  expect((await runSunlit({ ...environment, ...external }, ['backup'])).error).toContain('pg_basebackup');
  expect((await restore(backup, fresh, external)).error).toContain('pg_basebackup');
});
