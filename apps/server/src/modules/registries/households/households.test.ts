import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';

const village = '320826101201';
const idNumber = '399900196001010018';
let world: TestApp;
let officer: TestUser;

beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], '320826000000');
});
afterAll(() => world.close());

describe('finding a household', () => {
  it('by a part of a name, pinyin initials, the last four digits or its number; rare characters too', async () => {
    const household = await buildHousehold({ regionCode: village, name: '𠮷田·买买提', number: 'H-0001' });
    await buildHousehold({ regionCode: village, name: '孙小美', number: 'H-0002' });
    for (const q of ['𠮷田', '买买提', '0018', 'H-0001']) {
      const answer = await officer.call(spec.listHouseholds, { query: { q } });
      expect(answer.body.items.map((item) => item.id), q).toContain(household.id);
    }
    expect((await officer.call(spec.listHouseholds, { query: { q: 'sxm' } })).body.items.map((item) => item.headName)).toEqual(['孙小美']);
  });

  it('by a whole identity number only in the body, and refuses one in the address', async () => {
    const whole = `39990019870304001${idCardCheckCharacter('39990019870304001')}`;
    const household = await buildHousehold({ regionCode: village, idNumber: whole });
    expect((await officer.call(spec.listHouseholds, { query: { q: whole } })).status).toBe(400);
    const found = await officer.call(spec.lookUpPerson, { body: { idNumber: whole } });
    expect(found.body.items.map((item) => item.id)).toEqual([household.id]);
  });

  it('sees nothing of another county', async () => {
    const household = await buildHousehold({ regionCode: '320830100001' });
    expect((await officer.call(spec.getHousehold, { params: { id: household.id } })).status).toBe(404);
  });
});

describe('a household', () => {
  it('opens with one sentence, masks by default, and shows a full value only for a reason that stays on record', async () => {
    const household = await buildHousehold({ regionCode: village, name: '陈桂兰', idNumber });
    const shown = await officer.call(spec.getHousehold, { params: { id: household.id } });
    expect(shown.body.summary).toBe('陈桂兰家 1 口人，2026-01-01 起为脱贫不稳定户，没有登记享受的待遇。');
    expect(shown.text).not.toContain(idNumber);
    const clerk = await world.user(['village-clerk'], village);
    expect((await clerk.call(spec.unmaskPerson, { params: { id: household.personId }, body: { field: 'idNumber', reason: '核对身份证' } })).status).toBe(403);
    const unmasked = await officer.call(spec.unmaskPerson, { params: { id: household.personId }, body: { field: 'idNumber', reason: '与身份证原件核对' } });
    expect(unmasked.body).toEqual({ value: idNumber });
    const viewers = await officer.call(spec.listHouseholdViewers, { params: { id: household.id } });
    expect(viewers.body.items).toContainEqual(expect.objectContaining({ action: 'person.unmask', reason: '与身份证原件核对', who: officer.actor.displayName }));
  });

  it('keeps what was true and what was known: an earlier day and an earlier moment can be read again', async () => {
    const household = await buildHousehold({ regionCode: village });
    const before = new Date().toISOString();
    const first = await officer.call(spec.getHousehold, { params: { id: household.id } });
    const changed = await officer.call(spec.changePerson, { params: { id: household.personId }, body: { expectedVersion: first.body.version, effectiveFrom: '2026-06-01', reason: '鉴定为丧失劳动力', labour: 'lost' } });
    expect(changed.status).toBe(200);
    const labour = async (query: { asOf?: string; knownAt?: string }) => (await officer.call(spec.getHousehold, { params: { id: household.id }, query })).body.members[0]?.labour?.code;
    expect(await labour({})).toBe('lost');
    expect(await labour({ asOf: '2026-03-01' })).toBe('ordinary');
    expect(await labour({ asOf: '2026-07-01', knownAt: before })).toBe('ordinary');
  });

  it('tells the second of two people who change it at once, and loses nothing of the first', async () => {
    const household = await buildHousehold({ regionCode: village });
    const version = (await officer.call(spec.getHousehold, { params: { id: household.id } })).body.version;
    const change = (labour: string) => officer.call(spec.changePerson, { params: { id: household.personId }, body: { expectedVersion: version, effectiveFrom: '2026-06-01', reason: '更正', labour } });
    const answers = await Promise.all([change('weak'), change('skilled')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it('lets a member leave on a day and gets a new status from a day, both with reasons', async () => {
    const household = await buildHousehold({ regionCode: village });
    expect((await officer.call(spec.endMembership, { params: { id: household.personId }, body: { on: '2026-09-01', reason: 'died' } })).status).toBe(200);
    expect((await officer.call(spec.getHousehold, { params: { id: household.id } })).body.members).toEqual([]);
    expect((await officer.call(spec.getHousehold, { params: { id: household.id }, query: { asOf: '2026-08-31' } })).body.members).toHaveLength(1);
    expect((await officer.call(spec.changeHouseholdStatus, { params: { id: household.id }, body: { status: 'lifted', from: '2026-10-01', reason: '风险消除' } })).status).toBe(200);
    const history = await officer.call(spec.listHouseholdHistory, { params: { id: household.id } });
    expect(history.body.items.map((item) => item.kind)).toEqual(expect.arrayContaining(['status', 'member-in', 'member-out', 'household.status']));
  });

  it('takes in a newborn, a bride and who comes back; nobody is a member of two households at once', async () => {
    const numberOf = (first17: string) => first17 + idCardCheckCharacter(first17);
    const household = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019620101001') });
    const other = await buildHousehold({ regionCode: village, name: '周新娘', idNumber: numberOf('39990019900202002') });
    const join = (body: Record<string, unknown>) =>
      officer.call(spec.addMember, { params: { id: household.id }, body: { reason: 'other', on: '2026-05-01', name: '某某', relation: '03', ...body } as never });
    expect((await join({ name: '宝宝', reason: 'born' })).status).toBe(400);
    expect((await join({ name: '宝宝', reason: 'born', birthDate: '2026-05-10', sex: '1' })).status).toBe(400);
    expect((await join({ name: '宝宝', reason: 'born', birthDate: '2026-04-20', sex: '1', labour: 'none' })).status).toBe(200);
    expect((await join({ name: '又一户主', relation: '01', birthDate: '1980-01-01', sex: '1' })).status).toBe(400);
    expect((await join({ name: '写错号', idNumber: '399900199002020021' })).status).toBe(400);
    const bride = { name: '周新娘', reason: 'married-in', relation: '04', idNumber: numberOf('39990019900202002') };
    const refusal = await join(bride);
    expect([refusal.status, refusal.text.includes(other.number)]).toEqual([400, true]);
    expect((await officer.call(spec.endMembership, { params: { id: other.personId }, body: { on: '2026-04-30', reason: 'married-out' } })).status).toBe(200);
    const joined = await join(bride);
    expect(joined.body.personId).toBe(other.personId);
    expect((await join(bride)).status).toBe(400);
    const { members } = (await officer.call(spec.getHousehold, { params: { id: household.id } })).body;
    expect(members.map(({ name }) => name)).toEqual(expect.arrayContaining(['宝宝', '周新娘']));
    expect((await officer.call(spec.listHouseholds, { query: { q: '宝宝' } })).body.items.map(({ id }) => id)).toEqual([household.id]);
    const before = (await officer.call(spec.getHousehold, { params: { id: household.id }, query: { asOf: '2026-04-30' } })).body.members;
    expect(before.map(({ name }) => name)).not.toContain('周新娘');
    const history = (await officer.call(spec.listHouseholdHistory, { params: { id: household.id } })).body.items;
    expect(history.some(({ text }) => text.includes('周新娘（婚入）'))).toBe(true);
  });
});
