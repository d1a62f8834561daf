import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedCluster, type Cluster } from '#platform/database/embedded-cluster.ts';
import { findFreePort, runSunlit, startSunlit, type RunningSunlit } from '#testing/run-sunlit.ts';

let root: string;
let server: Cluster;
let environment: Record<string, string>;
let port: number;
const running: RunningSunlit[] = [];
const urlOf = (role: string) => `postgres://${role}:secret@127.0.0.1:${server.port}/county`;

/** A server that somebody else runs: roles and database made by its administrator, with names of their own. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'sunlit-existing-'));
  chmodSync(root, 0o755);
  server = await startEmbeddedCluster({ folder: root, password: 'secret', throwaway: true });
  const client = new pg.Client({ connectionString: server.superuserUrl('postgres') });
  await client.connect();
  await client.query(`CREATE ROLE county_owner LOGIN CREATEROLE PASSWORD 'secret'`);
  await client.query(`CREATE ROLE county_app LOGIN PASSWORD 'secret'`);
  await client.query('CREATE DATABASE county OWNER county_owner');
  await client.end();
  port = await findFreePort();
  environment = { SUNLIT_DATA: join(root, 'data'), SUNLIT_KEYS: join(root, 'keys'), PORT: String(port), DATABASE_URL: urlOf('county_app'), DATABASE_OWNER_URL: urlOf('county_owner') };
});
afterAll(async () => {
  for (const one of running) await one.stop();
  await server.leave();
  rmSync(root, { recursive: true, force: true });
});

const signIn = (userName: string, password: string, at = port) =>
  fetch(`http://127.0.0.1:${at}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userName, password }) });

it('several processes serve and work on an existing PostgreSQL without getting in each other’s way', async () => {
  const migrations = await Promise.all([1, 2].map(() => runSunlit(environment, ['migrate', '--json'])));
  for (const ran of migrations) expect(ran, ran.error).toMatchObject({ code: 0 });
  const nowhere = await runSunlit(environment, ['setup', '--region', '999999000000']);
  expect(nowhere.code).toBe(1);
  expect(nowhere.error).toContain('没有区划 999999000000');
  const set = await runSunlit(environment, ['setup', '--region', '320800000000', '--json']);
  expect(set, set.error).toMatchObject({ code: 0 });
  const { accounts } = JSON.parse(set.out) as { accounts: { userName: string; password: string }[] };
  const second = String(await findFreePort());
  running.push(
    ...(await Promise.all([
      startSunlit(environment, ['serve', '--no-worker'], /http:\/\/127/),
      startSunlit({ ...environment, PORT: second }, ['serve'], /http:\/\/127/),
      startSunlit(environment, ['worker'], /working on jobs/),
    ])),
  );
  const answers = await Promise.all([port, Number(second)].map((at) => signIn(accounts[0]!.userName, accounts[0]!.password, at)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect((await signIn(accounts[0]!.userName, 'wrong')).status).toBe(401);

  const client = new pg.Client({ connectionString: server.superuserUrl('county') });
  await client.connect();
  const workers = await client.query(`SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 727003 AND granted`);
  await client.end();
  expect(workers.rowCount).toBe(2);
  const verified = await runSunlit(environment, ['verify-audit', '--json']);
  expect(JSON.parse(verified.out)).toMatchObject({ intact: true, problems: [] });

  for (const one of running) expect(await one.stop()).toBe(0);
  running.length = 0;
});

it('refuses to serve as the owner or as a superuser, and with half of its settings', async () => {
  for (const url of [urlOf('county_owner'), server.superuserUrl('county')]) {
    const refused = await runSunlit({ ...environment, DATABASE_URL: url }, ['serve']);
    expect(refused.code, refused.out).toBe(1);
    expect(refused.error.trim().split('\n')).toEqual([expect.stringContaining('普通角色') as string]);
  }
  const otherKeys = await runSunlit({ ...environment, SUNLIT_KEYS: join(root, 'other-keys') }, ['serve']);
  expect(otherKeys.error).toContain('另一套密钥');
  const half = await runSunlit({ ...environment, DATABASE_OWNER_URL: '' }, ['serve']);
  expect(half.error).toContain('同时设置');
});
