import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';

const idNumber = (first17: string) => first17 + idCardCheckCharacter(first17);
const own = idNumber('39990019600315001');
let world: TestApp;
let officer: TestUser;
let registered: BuiltHousehold;
beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], '320826000000');
  registered = await buildHousehold({ regionCode: '320826101201', name: '王丽华', idNumber: own });
  await inTransaction(systemActor, (trx) => sql`UPDATE households.person SET birth_date = '1960-03-15' WHERE id = ${registered.personId}`.execute(trx));
});
afterAll(() => world.close());

const check = (typed: { name: string; idNumber?: string; birthDate?: string }, by = officer) => by.call(spec.findPossibleDuplicates, { body: typed });
const found = async (typed: Parameters<typeof check>[0]) => (await check(typed)).body.items.map(({ person, number, name }) => ({ id: person.id, number, name }));

describe('before somebody is entered', () => {
  it.each([
    ['the number itself, whatever the name', { name: '李伟', idNumber: own }, 'same', 'other'],
    ['its old form of 15 digits', { name: '王丽华', idNumber: `${own.slice(0, 6)}${own.slice(8, 17)}` }, 'same', 'same'],
    ['two digits exchanged', { name: '王麗華', idNumber: `${own.slice(0, 15)}${own[16]}${own[15]}${own[17]}` }, 'transposed', 'variant'],
    ['one digit wrong', { name: '王莉华', idNumber: `${own.slice(0, 9)}7${own.slice(10)}` }, 'one-digit', 'homophone'],
    ['no number, a name that sounds alike and the birth date', { name: '王利花', birthDate: '1960-03-15' }, 'not-compared', 'homophone'],
  ])('finds %s', async (_, typed, number, name) => {
    expect(await found(typed)).toEqual([{ id: registered.personId, number, name }]);
  });

  it('finds nobody where only little agrees', async () => {
    expect(await found({ name: '李伟', idNumber: `${own.slice(0, 9)}7${own.slice(10)}` })).toEqual([]);
    expect(await found({ name: '王丽华', birthDate: '1961-04-16' })).toEqual([]);
    // A twin with the same name has another valid number.
    expect(await found({ name: '王丽华', idNumber: idNumber('39990019600315003') })).toEqual([]);
    expect(await found({ name: '王丽华', idNumber: 'nonsense' })).toEqual([]);
  });

  it('refuses to compare a name alone, and says so', async () => {
    expect((await check({ name: '王丽华' })).status).toBe(400);
    expect((await check({ name: '  ', idNumber: own })).status).toBe(400);
  });
});

describe('across divisions', () => {
  it('says only that, and where both can be seen', async () => {
    const elsewhere = await world.user(['county-officer'], '320831000000');
    const answer = await check({ name: '王丽华', idNumber: own }, elsewhere);
    expect(answer.body).toMatchObject({ items: [], elsewhere: { code: '320800000000' } });
    expect(answer.text).not.toContain(registered.personId);
    expect(answer.text).not.toContain('320826');
    const city = await world.user(['county-officer'], '320800000000');
    expect((await check({ name: '王丽华', idNumber: own }, city)).body).toMatchObject({ items: [{ person: { id: registered.personId } }], elsewhere: null });
  });

  it('leaves a trace without a value', async () => {
    const rows = await inTransaction({ ...systemActor, permissions: new Set(['audit.read']) }, async (trx) => (await sql<{ details: unknown }>`SELECT details, object_id, reason FROM audit.record WHERE action = 'record-linkage.check-entry'`.execute(trx)).rows);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/399900|王/u);
  });

  it('is closed to whoever changes nothing in the registry', async () => {
    const helper = await world.user(['helper'], '320826000000');
    expect((await check({ name: '王丽华', idNumber: own }, helper)).status).toBe(403);
  });
});

it('does not find whoever left', async () => {
  const gone = await buildHousehold({ regionCode: '320826101201', name: '周建国', idNumber: idNumber('39990019500101009') });
  await inTransaction(systemActor, (trx) => sql`UPDATE households.membership SET valid_to = '2026-02-01' WHERE person_id = ${gone.personId}`.execute(trx));
  expect(await found({ name: '周建国', idNumber: idNumber('39990019500101009') })).toEqual([]);
});
