import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildHousehold } from '#testing/builders.ts';
import { approveChange, changeRegistry } from '#testing/change-registry.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';

const village = '320826101201';
let world: TestApp;
let clerk: TestUser;
let officer: TestUser;
let second: TestUser;
beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  officer = await world.user(['county-officer'], '320826000000');
  second = await world.user(['county-officer'], '320826000000');
});
afterAll(() => world.close());

type Change = z.input<typeof spec.registryChange>;
const propose = (by: TestUser, householdId: string, change: Change, more: { despiteConflict?: string; effectiveOn?: string } = {}) =>
  by.call(spec.proposeChange, { body: { householdId, effectiveOn: '2026-06-01', change, reason: '户口簿登记有误', ...more } });
const decide = (by: TestUser, id: string, action: 'verify' | 'approve' | 'reject', reason = '看过原件') => by.call(spec.decideChange, { params: { id }, body: { action, reason } });
const answer = (by: TestUser, id: string, action: 'rebase' | 'withdraw') => by.call(spec.answerChange, { params: { id }, body: { action, reason: '仍应更正' } });
const view = async (id: string, by = officer) => (await by.call(spec.getChangeRequest, { params: { id } })).body;
const household = async (id: string, query: { asOf?: string; knownAt?: string } = {}) => (await officer.call(spec.getHousehold, { params: { id }, query })).body;
const numberOf = (first17: string) => first17 + idCardCheckCharacter(first17);

describe('a change of the registry', () => {
  it('is not in the registry until somebody else approves it, and says old and new', async () => {
    const built = await buildHousehold({ regionCode: village });
    const { body } = await propose(clerk, built.id, { kind: 'person-facts', personId: built.personId, labour: 'lost', phone: '13912345678' });
    expect((await household(built.id)).members[0]).toMatchObject({ labour: { code: 'ordinary' }, phoneMasked: null });
    const shown = await view(body.id);
    expect(shown.fields.map(({ label, before, after }) => [label.zh, before, after])).toEqual([['劳动技能', '普通劳动力', '丧失劳动力'], ['联系电话', null, '****5678']]);
    expect(shown.actions).toEqual(['approve', 'reject', 'attach']);
    expect((await view(body.id, clerk)).actions).toEqual(['withdraw', 'attach']);
    expect((await decide(clerk, body.id, 'approve')).status).toBe(403);
    expect((await decide(officer, body.id, 'approve')).body.state).toBe('applied');
    expect((await household(built.id)).members[0]).toMatchObject({ labour: { code: 'lost' } });
    expect((await decide(second, body.id, 'approve')).body).toMatchObject({ code: 'wrong-state' });
    const steps = (await view(body.id)).steps.map(({ action, by }) => [action, by]);
    expect(steps).toEqual([['propose', clerk.actor.displayName], ['approve', officer.actor.displayName]]);
  });

  it('is approved by nobody who proposed it, and what takes two steps by two people', async () => {
    const built = await buildHousehold({ regionCode: village });
    const own = (await propose(officer, built.id, { kind: 'person-facts', personId: built.personId, labour: 'weak' })).body;
    expect((await decide(officer, own.id, 'approve')).body).toMatchObject({ code: 'not-permitted' });
    const { body } = await propose(clerk, built.id, { kind: 'household-account', bankName: '江苏农商行', account: '6228480402564890018' });
    expect((await decide(officer, body.id, 'approve')).body).toMatchObject({ code: 'wrong-state' });
    expect((await decide(officer, body.id, 'verify')).body.state).toBe('verified');
    expect((await decide(officer, body.id, 'approve')).body).toMatchObject({ code: 'not-permitted' });
    expect((await decide(second, body.id, 'approve')).body.state).toBe('applied');
    expect((await household(built.id)).accountMasked).toBe('****0018');
    expect((await view(body.id)).fields.map(({ after }) => after)).toEqual(['江苏农商行', '****0018']);
  });

  it('may be proposed and decided only by the roles that the region names', async () => {
    const built = await buildHousehold({ regionCode: village });
    const helper = await world.user(['helper'], village);
    expect((await propose(helper, built.id, { kind: 'household-status', status: 'lifted' })).body).toMatchObject({ code: 'not-permitted' });
    const elsewhere = await world.user(['village-clerk'], '320826101202');
    expect((await propose(elsewhere, built.id, { kind: 'household-status', status: 'lifted' })).status).toBe(404);
    const value = { twoSteps: false, proposers: 'town-reviewer', verifiers: 'town-reviewer', approvers: 'county-officer' };
    const policy = await officer.call(spec.proposePolicy, { body: { regionCode: '320826101000', code: 'change.procedure.household-contact', value, validFrom: '2026-01-01', basis: '镇变更管理办法' } });
    expect((await second.call(spec.decidePolicy, { params: { id: policy.body.id }, body: { action: 'approve', reason: '与文件一致' } })).status).toBe(200);
    const refusal = await propose(clerk, built.id, { kind: 'household-contact', address: '高西村 3 组' });
    expect(refusal.body).toMatchObject({ code: 'not-permitted' });
  });

  it('meets another about the same field, the same person, the same household as the region’s rules say', async () => {
    const built = await buildHousehold({ regionCode: village });
    const first = await propose(clerk, built.id, { kind: 'person-facts', personId: built.personId, labour: 'lost' });
    expect((await propose(officer, built.id, { kind: 'person-facts', personId: built.personId, labour: 'weak' })).body).toMatchObject({ code: 'already-exists' });
    const samePerson: Change = { kind: 'person-facts', personId: built.personId, education: 'junior' };
    expect((await propose(officer, built.id, samePerson)).body).toMatchObject({ code: 'request-invalid' });
    const explained = await propose(officer, built.id, samePerson, { despiteConflict: '与学历无关' });
    expect(explained.status, explained.text).toBe(200);
    expect((await view(explained.body.id)).conflicts).toMatchObject([{ requestId: first.body.id, rule: 'same-person', effect: 'warn' }]);
    expect((await propose(officer, built.id, { kind: 'household-status', status: 'lifted' })).status).toBe(200);
    expect((await view(explained.body.id)).steps.map(({ action, reason }) => [action, reason])).toContainEqual(['met-same-person', '与学历无关']);
  });

  it('becomes a conflict when the registry changed meanwhile: nothing is lost, a person puts it anew or rejects it', async () => {
    const built = await buildHousehold({ regionCode: village });
    const pending = (await propose(clerk, built.id, { kind: 'person-facts', personId: built.personId, labour: 'lost', education: 'junior' })).body;
    // An import does not ask.
    await inTransaction(systemActor, (trx) => sql`UPDATE households.person_fact SET labour_code = 'skilled' WHERE person_id = ${built.personId}`.execute(trx));
    expect((await decide(officer, pending.id, 'approve')).body.state).toBe('conflict');
    expect((await household(built.id)).members[0]).toMatchObject({ labour: { code: 'skilled' }, education: null });
    expect((await view(pending.id)).fields[0]).toMatchObject({ before: '普通劳动力', after: '丧失劳动力', meanwhile: '技能劳动力' });
    expect((await decide(officer, pending.id, 'approve')).body).toMatchObject({ code: 'wrong-state' });
    expect((await answer(clerk, pending.id, 'rebase')).body.state).toBe('proposed');
    expect((await view(pending.id)).fields[0]).toMatchObject({ before: '技能劳动力', meanwhile: null });
    expect((await decide(officer, pending.id, 'approve')).body.state).toBe('applied');
    expect((await household(built.id)).members[0]).toMatchObject({ labour: { code: 'lost' }, education: { code: 'junior' } });
  });

  it('keeps what somebody recorded for a later day', async () => {
    const built = await buildHousehold({ regionCode: village });
    const set = (effectiveOn: string, labour: string) => changeRegistry(world, officer, { householdId: built.id, effectiveOn, change: { kind: 'person-facts', personId: built.personId, labour } });
    await set('2026-08-01', 'lost');
    await set('2026-03-01', 'weak');
    const labour = async (asOf: string) => (await household(built.id, { asOf })).members[0]?.labour?.code;
    expect([await labour('2026-02-01'), await labour('2026-05-01'), await labour('2026-09-01')]).toEqual(['ordinary', 'weak', 'lost']);
  });

  it('is found by whom it waits for, sorted, paged and exported', async () => {
    const built = await buildHousehold({ regionCode: village, name: '吴待办' });
    const { body } = await propose(clerk, built.id, { kind: 'household-status', status: 'lifted' });
    const list = async (by: TestUser, query: Partial<spec.QueryOf<typeof spec.listChangeRequests>>) => (await by.call(spec.listChangeRequests, { query: { limit: 200, ...query } })).body.items.map(({ id }) => id);
    expect(await list(officer, { waiting: 'me' })).toContain(body.id);
    expect(await list(clerk, { waiting: 'me' })).not.toContain(body.id);
    expect(await list(clerk, { waiting: 'mine', sort: 'due' })).toContain(body.id);
    await decide(officer, body.id, 'verify');
    expect(await list(officer, { waiting: 'me' })).not.toContain(body.id);
    expect(await list(second, { waiting: 'me', kind: 'household-status' })).toContain(body.id);
    for (const sort of ['due', 'proposed', '-proposed'] as const) {
      const first = (await officer.call(spec.listChangeRequests, { query: { limit: 2, sort } })).body;
      const next = (await officer.call(spec.listChangeRequests, { query: { limit: 200, sort, cursor: first.nextCursor! } })).body;
      expect(new Set([...first.items, ...next.items].map(({ id }) => id)).size).toBe(first.total);
    }
    const csv = await officer.call(spec.exportChangeRequests, { query: { purpose: '月度核对', kind: 'household-status' } });
    expect(csv.text).toContain('吴待办');
  });

  it('carries its papers; small ones are approved together, each for itself', async () => {
    const [one, two] = [await buildHousehold({ regionCode: village }), await buildHousehold({ regionCode: village })];
    const first = (await propose(clerk, one.id, { kind: 'person-facts', personId: one.personId, labour: 'weak' })).body;
    const own = (await propose(officer, two.id, { kind: 'person-facts', personId: two.personId, labour: 'weak' })).body;
    const sent = await clerk.upload(`/api/change-requests/${first.id}/attachments`, { name: '户口簿.png', content: Buffer.from('\x89PNG----------------', 'latin1') });
    expect(sent.status, sent.text).toBe(200);
    expect((await clerk.upload(`/api/change-requests/${first.id}/attachments`, { name: '户口簿.png', content: Buffer.from('MZ--------------------') })).status).toBe(400);
    const [paper] = (await view(first.id)).attachments;
    expect((await officer.call(spec.downloadChangeAttachment, { params: { id: first.id, attachmentId: paper!.id } })).raw.toString('latin1')).toContain('PNG');
    const both = (await officer.call(spec.approveChanges, { body: { ids: [first.id, own.id] } })).body.items;
    expect(both.map(({ state, problem }) => [state, problem])).toEqual([['applied', null], [null, '自己提出的变更须由另一人审批。']]);
  });

  it('refuses what is wrong, in the proposal’s own words, and never shows a whole number', async () => {
    const built = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019610101003') });
    const other = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019610101005') });
    const fields = async (change: Change) => (await propose(officer, built.id, change)).body as unknown as { fields?: { path: string }[] };
    expect((await fields({ kind: 'person-facts', personId: built.personId, labour: '没有' })).fields?.map(({ path }) => path)).toEqual(['change.labour']);
    expect((await fields({ kind: 'person-facts', personId: other.personId, labour: 'weak' })).fields?.map(({ path }) => path)).toEqual(['change.personId']);
    expect((await fields({ kind: 'person-identity', personId: built.personId, idNumber: numberOf('39990019610101005') })).fields?.map(({ path }) => path)).toEqual(['change.idNumber']);
    expect((await propose(officer, built.id, { kind: 'person-facts', personId: built.personId, labour: 'ordinary' })).status).toBe(400);
    expect((await propose(officer, built.id, { kind: 'household-status', status: 'lifted' }, { effectiveOn: '2099-01-01' })).status).toBe(400);
    const right = numberOf('39990019610202007');
    const { id } = await changeRegistry(world, officer, { householdId: built.id, effectiveOn: '2026-06-01', change: { kind: 'person-identity', personId: built.personId, idNumber: right } });
    expect(JSON.stringify(await view(id))).not.toContain(right);
    expect((await officer.call(spec.lookUpPerson, { body: { idNumber: right } })).body.items.map((item) => item.id)).toEqual([built.id]);
  });

  it('is proposed and decided by nobody of the household itself', async () => {
    const built = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019610303001') });
    const cousin = await world.user(['county-officer'], '320826000000', { personKey: built.personKey });
    expect((await propose(cousin, built.id, { kind: 'household-status', status: 'sudden' })).body).toMatchObject({ code: 'conflict-of-interest' });
    const { body } = await propose(clerk, built.id, { kind: 'household-status', status: 'sudden' });
    expect((await decide(cousin, body.id, 'verify')).body).toMatchObject({ code: 'conflict-of-interest' });
  });
});

describe('wrongly reported dead', () => {
  it('everything holds again, what was known before can still be read, and the mistake stays on record', async () => {
    const built = await buildHousehold({ regionCode: village, name: '李老汉', idNumber: numberOf('39990019500101001') });
    await changeRegistry(world, officer, { householdId: built.id, effectiveOn: '2026-02-01', change: { kind: 'join', reason: 'other', name: '李小儿', relation: '03', birthDate: '1980-01-01', sex: '1' } });
    const son = (await household(built.id)).members.find(({ name }) => name === '李小儿')!.personId;
    expect((await propose(officer, built.id, { kind: 'leave', personId: built.personId, reason: 'died' })).status).toBe(400);
    const death = await changeRegistry(world, officer, { householdId: built.id, effectiveOn: '2026-06-01', change: { kind: 'leave', personId: built.personId, reason: 'died', relations: [{ personId: son, relation: '01' }] } });
    const dead = await household(built.id);
    expect(dead.members.map(({ name, relation }) => [name, relation?.code])).toEqual([['李小儿', '01']]);
    const meanwhile = new Date().toISOString();
    const undone = await changeRegistry(world, clerk, { householdId: built.id, effectiveOn: '2026-06-20', reason: '本人到村委会，系误报', change: { kind: 'reversal', requestId: death.id } });
    expect(undone.state).toBe('applied');
    const people = async (query: { asOf?: string; knownAt?: string }) => (await household(built.id, query)).members.map(({ name, relation }) => [name, relation?.code]);
    const both = [['李老汉', '01'], ['李小儿', '03']];
    expect(await people({})).toEqual(both);
    expect(await people({ asOf: '2026-06-10' })).toEqual(both);
    expect(await people({ asOf: '2026-06-10', knownAt: meanwhile })).toEqual([['李小儿', '01']]);
    expect((await officer.call(spec.listHouseholds, { query: { q: '李老汉' } })).body.items[0]).toMatchObject({ headName: '李老汉', memberCount: 2 });
    expect((await propose(officer, built.id, { kind: 'reversal', requestId: death.id })).status).toBe(400);
  });

  it('is not undone over what was built upon it since', async () => {
    const built = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019510101001') });
    const next = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019510101002') });
    const gone = await changeRegistry(world, officer, { householdId: built.id, effectiveOn: '2026-06-01', change: { kind: 'leave', personId: built.personId, reason: 'moved' } });
    const undo = await propose(clerk, built.id, { kind: 'reversal', requestId: gone.id });
    await changeRegistry(world, officer, { householdId: next.id, effectiveOn: '2026-07-01', change: { kind: 'join', reason: 'moved-in', name: '测试甲', relation: '09', idNumber: numberOf('39990019510101001') } });
    expect(await approveChange(world, undo.body.id)).toBe('conflict');
    expect((await view(undo.body.id)).problems.join()).toContain(next.number);
    expect((await household(next.id)).members).toHaveLength(2);
  });
});

it('whatever two officers do at once in whatever order, a request is in one known state and the registry says the last approved value', async () => {
  const built = await buildHousehold({ regionCode: village, idNumber: numberOf('39990019520101001') });
  const values = ['lost', 'weak', 'skilled', 'none'] as const;
  let approved: string = 'ordinary';
  const open = new Map<string, string>();
  const act = async (by: TestUser, action: string, value: string) => {
    if (action === 'propose') {
      const { status, body } = await propose(by, built.id, { kind: 'person-facts', personId: built.personId, labour: value });
      if (status === 200) open.set(body.id, value);
      return;
    }
    const id = [...open.keys()].at(-1);
    if (!id) return;
    const { status, body } = action === 'rebase' || action === 'withdraw' ? await answer(by, id, action) : await decide(by, id, action as 'approve' | 'reject');
    if (status === 200 && body.state === 'applied') approved = open.get(id)!;
  };
  const actions = fc.constantFrom('propose', 'approve', 'reject', 'rebase', 'withdraw');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(actions, actions, fc.constantFrom(...values)), { minLength: 3, maxLength: 6 }), async (rounds) => {
      for (const [left, right, value] of rounds) {
        await Promise.all([act(officer, left, value), act(second, right, value)]);
        for (const id of open.keys()) {
          const { state, steps } = await view(id);
          const closing = steps.filter(({ action }) => ['approve', 'reject', 'withdraw'].includes(action));
          expect(closing.length).toBe(['applied', 'rejected', 'withdrawn'].includes(state.code) ? 1 : 0);
          expect(steps.filter(({ action }) => action === 'approve').every(({ by }) => by !== steps[0]!.by)).toBe(true);
        }
        const { body } = await officer.call(spec.listChangeRequests, { query: { householdId: built.id, waiting: 'anybody' } });
        expect(body.items.length).toBeLessThanOrEqual(1);
        expect((await household(built.id, { asOf: '2026-06-01' })).members[0]!.labour!.code).toBe(approved);
      }
    }),
    { numRuns: 8 },
  );
});
