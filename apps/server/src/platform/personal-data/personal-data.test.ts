import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildFinding, buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';
import { decryptValue, encryptValue } from './cipher.ts';
import { getKeyring, KeyringError, openKeyring, rotateKeys, setKeyring } from './keyring.ts';
import { Pseudonymiser } from './pseudonymiser.ts';

const idNumber = '399900196001010018';
const phone = '13900001234';
let world: TestApp;
let household: BuiltHousehold;
beforeAll(async () => {
  world = await openTestApp();
  household = await buildHousehold({ regionCode: '320826101201', idNumber });
  await buildFinding(household);
  await inTransaction(systemActor, (trx) => sql`UPDATE households.household SET phone_enc = ${encryptValue('phone', phone)} WHERE id = ${household.id}`.execute(trx));
});
afterAll(() => world.close());

it('no column of the database holds an identity number or a phone in the clear', async () => {
  const client = new pg.Client({ connectionString: world.test.superuserUrl });
  await client.connect();
  const columns = await client.query<{ table: string; column: string }>(`
    SELECT format('%I.%I', table_schema, table_name) AS table, format('%I', column_name) AS column FROM information_schema.columns
    WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND data_type IN ('text', 'character varying', 'bytea', 'jsonb', 'json', 'ARRAY')`);
  expect(columns.rows.length).toBeGreaterThan(100);
  const found: string[] = [];
  for (const { table, column } of columns.rows) {
    // As text a bytea shows hexadecimal digits: look for the value in that form as well.
    const { rows } = await client.query<{ hit: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM ${table} WHERE ${[idNumber, phone].map((value) => `strpos(${column}::text, '${value}') > 0 OR strpos(${column}::text, '${Buffer.from(value).toString('hex')}') > 0`).join(' OR ')}) AS hit`,
    );
    if (rows[0]!.hit) found.push(`${table}.${column}`);
  }
  await client.end();
  expect(found).toEqual([]);
});

it('binds a value to what it is: a phone is never read back as an identity number, nor a touched one at all', () => {
  const sealed = encryptValue('phone', phone);
  expect(decryptValue('phone', sealed)).toBe(phone);
  expect(encryptValue('phone', phone).equals(sealed)).toBe(false);
  expect(() => decryptValue('id-number', sealed)).toThrow();
  for (const place of [1, 5, 16, sealed.length - 1]) {
    const touched = Buffer.from(sealed);
    touched[place] = touched[place]! ^ 1;
    expect(() => decryptValue('phone', touched), String(place)).toThrow();
  }
});

it('after a rotation old and new values are readable and the blind index still finds the person', () => {
  const old = encryptValue('phone', phone);
  const before = getKeyring();
  const keyOf = () => new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(idNumber);
  expect(keyOf()).toBe(household.personKey);
  rotateKeys(world.test.keysFolder);
  setKeyring(openKeyring(world.test.keysFolder, { dataExists: true }));
  expect(getKeyring().masterId).not.toBe(before.masterId);
  const fresh = encryptValue('phone', phone);
  expect([old, fresh].map((value) => decryptValue('phone', value))).toEqual([phone, phone]);
  expect([old, fresh].map((value) => value.readUInt16BE(1))).toEqual([1, 2]);
  expect(keyOf()).toBe(household.personKey);
  setKeyring(before);
  expect(() => decryptValue('phone', fresh)).toThrow(KeyringError);
  setKeyring(openKeyring(world.test.keysFolder, { dataExists: true }));
});

it('makes no new keys beside data that others must have encrypted', () => {
  expect(() => openKeyring(`${world.test.keysFolder}-missing`, { dataExists: true })).toThrow(KeyringError);
});
