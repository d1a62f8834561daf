import { countyCodeOf, newId, nationCode } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { buildFinding, buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';
import { inTransaction } from './transaction.ts';

const lianshui = '320826101201';
const jinhu = '320831000000';
let world: TestApp;
let household: BuiltHousehold;
let finding: string;
let elsewhere: Actor;
beforeAll(async () => {
  world = await openTestApp();
  household = await buildHousehold({ regionCode: lianshui });
  finding = await buildFinding(household);
  elsewhere = { ...systemActor, kind: 'staff', accountId: newId(), regionCode: jinhu };
});
afterAll(() => world.close());

interface Table {
  name: string;
  secured: boolean;
  readable: boolean;
}

const listTables = async (): Promise<Table[]> =>
  (
    await world.test.database.appPool.query<Table>(`
      SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relrowsecurity AS secured, has_table_privilege(c.oid, 'SELECT') AS readable
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'jobs', 'authentication', 'public') ORDER BY 1`)
  ).rows;

/** Readable by everyone who may connect, on purpose: they hold nothing about people. */
const open = new Set(['platform.command', 'platform.policy_value', 'organisation.village_profile']);

describe('a connection that no actor stands behind', () => {
  it('sees nothing in any secured table', async () => {
    const secured = (await listTables()).filter(({ name, secured: is, readable }) => is && readable && !open.has(name));
    expect(secured.map(({ name }) => name)).toEqual(expect.arrayContaining(['households.household', 'households.person', 'supervision.finding', 'data_intake.delivery', 'audit.record', 'organisation.staff']));
    for (const { name } of secured) {
      const { rows } = await world.test.database.appPool.query<{ count: number }>(`SELECT count(*) AS count FROM ${name}`);
      expect(rows[0]!.count, name).toBe(0);
    }
  });

  it('meets a policy on every table about households, findings, deliveries and people', async () => {
    const bare = (await listTables()).filter(({ name, secured, readable }) => readable && !secured && /^(households|supervision|participation|data_intake)\./.test(name));
    // Tallies: no row is about a person.
    expect(bare.map(({ name }) => name)).toEqual(['supervision.rule_tally']);
  });

  it('reaches neither sessions nor jobs', async () => {
    for (const name of ['authentication.session', 'jobs.job', 'public.sunlit_migration']) {
      await expect(world.test.database.appPool.query(`SELECT 1 FROM ${name}`), name).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('an actor of another county', () => {
  const tables = ['households.household', 'households.person', 'households.membership', 'households.person_fact', 'households.household_status', 'households.search_token', 'supervision.finding', 'supervision.evidence', 'supervision.finding_step'];

  it('reads, changes and removes none of the rows', async () => {
    for (const table of tables) {
      const seen = (actor: Actor) => inTransaction(actor, async (trx) => (await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(trx)).rows[0]!.count);
      if (table !== 'supervision.finding_step') expect(await seen(systemActor), table).toBeGreaterThan(0);
      expect(await seen(elsewhere), table).toBe(0);
    }
    await inTransaction(elsewhere, async (trx) => {
      const changed = await sql`UPDATE households.household SET head_name = 'x'`.execute(trx);
      const removed = await sql`DELETE FROM households.household`.execute(trx);
      const decided = await sql`UPDATE supervision.finding SET state = 'closed' WHERE id = ${finding}`.execute(trx);
      expect([changed, removed, decided].map(({ numAffectedRows }) => numAffectedRows)).toEqual([0n, 0n, 0n]);
    });
  });

  it('puts no row into the county, nor moves one of its own there', async () => {
    const insert = (actor: Actor, id: string) =>
      inTransaction(actor, (trx) =>
        sql`INSERT INTO households.household (county_code, id, number, responsible_region_code, head_name, status_code, member_count)
          VALUES (${countyCodeOf(lianshui)}, ${id}, ${id.slice(-8)}, ${lianshui}, '某', 'unstable', 1)`.execute(trx),
      );
    await expect(insert(elsewhere, newId())).rejects.toMatchObject({ code: '42501' });
    const own = await buildHousehold({ regionCode: jinhu });
    const move = inTransaction(elsewhere, (trx) => sql`UPDATE households.household SET responsible_region_code = ${lianshui} WHERE id = ${own.id}`.execute(trx));
    await expect(move).rejects.toMatchObject({ code: '42501' });
  });
});

it('a person concerned sees no finding about the own household, even with the whole nation as region', async () => {
  const count = (ownHouseholds: string[]) =>
    inTransaction({ ...systemActor, regionCode: nationCode, ownHouseholds }, async (trx) => (await sql<{ count: number }>`SELECT count(*) AS count FROM supervision.finding`.execute(trx)).rows[0]!.count);
  expect(await count([])).toBe(1);
  expect(await count([household.id])).toBe(0);
});
