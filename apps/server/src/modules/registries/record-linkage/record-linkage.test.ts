import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { listAuthorisedPersonKeys } from '#modules/registries/households/index.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildFinding, buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { searchPairs } from './search.job.ts';

const county = '320826000000';
const city = '320800000000';
let world: TestApp;
let officer: TestUser;
let cityOfficer: TestUser;
let serial = 0;
const surnames = [...'赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕'];

async function person(name: string, regionCode: string, birthDate: string, options: { number?: boolean } = {}): Promise<BuiltHousehold> {
  serial += 1;
  const first17 = `399900${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  const built = await buildHousehold({ regionCode, name, idNumber: first17 + idCardCheckCharacter(first17) });
  await inTransaction(systemActor, async (trx) => {
    await sql`UPDATE households.person SET birth_date = ${birthDate}::date WHERE id = ${built.personId}`.execute(trx);
    if (options.number === false) await sql`UPDATE households.person SET id_number_enc = NULL, person_key = NULL WHERE id = ${built.personId}`.execute(trx);
  });
  return built;
}

let twice: [BuiltHousehold, BuiltHousehold];
beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], county);
  cityOfficer = await world.user(['county-officer'], city);
  for (let index = 0; index < 60; index += 1) await person(`${surnames[index % 20]}${'伟芳军'[Math.floor(index / 20)]}${'明华国'[index % 3]}`, `32082610120${index % 5}`, `19${40 + (index % 50)}-0${(index % 9) + 1}-1${index % 10}`);
  twice = [await person('王丽华', '320826101201', '1960-03-15'), await person('王莉华', '320826101202', '1960-03-15', { number: false })];
  await person('马建国', '320826101201', '1955-07-21');
  await person('马建国', '320831101201', '1955-07-21', { number: false });
});
afterAll(() => world.close());

async function search(by: TestUser, regionCode: string): Promise<void> {
  const started = await by.call(spec.searchLinkagePairs, { body: { regionCode } });
  expect(started.status, started.text).toBe(200);
  const id = await inTransaction(systemActor, async (trx) => (await sql<{ id: string }>`SELECT id FROM linkage.search WHERE finished_at IS NULL ORDER BY started_at DESC LIMIT 1`.execute(trx)).rows[0]!.id);
  await searchPairs(by.actor, { subjectId: id, taskId: started.body.taskId });
}
const pairs = async (by = officer, query: Partial<spec.QueryOf<typeof spec.listLinkagePairs>> = {}) => (await by.call(spec.listLinkagePairs, { query })).body.items;
const decide = (id: string, body: { decision: 'same' | 'different' | 'undecided' | 'reopened'; keptPersonId?: string; reason?: string }, by = officer) => by.call(spec.decideLinkagePair, { params: { id }, body: { reason: '两户户口簿都看过', ...body } });

describe('a county searches itself', () => {
  it('finds who stands in the registry twice, and says why without a value', async () => {
    await search(officer, county);
    const found = await pairs();
    expect(found).toHaveLength(1);
    expect(found[0]!.persons.map(({ personId }) => personId).toSorted()).toEqual(twice.map(({ personId }) => personId).toSorted());
    expect(found[0]!.probabilityPercent).toBeGreaterThan(50);
    const view = (await officer.call(spec.getLinkagePair, { params: { id: found[0]!.id } })).body;
    expect(view.steps).toEqual(expect.arrayContaining([expect.objectContaining({ part: 'name', level: 'homophone' }), expect.objectContaining({ part: 'birth-date', level: 'same' })]));
    expect(view.records.map(({ birthYear }) => birthYear)).toEqual([1960, 1960]);
    expect(JSON.stringify(view)).not.toContain('399900');
    const stored = await inTransaction(systemActor, async (trx) => (await sql<{ all: string }>`SELECT string_agg(p::text, '') AS all FROM linkage.pair p`.execute(trx)).rows[0]!.all);
    expect(stored).not.toMatch(/399900|[一-龥]/u);
    const summary = (await officer.call(spec.getLinkageSummary, { query: {} })).body;
    expect(summary).toMatchObject({ persons: 63, elsewhere: [] });
    expect(summary.expected).toHaveLength(3);
  });

  it('merges reversibly: an alias, a trail, and every finding where it was', async () => {
    const [pair] = await pairs();
    const [kept, merged] = twice;
    await buildFinding(merged);
    const findings = async () => (await officer.call(spec.listFindings, { query: {} })).body.items.map(({ id }) => id);
    const before = await findings();
    expect(before).toHaveLength(1);
    expect((await decide(pair!.id, { decision: 'same' })).status).toBe(400);
    expect((await decide(pair!.id, { decision: 'same', keptPersonId: newId() })).status).toBe(400);
    expect((await decide(pair!.id, { decision: 'same', keptPersonId: kept.personId, reason: '' })).status).toBe(400);
    expect((await decide(pair!.id, { decision: 'same', keptPersonId: kept.personId })).status).toBe(200);
    expect((await decide(pair!.id, { decision: 'different' })).status).toBe(409);
    expect(await pairs()).toEqual([]);
    expect(await findings()).toEqual(before);
    const view = async () => (await officer.call(spec.getLinkagePair, { params: { id: pair!.id } })).body;
    expect((await view()).records.find(({ personId }) => personId === merged.personId)!.aliasOf).toBe(kept.personId);
    // A new search does not ask again.
    await search(officer, county);
    expect(await pairs()).toEqual([]);
    expect((await decide(pair!.id, { decision: 'reopened', reason: '姐妹俩，不是一人' })).status).toBe(200);
    expect((await view()).records.map(({ aliasOf }) => aliasOf)).toEqual([null, null]);
    expect((await decide(pair!.id, { decision: 'different' })).status).toBe(200);
    expect((await view()).decisions.map(({ decision }) => decision)).toEqual(['same', 'reopened', 'different']);
    await search(officer, county);
    expect((await pairs(officer, { state: 'different' })).map(({ id }) => id)).toEqual([pair!.id]);
  });

  it('leads a full value and an authorisation to the record that stands for both, and back when the merge is taken back', async () => {
    const [kept, merged] = twice;
    const [pair] = await pairs(officer, { state: 'different' });
    await decide(pair!.id, { decision: 'reopened' });
    const shown = async (personId: string, field: 'idNumber' | 'phone') => (await officer.call(spec.unmaskPerson, { params: { id: personId }, body: { field, reason: '与本人核对号码' } })).body.value;
    expect(await shown(merged.personId, 'idNumber')).toBeUndefined();
    const early = await officer.call(spec.recordAuthorisation, { params: { id: merged.personId }, body: { kinds: ['tax'], purpose: '核对', signedOn: '2026-01-05' } });
    expect(early.status).toBe(200);
    await inTransaction(systemActor, (trx) => sql`UPDATE households.person SET phone_enc = ${encryptValue('phone', '13900000077')} WHERE id = ${merged.personId}`.execute(trx));
    expect((await decide(pair!.id, { decision: 'same', keptPersonId: kept.personId })).status).toBe(200);
    expect(await shown(merged.personId, 'idNumber')).toMatch(/^39990019600315/);
    // what only the merged record knows is not lost
    expect(await shown(merged.personId, 'phone')).toBe('13900000077');
    expect((await officer.call(spec.listHouseholdViewers, { params: { id: kept.id } })).body.items).toContainEqual(expect.objectContaining({ action: 'person.unmask' }));
    const late = await officer.call(spec.recordAuthorisation, { params: { id: merged.personId }, body: { kinds: ['housing-fund'], purpose: '核对', signedOn: '2026-01-06' } });
    const listed = async (id: string) => (await officer.call(spec.listAuthorisations, { params: { id } })).body.items.map((item) => item.id).toSorted();
    expect(await listed(kept.id)).toEqual([early.body.id, late.body.id].toSorted());
    const keys = await listAuthorisedPersonKeys(officer.actor, 'tax', '2026-02-01');
    expect(keys).toContain(kept.personKey);
    await decide(pair!.id, { decision: 'reopened' });
    expect(await shown(merged.personId, 'idNumber')).toBeUndefined();
    expect(await listed(kept.id)).toEqual([late.body.id]);
    expect(await listAuthorisedPersonKeys(officer.actor, 'tax', '2026-02-01')).not.toContain(kept.personKey);
    await decide(pair!.id, { decision: 'different' });
  });

  it('lets go of an open pair when one record was put right', async () => {
    const [pair] = await pairs(officer, { state: 'different' });
    await decide(pair!.id, { decision: 'reopened' });
    await inTransaction(systemActor, (trx) => sql`UPDATE households.person SET birth_date = '1988-11-02', name = '何秀英' WHERE id = ${twice[1].personId}`.execute(trx));
    await search(officer, county);
    expect(await pairs()).toEqual([]);
    expect((await officer.call(spec.getLinkagePair, { params: { id: pair!.id } })).status).toBe(404);
  });
});

describe('across counties', () => {
  it('a county learns only that there is something; the city opens it', async () => {
    await search(cityOfficer, city);
    const [pair] = await pairs(cityOfficer);
    expect(pair!.persons.map(({ region }) => region.code.slice(0, 6)).toSorted()).toEqual(['320826', '320831']);
    expect(await pairs(officer)).toEqual([]);
    expect((await officer.call(spec.getLinkagePair, { params: { id: pair!.id } })).status).toBe(404);
    expect((await decide(pair!.id, { decision: 'different' })).status).toBe(404);
    const summary = await officer.call(spec.getLinkageSummary, { query: {} });
    expect(summary.body.elsewhere).toEqual([{ region: expect.objectContaining({ code: city }), pairs: 1 }]);
    expect(summary.text).not.toContain('320831');
    expect((await officer.call(spec.searchLinkagePairs, { body: { regionCode: city } })).status).toBe(403);
    expect((await decide(pair!.id, { decision: 'undecided' }, cityOfficer)).status).toBe(200);
  });

  it('masks for who only reads, exports marked, and keeps a member of the household from deciding', async () => {
    const helper = await world.user(['helper'], city);
    const [pair] = await pairs(helper, { state: 'undecided' });
    expect(pair!.persons[0]!.name).toContain('*');
    expect((await decide(pair!.id, { decision: 'different' }, helper)).status).toBe(403);
    const file = await cityOfficer.call(spec.exportLinkagePairs, { query: { purpose: '逐对核实', state: 'undecided' } });
    expect(file.text).toContain('逐对核实');
    expect(file.text).not.toContain('399900');
    const key = await inTransaction(systemActor, async (trx) => (await sql<{ key: string }>`SELECT person_key AS key FROM households.person WHERE name = '马建国' AND person_key IS NOT NULL`.execute(trx)).rows[0]!.key);
    const concerned = await world.user(['county-officer'], city, { personKey: key });
    expect((await decide(pair!.id, { decision: 'different' }, concerned)).status).toBe(403);
  });

  it('comes down to the county when both live there, with what was said about it', async () => {
    const [pair] = await pairs(cityOfficer, { state: 'undecided' });
    const moved = pair!.persons.find(({ region }) => region.code.startsWith('320831'))!;
    await inTransaction(systemActor, async (trx) => {
      await sql`UPDATE households.household SET county_code = ${county}, responsible_region_code = '320826101202' WHERE id = ${moved.householdId}`.execute(trx);
      await sql`UPDATE households.person SET county_code = ${county}, responsible_region_code = '320826101202' WHERE id = ${moved.personId}`.execute(trx);
      await sql`UPDATE households.membership SET county_code = ${county}, responsible_region_code = '320826101202' WHERE person_id = ${moved.personId}`.execute(trx);
    });
    await search(officer, county);
    expect((await pairs(officer, { state: 'undecided' })).map(({ id }) => id)).toEqual([pair!.id]);
    expect((await officer.call(spec.getLinkagePair, { params: { id: pair!.id } })).body.decisions.map(({ decision }) => decision)).toEqual(['undecided']);
  });
});
