import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFreePort, runSunlit, startSunlit } from '#testing/run-sunlit.ts';

let root: string;
let port: number;
let environment: Record<string, string>;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'sunlit-processes-'));
  chmodSync(root, 0o755);
  port = await findFreePort();
  environment = { SUNLIT_DATA: join(root, 'data'), SUNLIT_KEYS: join(root, 'keys'), PORT: String(port) };
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Number of the database server of the data folder while it lives. */
function databasePid(): number | undefined {
  try {
    const pid = Number(readFileSync(join(root, 'data', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

async function query(text: string): Promise<Record<string, unknown>[]> {
  const { database } = JSON.parse(readFileSync(join(root, 'keys', 'keyring.json'), 'utf8')) as { database: { superuser: string } };
  const databasePort = readFileSync(join(root, 'data', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
  const client = new pg.Client({ connectionString: `postgres://sunlit_superuser:${database.superuser}@127.0.0.1:${databasePort}/sunlit` });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Beside the running server, as a scoped service account, through the same locks. */
async function delivers(): Promise<void> {
  await query(`INSERT INTO organisation.staff (id, user_name, display_name, region_code, department_code, service) VALUES ('01890000-0000-7000-8000-000000000009', 'police-feed', 'police-feed', '320800000000', 'public-security', true)`);
  await query(`INSERT INTO organisation.staff_role VALUES ('01890000-0000-7000-8000-000000000009', 'data-provider')`);
  const file = join(root, '车辆.csv');
  writeFileSync(file, '身份证号,所有人,车辆类型,初次登记日期,机动车状态\n399900196001010018,张三,小型轿车,2020-01-01,正常\n');
  const intake = (as: string, kind: string) => runSunlit(environment, ['intake', file, '--kind', kind, '--as-of', '2026-03-01', '--as', as, '--json']);
  const delivered = await intake('police-feed', 'vehicle');
  const view = JSON.parse(delivered.out) as { state: string; rows: number; deliveredBy: string };
  expect(view).toMatchObject({ rows: 1, deliveredBy: 'police-feed' });
  expect(delivered.code).toBe(view.state === 'accepted' ? 0 : 1);
  expect(delivered.out).not.toContain('3999001960');
  expect(await query(`SELECT 1 FROM audit.record WHERE action = 'dataset.deliver' AND actor_name = 'police-feed'`)).toHaveLength(1);
  for (const [as, kind, reason] of [['nobody', 'vehicle', '没有账号'], ['police-feed', 'fiscal-payroll', '']] as const) {
    const refused = await intake(as, kind);
    expect(refused, kind).toMatchObject({ code: 1, out: '' });
    expect(refused.error).toContain(reason);
  }
}

const ready = /http:\/\/127\.0\.0\.1/;

it('kill -9 loses nothing: the next start adopts the database, takes interrupted jobs back, and Ctrl-C stops it all', async () => {
  const first = await startSunlit(environment, ['serve'], ready);
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
  const database = databasePid();
  expect(database).toBeDefined();
  // A job in the hands of the process, as a crash leaves it.
  await query(`INSERT INTO platform.non_working_day VALUES ('2030-01-01', false, 'written before the crash', 'test')`);
  await query(`INSERT INTO jobs.job (name, data, state, started_on, heartbeat_on, retry_limit, expire_seconds) VALUES ('delivery-check', '{"actorId":"01890000-0000-7000-8000-000000000000","subjectId":"01890000-0000-7000-8000-000000000001"}', 'active', now(), now(), 1, 10800)`);
  // An event whose command has committed and that nobody has delivered yet.
  await query(`WITH e AS (INSERT INTO platform.event (id, name, subject, payload, actor_id) VALUES (gen_random_uuid(), 'household.changed', 's', '{"householdId":"01890000-0000-7000-8000-000000000002","change":"status"}', gen_random_uuid()) RETURNING id)
    INSERT INTO platform.event_delivery (event_id, subscriber, subject, attempts, due_at) SELECT id, 'findings.note-household-change', 's', 1, now() + interval '2 s' FROM e`);
  await first.stop('SIGKILL');
  expect(databasePid()).toBe(database);

  const second = await startSunlit(environment, ['serve'], ready);
  expect(databasePid()).toBe(database);
  expect(await query(`SELECT 1 FROM platform.non_working_day WHERE name = 'written before the crash'`)).toHaveLength(1);
  // Taken again within seconds, and refused by its handler this time: its account does not exist.
  await expect.poll(() => query(`SELECT state, retry_count FROM jobs.job WHERE name = 'delivery-check'`), { timeout: 10_000 }).toMatchObject([{ state: 'failed', retry_count: 1 }]);

  await expect.poll(() => query('SELECT state FROM platform.event_delivery'), { timeout: 10_000 }).toEqual([{ state: 'done' }]);

  const other = await runSunlit({ ...environment, PORT: String(await findFreePort()) }, ['serve']);
  expect(other).toMatchObject({ code: 1, out: '' });
  expect(other.error.trim().split('\n')).toEqual([expect.stringContaining('正被另一个 Sunlit 进程') as string]);
  await delivers();
  const beside = await runSunlit(environment, ['verify-audit', '--json']);
  expect(JSON.parse(beside.out)).toMatchObject({ intact: true });
  expect(databasePid()).toBe(database);

  expect(await second.stop('SIGINT')).toBe(0);
  for (let attempt = 0; attempt < 50 && databasePid() !== undefined; attempt += 1) await wait(100);
  expect(databasePid()).toBeUndefined();
});

it('lets two commands without a server work side by side: the last to end stops the database', async () => {
  const runs = await Promise.all([1, 2, 3].map(() => runSunlit(environment, ['verify-audit', '--json'])));
  expect(runs.map((one) => one.code)).toEqual([0, 0, 0]);
  expect(databasePid()).toBeUndefined();
});

it('says in one sentence why it cannot start', async () => {
  const listener = createServer().listen(port, '127.0.0.1');
  const taken = await runSunlit(environment, ['serve']);
  listener.close();
  expect(taken.code).toBe(1);
  expect(taken.error.trim().split('\n')).toEqual([expect.stringContaining(`端口 ${port} 已被占用`) as string]);
  expect(databasePid()).toBeUndefined();

  renameSync(join(root, 'keys'), join(root, 'keys-elsewhere'));
  const keyless = await runSunlit(environment, ['serve']);
  renameSync(join(root, 'keys-elsewhere'), join(root, 'keys'));
  expect(keyless.code).toBe(1);
  expect(keyless.error.trim().split('\n')).toEqual([expect.stringContaining('找不到密钥文件') as string]);

  const odd = await runSunlit({ ...environment, PORT: 'eighty' }, ['serve']);
  expect(odd).toMatchObject({ code: 1 });
  expect(odd.error.trim().split('\n')).toEqual([expect.stringContaining('PORT') as string]);
  expect((await runSunlit(environment, ['no-such-command'])).code).toBe(2);
});

it('says so when the data folder cannot be written', async () => {
  const closed = join(root, 'closed');
  mkdirSync(closed, { mode: 0o555 });
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const refused = await runSunlit({ SUNLIT_DATA: join(closed, 'data'), SUNLIT_KEYS: join(closed, 'keys') }, ['serve'], user);
  expect(refused.code).toBe(1);
  expect(refused.error.trim().split('\n')).toEqual([expect.stringContaining('不可写') as string]);
});
