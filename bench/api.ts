import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import pg from 'pg';
import { createLogin } from '../apps/server/src/platform/authentication/accounts.ts';
import { createAuth, setAuth } from '../apps/server/src/platform/authentication/auth.ts';
import { systemActor } from '../apps/server/src/platform/authorization/actor.ts';
import { setSecondFactorEnforced } from '../apps/server/src/platform/authorization/authorize.ts';
import { getDatabase } from '../apps/server/src/platform/database/database.ts';
import { inTransaction } from '../apps/server/src/platform/database/transaction.ts';
import { createApp } from '../apps/server/src/platform/http/create-app.ts';
import { getKeyring } from '../apps/server/src/platform/personal-data/keyring.ts';
import { insertStaff } from '../apps/server/src/modules/organisation/index.ts';
import { registerModuleRoutes } from '../apps/server/src/modules.ts';
import { importCity } from './import.ts';
import { rounded, withBenchDatabase, withPeakMemory } from './bench-database.ts';
import type { BenchResult } from './intake.ts';

const requestsPerSecond = 50;
const secondsOfLoad = 20;

/**
 * Searches and reads of households over HTTP under row-level security at 50 requests a second, against the same look-ups
 * as bare SQL by the superuser. Server, database and caller share the machine.
 */
export async function benchApi(persons = 1_000_000): Promise<BenchResult & Record<string, number | string>> {
  return withBenchDatabase(async ({ folder, superuserUrl }) => {
    const { city, seconds: importSeconds } = await importCity(folder, persons);
    await analyse(superuserUrl);
    const caller = await openCaller();
    const work = await listLookUps();
    const measured = await withPeakMemory(() => load(caller.get, work));
    const bare = await bareSeconds(superuserUrl, work);
    await caller.close();
    const times = measured.result.sort((left, right) => left - right);
    const at = (share: number) => rounded(times[Math.min(times.length - 1, Math.floor(times.length * share))]!);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    return {
      name: 'api',
      scale: String(city.persons),
      rows: times.length,
      seconds: rounded(mean / 1000),
      baseline: 'the same look-ups as bare SQL without row-level security, mean per look-up',
      baselineSeconds: Math.round(bare * 1e6) / 1e6,
      ratio: rounded(mean / 1000 / bare),
      peakMemoryMiB: measured.peakMemoryMiB,
      requestsPerSecond,
      importSeconds,
      p50Milliseconds: at(0.5),
      p95Milliseconds: at(0.95),
      p99Milliseconds: at(0.99),
    };
  });
}

interface LookUp {
  url: string;
  token?: string;
  householdId?: string;
}

async function openCaller(): Promise<{ get: (url: string) => Promise<void>; close: () => Promise<void> }> {
  setAuth(createAuth(getDatabase(), getKeyring().sessionSecret, { oidc: undefined }, 'http://127.0.0.1'));
  setSecondFactorEnforced(false);
  const app = await createApp({ version: 'bench', registerRoutes: registerModuleRoutes });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const id = newId();
  await inTransaction(systemActor, (trx) => insertStaff(trx, { id, userName: 'bench', displayName: 'bench', regionCode: '320800000000', departmentCode: null, roles: ['county-officer'] }));
  await createLogin({ id, userName: 'bench', displayName: 'bench', password: 'bench-password' });
  const signedIn = await fetch(`${address}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userName: 'bench', password: 'bench-password' }) });
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  return {
    get: async (url) => {
      const answer = await fetch(`${address}${url}`, { headers: { cookie } });
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      await answer.arrayBuffer();
    },
    close: () => app.close(),
  };
}

/** Half searches (a name, initials, last four, a county), half household pages, spread over the city. */
async function listLookUps(): Promise<LookUp[]> {
  return inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<{ id: string; head_name: string; number: string; county_code: string }>`SELECT id, head_name, number, county_code FROM households.household TABLESAMPLE SYSTEM (1) LIMIT 400`.execute(trx);
    return rows.flatMap((row, index): LookUp[] => [
      { url: `/api/households/${row.id}`, householdId: row.id },
      index % 4 === 3 ? { url: `/api/households?regionCode=${row.county_code}&limit=50` } : { url: `/api/households?q=${encodeURIComponent(row.head_name)}`, token: `n:${row.head_name}` },
    ]);
  });
}

/** An open load: requests start on time whether or not earlier ones have ended. Milliseconds of each. */
async function load(get: (url: string) => Promise<void>, work: readonly LookUp[]): Promise<number[]> {
  for (const one of work.slice(0, 50)) await get(one.url);
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let number = 0; number < requestsPerSecond * secondsOfLoad; number += 1) {
    const due = began + (number * 1000) / requestsPerSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const started = performance.now();
    pending.push(get(work[number % work.length]!.url).then(() => void times.push(performance.now() - started)));
  }
  await Promise.all(pending);
  return times;
}

/** What autovacuum does within a minute of a large import. */
async function analyse(superuserUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.end();
}

async function bareSeconds(superuserUrl: string, work: readonly LookUp[]): Promise<number> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const began = performance.now();
  for (const one of work) {
    if (one.householdId) {
      await client.query('SELECT * FROM households.household WHERE id = $1', [one.householdId]);
      await client.query('SELECT * FROM households.membership m JOIN households.person p ON p.id = m.person_id WHERE m.household_id = $1', [one.householdId]);
    } else if (one.token) {
      await client.query('SELECT * FROM households.household WHERE id IN (SELECT household_id FROM households.search_token WHERE token = $1) ORDER BY responsible_region_code, number LIMIT 51', [one.token]);
    } else {
      await client.query('SELECT * FROM households.household WHERE county_code = $1 ORDER BY responsible_region_code, number LIMIT 51', [one.url.slice(one.url.indexOf('=') + 1).split('&')[0]]);
    }
  }
  const seconds = (performance.now() - began) / 1000 / work.length;
  await client.end();
  return seconds;
}

if (import.meta.main) {
  console.log(JSON.stringify(await benchApi(Number(process.argv[2] ?? 1_000_000))));
  process.exit(0);
}
