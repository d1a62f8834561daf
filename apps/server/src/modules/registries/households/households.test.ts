import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHousehold } from '#testing/builders.ts';
import { changeRegistry } from '#testing/change-registry.ts';
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
    await changeRegistry(world, officer, { householdId: household.id, effectiveOn: '2026-06-01', change: { kind: 'person-facts', personId: household.personId, labour: 'lost' } });
    const labour = async (query: { asOf?: string; knownAt?: string }) => (await officer.call(spec.getHousehold, { params: { id: household.id }, query })).body.members[0]?.labour?.code;
    expect(await labour({})).toBe('lost');
    expect(await labour({ asOf: '2026-03-01' })).toBe('ordinary');
    expect(await labour({ asOf: '2026-07-01', knownAt: before })).toBe('ordinary');
  });

  it('shows who somebody was and how the household was reached on an earlier day, and as known then; the old name and number still find it', async () => {
    const oldNumber = `39990019850607001${idCardCheckCharacter('39990019850607001')}`;
    const newNumber = `39990019850607003${idCardCheckCharacter('39990019850607003')}`;
    const household = await buildHousehold({ regionCode: village, name: '钱旧名', idNumber: oldNumber });
    const change = (effectiveOn: string, change: Parameters<typeof changeRegistry>[2]['change']) => changeRegistry(world, officer, { householdId: household.id, effectiveOn, change });
    await change('2026-02-01', { kind: 'household-contact', address: '一组 1 号', phone: '13900000001' });
    const before = new Date().toISOString();
    await change('2026-05-01', { kind: 'person-identity', personId: household.personId, name: '钱新名', idNumber: newNumber });
    await change('2026-06-01', { kind: 'person-facts', personId: household.personId, phone: '13900000002' });
    await change('2026-06-01', { kind: 'household-contact', address: '二组 2 号', phone: '13900000003' });
    await change('2026-07-01', { kind: 'household-account', bankName: '农商行', account: '6217000000000000001' });
    const shown = async (query: { asOf?: string; knownAt?: string }) => {
      const { members, address, phoneMasked, accountMasked, summary } = (await officer.call(spec.getHousehold, { params: { id: household.id }, query })).body;
      return { name: members[0]?.name, number: members[0]?.idNumberMasked.slice(-4), phone: members[0]?.phoneMasked?.slice(-4), address, householdPhone: phoneMasked, account: accountMasked, summary: summary.slice(0, 3) };
    };
    const now = { name: '钱新名', number: newNumber.slice(-4), phone: '0002', address: '二组 2 号', householdPhone: '****0003', account: '****0001', summary: '钱新名' };
    expect(await shown({})).toEqual(now);
    const april = { name: '钱旧名', number: oldNumber.slice(-4), phone: undefined, address: '一组 1 号', householdPhone: '****0001', account: null, summary: '钱旧名' };
    expect(await shown({ asOf: '2026-04-30' })).toEqual(april);
    expect(await shown({ asOf: '2026-01-15' })).toEqual({ ...april, address: null, householdPhone: null });
    expect(await shown({ asOf: '2026-08-01', knownAt: before })).toEqual(april);
    const full = async (field: 'idNumber' | 'phone' | 'bankAccount', days: { asOf?: string; knownAt?: string }) => (await officer.call(spec.unmaskPerson, { params: { id: household.personId }, body: { field, reason: '与档案核对号码', ...days } })).body.value;
    expect([await full('idNumber', {}), await full('idNumber', { asOf: '2026-04-30' }), await full('idNumber', { knownAt: before })]).toEqual([newNumber, oldNumber, oldNumber]);
    expect([await full('phone', { asOf: '2026-04-30' }), await full('bankAccount', { asOf: '2026-04-30' })]).toEqual(['13900000001', undefined]);
    // Somebody approves a correction from an earlier day: it holds from there on, what was believed can still be read.
    const believed = new Date().toISOString();
    await change('2026-03-01', { kind: 'household-contact', address: '三组 3 号' });
    expect((await shown({ asOf: '2026-04-30' })).address).toBe('三组 3 号');
    expect((await shown({ asOf: '2026-02-10' })).address).toBe('一组 1 号');
    expect((await shown({ asOf: '2026-07-02', knownAt: believed })).address).toBe('二组 2 号');
    expect((await officer.call(spec.lookUpPerson, { body: { idNumber: oldNumber } })).body.items.map((item) => item.id)).toEqual([household.id]);
    for (const q of ['钱旧名', '钱新名']) expect((await officer.call(spec.listHouseholds, { query: { q } })).body.items.map((item) => item.id), q).toEqual([household.id]);
  });

  it('lets a member leave on a day and gets a new status from a day, both with reasons', async () => {
    const household = await buildHousehold({ regionCode: village });
    await changeRegistry(world, officer, { householdId: household.id, effectiveOn: '2026-09-01', change: { kind: 'leave', personId: household.personId, reason: 'died' } });
    expect((await officer.call(spec.getHousehold, { params: { id: household.id } })).body.members).toEqual([]);
    expect((await officer.call(spec.getHousehold, { params: { id: household.id }, query: { asOf: '2026-08-31' } })).body.members).toHaveLength(1);
    await changeRegistry(world, officer, { householdId: household.id, effectiveOn: '2026-10-01', reason: '风险消除', change: { kind: 'household-status', status: 'lifted' } });
    const history = await officer.call(spec.listHouseholdHistory, { params: { id: household.id } });
    expect(history.body.items.map((item) => item.kind)).toEqual(expect.arrayContaining(['status', 'member-in', 'member-out', 'change.approve']));
  });

  it('takes in a newborn, a bride and who comes back; nobody is a member of two households at once', async () => {
    const numberOf = (first17: string) => first17 + idCardCheckCharacter(first17);
    const household = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019620101001') });
    const other = await buildHousehold({ regionCode: village, name: '周新娘', idNumber: numberOf('39990019900202002') });
    const joining = (body: Record<string, unknown>) => ({ householdId: household.id, effectiveOn: '2026-05-01', change: { kind: 'join', reason: 'other', name: '某某', relation: '03', ...body } as never });
    const refused = async (body: Record<string, unknown>) => {
      const answer = await officer.call(spec.proposeChange, { body: { ...joining(body), reason: '户口簿' } });
      expect(answer.status, answer.text).toBe(400);
      return answer.text;
    };
    const join = (body: Record<string, unknown>) => changeRegistry(world, officer, joining(body));
    await refused({ name: '宝宝', reason: 'born' });
    await refused({ name: '宝宝', reason: 'born', birthDate: '2026-05-10', sex: '1' });
    await join({ name: '宝宝', reason: 'born', birthDate: '2026-04-20', sex: '1', labour: 'none' });
    await refused({ name: '又一户主', relation: '01', birthDate: '1980-01-01', sex: '1' });
    await refused({ name: '写错号', idNumber: '399900199002020021' });
    const bride = { name: '周新娘', reason: 'married-in', relation: '04', idNumber: numberOf('39990019900202002') };
    expect(await refused(bride)).toContain(other.number);
    await changeRegistry(world, officer, { householdId: other.id, effectiveOn: '2026-04-30', change: { kind: 'leave', personId: other.personId, reason: 'married-out' } });
    await join(bride);
    await refused(bride);
    const { members } = (await officer.call(spec.getHousehold, { params: { id: household.id } })).body;
    expect(members.map(({ name }) => name)).toEqual(expect.arrayContaining(['宝宝', '周新娘']));
    expect(members.map(({ personId }) => personId)).toContain(other.personId);
    expect((await officer.call(spec.listHouseholds, { query: { q: '宝宝' } })).body.items.map(({ id }) => id)).toEqual([household.id]);
    const before = (await officer.call(spec.getHousehold, { params: { id: household.id }, query: { asOf: '2026-04-30' } })).body.members;
    expect(before.map(({ name }) => name)).not.toContain('周新娘');
    const history = (await officer.call(spec.listHouseholdHistory, { params: { id: household.id } })).body.items;
    expect(history.some(({ text }) => text.includes('周新娘（婚入）'))).toBe(true);
  });
});
