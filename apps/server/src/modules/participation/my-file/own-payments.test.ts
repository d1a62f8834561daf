import * as spec from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildHousehold, buildPayout, type BuiltHousehold } from '#testing/builders.ts';
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
    expect((await other.call(spec.answerResidentRequest, { params: { id: objection.id }, body: { answer: '已核对，照发。' } })).status).toBe(200);
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
