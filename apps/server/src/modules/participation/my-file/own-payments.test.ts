import * as spec from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildHousehold, buildPayout, crossCheckActor, type BuiltHousehold } from '#testing/builders.ts';
import { markFactsGone } from '#modules/supervision/findings/index.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';

const county = '320826000000';
const village = '320826101201';
const idNumber = '399900196001010019';
let world: TestApp;
let clerk: TestUser;
let checker: TestUser;
let household: BuiltHousehold;
let cookie: string;
beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  checker = await world.user(['county-officer'], county);
  household = await buildHousehold({ regionCode: village, idNumber, name: '王小明' });
  const letter = await clerk.call(spec.makeCodeLetter, { params: { id: household.id }, body: { personId: household.personId, cardSeen: true, helper: null } });
  const opened = await world.app.inject({ method: 'POST', url: '/api/my-file/visit', payload: { code: letter.body.code, idNumber } });
  cookie = opened.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
});
afterAll(() => world.close());

const read = async () => (await world.app.inject({ url: '/api/my-file', headers: { cookie } })).json<spec.MyFileView>();
const ask = (body: object) => world.app.inject({ method: 'POST', url: '/api/my-file/requests', headers: { cookie }, payload: { commandId: newId(), ...body } });
const printed = async () => (await clerk.call(spec.printMyFile, { params: { id: household.id }, query: { personId: household.personId, askedBy: 'self', purpose: '本人到窗口查询' } })).text;

describe('a payment that is held', () => {
  it('tells the household why, until when and whom to ask; an objection is answered by somebody else', async () => {
    const { lineId, batchId } = await buildPayout(household, { state: 'draft' });
    const proposalId = newId();
    await inTransaction(systemActor, (trx) => sql`INSERT INTO payouts.proposal (county_code, id, batch_id, line_id, region_code, doubt, fact) VALUES (${county}, ${proposalId}, ${batchId}, ${lineId}, ${village}, 'shared-account', '{"households": 2}')`.execute(trx));
    const body = { decision: 'hold' as const, reason: '请村里核对账号', legalBasis: '一卡通管理规定', holdDays: 10, contactPhone: '0517-82380000' };
    expect((await checker.call(spec.decidePayoutProposal, { params: { id: proposalId }, body })).status).toBe(200);

    const until = addDays(today(), 10);
    const notice = (await read()).payouts.find(({ id }) => id === lineId)!.notices[0]!;
    expect(notice).toMatchObject({ until, reason: body.reason, legalBasis: body.legalBasis, contact: { name: checker.actor.displayName, phone: body.contactPhone }, fact: { zh: '同一账号登记在 2 户名下' } });
    const page = await world.app.inject({ url: `/api/my-file/hold-notices/${notice.id}`, headers: { cookie } });
    expect(page.statusCode, page.body).toBe(200);
    for (const words of ['暂缓发放告知书', until, body.reason, body.contactPhone, '王小明 户']) expect(page.body).toContain(words);
    expect((await world.app.inject({ url: `/api/my-file/hold-notices/${notice.id}` })).statusCode).toBe(401);
    expect(await printed()).toContain(`暂缓发放到 ${until}（告知书 ${notice.number}）`);

    expect((await ask({ kind: 'contest', subjectId: notice.id, text: '账号是我自己的' })).statusCode).toBe(200);
    const objection = (await checker.call(spec.listResidentRequests, { query: { kind: 'contest' } })).body.items.find(({ subjectId }) => subjectId === notice.id)!;
    expect(objection.notByYou).toBe(true);
    expect((await checker.call(spec.answerResidentRequest, { params: { id: objection.id }, body: { answer: '维持' } })).status).toBe(403);
    const other = await world.user(['county-officer'], county);
    const answer = (by: TestUser, body: { answer: string; outcome?: 'upheld' | 'rejected' }) => by.call(spec.answerResidentRequest, { params: { id: objection.id }, body });
    expect((await answer(other, { answer: '已核对，照发。' })).text).toContain('outcome');
    // a township keeps no hold and ends none
    expect((await answer(await world.user(['town-reviewer'], '320826101000'), { answer: '照发', outcome: 'upheld' })).status).toBe(403);
    expect((await answer(other, { answer: '已核对，照发。', outcome: 'upheld' })).status).toBe(200);
    const file = await read();
    expect(file.requests.find(({ number }) => number === objection.number)).toMatchObject({ outcome: 'upheld' });
    const told = file.payouts.find(({ id }) => id === lineId)!.notices[0]!;
    expect(told).toMatchObject({ withdrawn: true, ended: { objection: objection.number, by: other.actor.displayName } });
    const end = await world.app.inject({ url: `/api/my-file/hold-notices/${notice.id}/end`, headers: { cookie } });
    for (const words of ['解除暂缓发放告知书', told.ended!.number, '您提出的意见成立', objection.number, '不用再申请']) expect(end.body).toContain(words);
    expect(await printed()).toContain('起不再因告知书');
    const { rows } = await inTransaction(systemActor, (trx) => sql<{ decision: string }>`SELECT decision FROM payouts.proposal WHERE id = ${proposalId}`.execute(trx));
    expect(rows).toEqual([{ decision: 'pay' }]);
  });

  it('of a neighbour is nobody else’s to read or to object to', async () => {
    const neighbour = await buildHousehold({ regionCode: village, idNumber: '399900196202020029', name: '李邻居' });
    const { lineId, batchId } = await buildPayout(neighbour, { state: 'draft' });
    const [proposalId, noticeId] = [newId(), newId()];
    await inTransaction(systemActor, async (trx) => {
      await sql`INSERT INTO payouts.proposal (county_code, id, batch_id, line_id, region_code, doubt, fact) VALUES (${county}, ${proposalId}, ${batchId}, ${lineId}, ${village}, 'died', '{"day": "2026-09-01"}')`.execute(trx);
      await sql`INSERT INTO payouts.hold_notice (county_code, id, number, proposal_id, batch_id, line_id, household_id, region_code, reason, legal_basis, hold_until, decided_by, contact_name, contact_phone) VALUES (${county}, ${noticeId}, 'HF-X', ${proposalId}, ${batchId}, ${lineId}, ${neighbour.id}, ${village}, '核实', '规定', '2026-12-31', ${checker.actor.accountId}, '张三', '1')`.execute(trx);
    });
    expect((await world.app.inject({ url: `/api/my-file/hold-notices/${noticeId}`, headers: { cookie } })).statusCode).toBe(404);
    expect((await ask({ kind: 'contest', subjectId: noticeId, text: '我不同意' })).statusCode).toBe(400);
  });
});

describe('a payment that did not arrive', () => {
  it('is a finding at once, with a deadline, followed to its end by somebody who did not handle it', async () => {
    const { lineId } = await buildPayout(household, { state: 'settled' });
    const commandId = newId();
    const said = await ask({ commandId, kind: 'not-received', subjectId: lineId, text: '存折上没有这笔钱' });
    expect(said.statusCode, said.body).toBe(200);
    const { number } = said.json<{ number: string }>();
    expect(number).toMatch(/^F25-\d{4}-\d{6}$/);
    expect((await ask({ commandId, kind: 'not-received', subjectId: lineId, text: '存折上没有这笔钱' })).json()).toEqual({ number });
    // said again, at the counter: the same matter
    const again = await clerk.call(spec.sayNotReceived, { params: { id: household.id }, body: { paymentId: lineId, channel: 'in-person', text: '又来问了一次' } });
    expect(again.body, again.text).toMatchObject({ number });
    const id = again.body.findingId;
    const [dueIn3, officer] = [(await read()).decisions.find((one) => one.number === number)!, await world.user(['county-officer'], county)];
    expect(dueIn3).toMatchObject({ paymentId: lineId, outcome: null, state: { zh: '待派单' } });
    expect(dueIn3.dueOn! > today()).toBe(true);
    expect(await printed()).toContain(`${number} 户里反映2026-10的420元没有收到`);

    const view = async (by = officer) => (await by.call(spec.getFinding, { params: { id } })).body;
    expect(await view()).toMatchObject({ rule: 'F25', runId: null, householdId: household.id, paymentId: lineId, payment: { id: lineId, state: 'paid', amountFen: 42_000, reissuedIn: null }, evidence: [{ text: expect.stringContaining('银行回盘为') as string, amountFen: 42_000 }] });
    expect((await view()).answers.map(({ channel, text }) => [channel, text])).toEqual([['online', '存折上没有这笔钱'], ['in-person', '又来问了一次']]);
    // nobody of another county, nobody of the household, nobody who handled the payment
    expect((await (await world.user(['county-officer'], '320803000000')).call(spec.getFinding, { params: { id } })).status).toBe(404);
    const relative = await world.user(['county-officer'], county, { personKey: household.personKey });
    expect((await relative.call(spec.getFinding, { params: { id } })).status).toBe(404);
    expect((await relative.call(spec.sayNotReceived, { params: { id: household.id }, body: { paymentId: lineId, channel: 'phone', text: '我家的' } })).status).not.toBe(200);
    const handled = await world.user(['county-officer'], county);
    await inTransaction(systemActor, (trx) => sql`UPDATE payouts.batch SET checked_by = ${handled.actor.accountId} WHERE id = (SELECT batch_id FROM payouts.line WHERE id = ${lineId})`.execute(trx));
    expect((await view(handled)).actions).toEqual(['assign']);
    const assign = (assigneeId: string) => officer.call(spec.assignFindings, { body: { findingIds: [id], assigneeId, note: '' } });
    expect((await assign(handled.actor.accountId)).body).toMatchObject({ assigned: 0, skipped: [{ reason: '这笔发放是此人经办的，须回避。' }] });
    expect((await officer.call(spec.listAssignees, { params: { id } })).body.items.map((one) => one.id)).not.toContain(handled.actor.accountId);

    const step = async (endpoint: typeof spec.startVerification) => officer.call(endpoint, { params: { id }, body: { expectedVersion: (await view()).version, reason: '到银行核对' } });
    expect((await assign(officer.actor.accountId)).body.assigned).toBe(1);
    expect((await step(spec.startVerification)).status).toBe(200);
    const decision = async (by: TestUser) => by.call(spec.decideFinding, { params: { id }, body: { expectedVersion: (await view()).version, outcome: 'confirmed', reason: '钱进了已注销的账户，银行退回后重发' } });
    expect((await decision(handled)).body).toMatchObject({ code: 'conflict-of-interest' });
    const decided = await decision(officer);
    expect(decided.status, decided.text).toBe(200);
    expect((await step(spec.followUpFinding)).status).toBe(200);
    expect((await step(spec.closeFinding)).status).toBe(200);
    expect((await read()).decisions.find((one) => one.number === number)).toMatchObject({ outcome: { zh: '情况属实' }, reason: '钱进了已注销的账户，银行退回后重发', state: { zh: '已办结' } });
    // it did not arrive after all: a new matter
    const anew = (await ask({ kind: 'not-received', subjectId: lineId, text: '还是没有' })).json<{ number: string }>();
    expect(anew.number).not.toBe(number);
  });

  it('cannot be said of what never went to the bank, or of a neighbour’s payment', async () => {
    const draft = await buildPayout(household, { state: 'draft' });
    const refused = await ask({ kind: 'not-received', subjectId: draft.lineId, text: '没有收到' });
    expect([refused.statusCode, refused.json<{ detail: string }>().detail]).toEqual([409, '这笔钱还没有送银行发放。']);
    const neighbour = await buildHousehold({ regionCode: village, idNumber: '399900196303030034', name: '赵邻居' });
    const other = await buildPayout(neighbour, { state: 'settled' });
    expect((await ask({ kind: 'not-received', subjectId: other.lineId, text: '没有收到' })).statusCode).toBe(400);
    expect((await clerk.call(spec.sayNotReceived, { params: { id: household.id }, body: { paymentId: other.lineId, channel: 'paper', text: '没有收到' } })).status).toBe(400);
    const away = await world.user(['village-clerk'], '320826101202');
    expect((await away.call(spec.sayNotReceived, { params: { id: neighbour.id }, body: { paymentId: other.lineId, channel: 'paper', text: '没有收到' } })).status).toBe(404);
  });

  it('stays a finding when cross-checks run after it', async () => {
    const { lineId } = await buildPayout(household, { state: 'sent' });
    const { number } = (await ask({ kind: 'not-received', subjectId: lineId, text: '没有收到' })).json<{ number: string }>();
    await inTransaction(crossCheckActor, (trx) => markFactsGone(trx, newId(), 'F25', county, '320827000000'));
    expect((await read()).decisions.find((one) => one.number === number)).toMatchObject({ state: { zh: '待派单' } });
  });
});
