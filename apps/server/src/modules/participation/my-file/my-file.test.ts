import * as spec from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildFinding, buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { residentActor } from './resident-actor.ts';

const village = '320826101201';
const idNumber = '399900196001010019';
let world: TestApp;
let clerk: TestUser;
let officer: TestUser;
let household: BuiltHousehold;
let neighbour: BuiltHousehold;
beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  officer = await world.user(['county-officer'], '320826000000');
  household = await buildHousehold({ regionCode: village, idNumber, name: '王小明' });
  neighbour = await buildHousehold({ regionCode: village, idNumber: '399900196202020029', name: '李邻居' });
});
afterAll(() => world.close());

const letterFor = async (one: BuiltHousehold, helper: { name: string; relation: 'child' } | null = null) => {
  const made = await clerk.call(spec.makeCodeLetter, { params: { id: one.id }, body: { personId: one.personId, cardSeen: true, helper } });
  expect(made.status, made.text).toBe(200);
  return made.body;
};
const open = (code: string, number: string) => world.app.inject({ method: 'POST', url: '/api/my-file/visit', payload: { code, idNumber: number } });
const enter = async (code: string, number = idNumber): Promise<string> => {
  const answer = await open(code, number);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
};
const read = (cookie: string) => world.app.inject({ url: '/api/my-file', headers: { cookie } });
const ask = (cookie: string, body: object) => world.app.inject({ method: 'POST', url: '/api/my-file/requests', headers: { cookie }, payload: { commandId: newId(), ...body } });

describe('a letter', () => {
  it('opens the file of exactly one household for who holds both the code and the number', async () => {
    const { code } = await letterFor(household);
    const cookie = await enter(code.toLowerCase().replaceAll('-', ' '), idNumber);
    const answer = await read(cookie);
    expect(answer.statusCode, answer.body).toBe(200);
    const file = answer.json<spec.MyFileView>();
    expect(file.person.name).toBe('王小明');
    expect(answer.body).not.toContain(idNumber);
    expect(answer.body).not.toContain('李邻居');
    expect((await read('')).statusCode).toBe(401);
    await world.app.inject({ method: 'POST', url: '/api/my-file/close', headers: { cookie }, payload: {} });
    expect((await read(cookie)).statusCode).toBe(401);
  });

  it('says the same for a wrong code and a wrong number, and is void after five wrong numbers', async () => {
    const { code } = await letterFor(household);
    const wrong = [await open('AAAA-BBBB-CCCC', idNumber), await open(code, '399900196202020029'), await open(code, '123456789012345678')];
    expect(new Set(wrong.map((answer) => answer.json<{ detail: string }>().detail)).size).toBe(1);
    for (let attempt = 0; attempt < 3; attempt += 1) await open(code, '399900196202020029');
    expect((await open(code, idNumber)).statusCode).toBe(401);
  });

  it('is kept as a keyed hash only, and shown once', async () => {
    const { code } = await letterFor(household);
    const client = new pg.Client({ connectionString: world.test.superuserUrl });
    await client.connect();
    const { rows } = await client.query<{ all: string }>(`SELECT string_agg(l::text, ' ') || (SELECT string_agg(c::text, ' ') FROM platform.command c) AS all FROM my_file.code_letter l`);
    await client.end();
    expect(rows[0]!.all).not.toContain(code);
    expect(rows[0]!.all).not.toContain(code.replaceAll('-', ''));
    const commandId = newId();
    const body = { commandId, personId: household.personId, cardSeen: true as const, helper: null };
    expect((await clerk.call(spec.makeCodeLetter, { params: { id: household.id }, body })).status).toBe(200);
    expect((await clerk.call(spec.makeCodeLetter, { params: { id: household.id }, body })).status).toBe(409);
  });

  it('of somebody who reads for the person ends when the person takes it back, in the middle of a visit too', async () => {
    const helper = await enter((await letterFor(household, { name: '王大儿', relation: 'child' })).code);
    const own = await enter((await letterFor(household)).code);
    expect((await read(helper)).statusCode).toBe(200);
    const { helpers } = (await read(own)).json<spec.MyFileView>();
    expect(helpers.map(({ name }) => name)).toEqual(['王大儿']);
    const withdraw = (cookie: string) => world.app.inject({ method: 'POST', url: '/api/my-file/withdrawals', headers: { cookie }, payload: { commandId: newId(), what: 'helper', subjectId: helpers[0]!.id } });
    expect((await withdraw(helper)).statusCode).toBe(403);
    expect((await withdraw(own)).statusCode).toBe(200);
    expect((await read(helper)).statusCode).toBe(401);
  });
});

it('the database itself shows a resident no other household, whatever is asked', async () => {
  const actor = residentActor({ householdId: household.id, regionCode: village, reader: '本人' });
  const seen = await inTransaction(actor, async (trx) => {
    const count = async (table: string) => (await sql<{ id: string }>`SELECT DISTINCT ${sql.raw(table === 'households.household' ? 'id' : 'household_id')} AS id FROM ${sql.table(table)}`.execute(trx)).rows.map(({ id }) => id);
    return Object.fromEntries(await Promise.all(['households.household', 'households.person', 'households.membership', 'households.household_status', 'supervision.finding', 'my_file.code_letter'].map(async (table) => [table, await count(table)] as const)));
  });
  for (const [table, ids] of Object.entries(seen)) for (const id of ids) expect(id, table).toBe(household.id);
  expect(seen['households.household']).toEqual([household.id]);
});

it('a table that knows a household cannot be added without that lock', async () => {
  const client = new pg.Client({ connectionString: world.test.superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ open: string }>(`SELECT c.oid::regclass::text AS open FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'household_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND has_table_privilege('sunlit_app', c.oid, 'SELECT') AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'only_household')`);
  await client.end();
  expect(rows.map(({ open: table }) => table)).toEqual(['my_file.visit']);
});

it('shows who looked and for what; inspection’s looks come later', async () => {
  const inspector = await world.user(['discipline-inspector'], '320826000000');
  await officer.call(spec.getHousehold, { params: { id: neighbour.id } });
  await inspector.call(spec.getHousehold, { params: { id: neighbour.id } });
  const cookie = await enter((await letterFor(neighbour)).code, '399900196202020029');
  const looks = async () => (await read(cookie)).json<spec.MyFileView>().lookups.map(({ who }) => who);
  expect(await looks()).toEqual([officer.actor.displayName]);
  const client = new pg.Client({ connectionString: world.test.superuserUrl });
  await client.connect();
  await client.query(`ALTER TABLE audit.record DISABLE TRIGGER USER; UPDATE audit.record SET at = at - interval '181 days' WHERE actor_id = '${inspector.actor.accountId}'; ALTER TABLE audit.record ENABLE TRIGGER USER`);
  await client.end();
  expect(await looks()).toContain(inspector.actor.displayName);
});

describe('what a resident asks', () => {
  it('is a numbered request that ends with an answer the resident reads', async () => {
    const cookie = await enter((await letterFor(household)).code);
    const asked = await ask(cookie, { kind: 'correction', text: '我家是四口人，少登记了一个，电话13912345678' });
    expect(asked.statusCode, asked.body).toBe(200);
    const list = await officer.call(spec.listResidentRequests, {});
    expect(list.body.items).toMatchObject([{ number: asked.json<{ number: string }>().number, kind: 'correction', state: 'received', notByYou: false }]);
    expect(list.text).not.toContain('13912345678');
    expect((await clerk.call(spec.listResidentRequests, {})).status).toBe(403);
    expect((await officer.call(spec.answerResidentRequest, { params: { id: list.body.items[0]!.id }, body: { answer: '已请村里核实并更正。' } })).status).toBe(200);
    expect((await read(cookie)).json<spec.MyFileView>().requests).toMatchObject([{ state: 'answered', answer: '已请村里核实并更正。', answeredBy: officer.actor.displayName }]);
  });

  it('against a decision is answered by somebody who did not make it', async () => {
    const findingId = await buildFinding(household, { released: true });
    await decide(findingId);
    const cookie = await enter((await letterFor(household)).code);
    const { decisions } = (await read(cookie)).json<spec.MyFileView>();
    expect(decisions.map(({ id }) => id)).toContain(findingId);
    expect((await ask(cookie, { kind: 'contest', subjectId: newId(), text: '我不同意' })).statusCode).toBe(400);
    expect((await ask(cookie, { kind: 'contest', subjectId: findingId, text: '我不同意' })).statusCode).toBe(200);
    const contest = (await officer.call(spec.listResidentRequests, { query: { kind: 'contest' } })).body.items[0]!;
    expect(contest).toMatchObject({ notByYou: true, subjectId: findingId });
    expect((await officer.call(spec.answerResidentRequest, { params: { id: contest.id }, body: { answer: '维持原决定' } })).status).toBe(403);
    const other = await world.user(['county-officer'], '320826000000');
    expect((await other.call(spec.answerResidentRequest, { params: { id: contest.id }, body: { answer: '重新核实后维持，理由见通知。' } })).status).toBe(200);
  });

  it('about a payment names one of the household’s own', async () => {
    const cookie = await enter((await letterFor(household)).code);
    expect((await ask(cookie, { kind: 'not-received', subjectId: newId(), text: '没有收到' })).statusCode).toBe(400);
    expect((await ask(cookie, { kind: 'not-received', subjectId: '', text: '没有收到' })).statusCode).toBe(400);
  });
});

describe('a case of identification', () => {
  it('shows what was decided and by whom, and is appealed against from the file', async () => {
    const reviewer = await world.user(['town-reviewer'], '320826101000');
    const opened = await clerk.call(spec.openProcedure, { body: { regionCode: village, channel: 'visit', eventOn: today(), told: '户主住院。', householdId: household.id } });
    expect(opened.status, opened.text).toBe(200);
    const closed = await reviewer.call(spec.takeProcedureStep, { params: { id: opened.body.id }, body: { expectedVersion: 1, form: { action: 'set-aside', reason: '不在本村居住。' } } });
    expect(closed.status, closed.text).toBe(200);
    const cookie = await enter((await letterFor(household)).code);
    const mine = (await read(cookie)).json<spec.MyFileView>().cases[0]!;
    expect(mine).toMatchObject({ isFinal: true, next: null, decisions: [{ by: reviewer.actor.displayName, reason: '不在本村居住。', mayAppeal: true }] });
    const stepId = mine.decisions[0]!.id;

    // Nobody else's case can be read or appealed against, not even by who knows its id.
    const other = await enter((await letterFor(neighbour)).code, '399900196202020029');
    expect((await read(other)).json<spec.MyFileView>().cases).toEqual([]);
    expect((await ask(other, { kind: 'appeal', subjectId: stepId, text: '我不同意' })).statusCode).toBe(400);
    const seen = await inTransaction(residentActor({ householdId: neighbour.id, regionCode: village, reader: '本人' }), (trx) => sql`SELECT 1 FROM identification.step`.execute(trx));
    expect(seen.rows).toEqual([]);

    const commandId = newId();
    const appealed = await ask(cookie, { commandId, kind: 'appeal', subjectId: stepId, text: '我家一直住在村里' });
    expect(appealed.statusCode, appealed.body).toBe(200);
    expect((await ask(cookie, { commandId, kind: 'appeal', subjectId: stepId, text: '我家一直住在村里' })).json()).toEqual(appealed.json());
    const { number } = appealed.json<{ number: string }>();
    const after = (await read(cookie)).json<spec.MyFileView>().cases[0]!;
    expect(after).toMatchObject({ appeals: [{ number, outcome: null }], decisions: [{ mayAppeal: false }] });
    const { appeals } = (await officer.call(spec.getProcedure, { params: { id: opened.body.id } })).body;
    expect(appeals).toMatchObject([{ number, text: '我家一直住在村里', mayAnswer: true }]);
    const printed = await clerk.call(spec.printMyFile, { params: { id: household.id }, query: { personId: household.personId, askedBy: 'self', purpose: '本人到窗口查询' } });
    expect(printed.text).toContain(`${mine.number} ${mine.title.zh}：${mine.state.zh}；${mine.decisions[0]!.title.zh}：${mine.decisions[0]!.result.zh}（${reviewer.actor.displayName}，${today()}）不在本村居住。`);
  });

  it('hears from the household whether help arrived, and from nobody else', async () => {
    const opened = await clerk.call(spec.openProcedure, { body: { regionCode: village, channel: 'visit', eventOn: today(), told: '家里有人住院。', householdId: household.id } });
    const id = opened.body.id;
    const promised = await clerk.call(spec.promiseMeasure, { params: { id }, body: { kind: 'health', what: '协助办理大病保险报销', responsible: '村医', dueOn: today() } });
    expect(promised.status, promised.text).toBe(200);
    const measureId = promised.body.id;
    const answer = (cookie: string, more: object) => world.app.inject({ method: 'POST', url: '/api/my-file/measures', headers: { cookie }, payload: { commandId: newId(), measureId, helped: 'no', ...more } });
    const cookie = await enter((await letterFor(household)).code);
    expect((await answer(cookie, {})).json()).toMatchObject({ code: 'wrong-state' });
    const delivered = await clerk.call(spec.deliverMeasure, { params: { id, measureId }, body: { on: today(), what: '已到村里办理' } });
    expect(delivered.status, delivered.text).toBe(200);
    const other = await enter((await letterFor(neighbour)).code, '399900196202020029');
    expect((await answer(other, {})).statusCode).toBe(404);
    expect((await answer(cookie, { helped: 'perhaps' })).statusCode).toBe(400);
    expect((await answer(cookie, { text: '没有人来办过' })).statusCode).toBe(200);
    const told = { state: 'confirmed', helped: false };
    expect((await read(cookie)).json<spec.MyFileView>().cases.find((one) => one.id === id)!.measures).toMatchObject([{ ...told, said: '没有人来办过' }]);
    expect((await officer.call(spec.getProcedure, { params: { id } })).body.measures).toMatchObject([{ ...told, confirmed: '没有人来办过' }]);
    expect((await answer(cookie, { helped: 'yes' })).json()).toMatchObject({ code: 'wrong-state' });
  });
});

it('is printed at the counter with who asked on record, and never for the clerk’s own household', async () => {
  const printed = await clerk.call(spec.printMyFile, { params: { id: household.id }, query: { personId: household.personId, askedBy: 'self', purpose: '本人到窗口查询' } });
  expect(printed.status, printed.text).toBe(200);
  expect(printed.text).toContain('王小明');
  expect(printed.text).not.toContain(idNumber);
  const trail = (await read(await enter((await letterFor(household)).code))).json<spec.MyFileView>().lookups;
  expect(trail).toContainEqual(expect.objectContaining({ who: clerk.actor.displayName, reason: '本人到窗口查询' }));
});

/** As the officer decided it through the ordinary steps. */
async function decide(findingId: string): Promise<void> {
  const client = new pg.Client({ connectionString: world.test.superuserUrl });
  await client.connect();
  await client.query(`UPDATE supervision.finding SET state = 'decided', outcome = 'confirmed', outcome_reason = '核实属实', decided_by = $2, decided_at = now() WHERE id = $1`, [findingId, officer.actor.accountId]);
  await client.end();
}
