import * as spec from '@sunlit/api-spec';
import type { StepForm } from '@sunlit/api-spec';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { deliverDueEvents } from '#platform/events/deliver-events.ts';
import { publish } from '#platform/events/publish.ts';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { openDefinition, procedureInForce, procedures } from './definitions.ts';
import { writeHelpSnapshot } from './help-snapshot.ts';
import { addMonths, appraisalProblems, monthsBetween } from './procedure-policy.ts';

const village = '320826101201';
const town = '320826101000';
const county = '320826000000';
let world: TestApp;
let clerk: TestUser;
let reviewer: TestUser;
let officer: TestUser;
let serial = 0;

beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  reviewer = await world.user(['town-reviewer'], town);
  officer = await world.user(['county-officer'], county);
});
afterAll(() => world.close());

async function owner(statement: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: world.test.ownerUrl });
  await client.connect();
  await client.query(statement, values);
  await client.end();
}
const idNumberOf = (n: number) => `3999001960010${String(1000 + n)}X`.slice(0, 18);
async function household(name = '测试甲'): Promise<BuiltHousehold> {
  serial += 1;
  return buildHousehold({ regionCode: village, name, idNumber: idNumberOf(serial) });
}
async function authorise(home: BuiltHousehold): Promise<void> {
  const made = await clerk.call(spec.recordAuthorisation, { params: { id: home.personId }, body: { kinds: ['tax'], purpose: '监测对象识别', signedBy: 'self', signedOn: today() } });
  expect(made.status, made.text).toBe(200);
}
const view = async (id: string, user = officer) => {
  const answer = await user.call(spec.getProcedure, { params: { id } });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const step = async (user: TestUser, id: string, form: StepForm) => user.call(spec.takeProcedureStep, { params: { id }, body: { expectedVersion: (await view(id)).version, form } });
const mustStep = async (user: TestUser, id: string, form: StepForm) => {
  const answer = await step(user, id, form);
  expect(answer.status, `${form.action}: ${answer.text}`).toBe(200);
  return answer.body;
};
async function openClue(body: Partial<{ householdId: string; eventOn: string; purpose: 'entry' | 'exit' }> = {}, user = clerk): Promise<string> {
  const made = await user.call(spec.openProcedure, { body: { regionCode: village, channel: 'visit', eventOn: today(), told: '户主突发重病住院，自己花了五万多。', ...body } });
  expect(made.status, made.text).toBe(200);
  return made.body.id;
}
const visit = (home: BuiltHousehold | undefined, more: Partial<Extract<StepForm, { action: 'verify' }>> = {}): StepForm => ({
  action: 'verify',
  visitedOn: today(),
  ...(home ? { householdId: home.id } : {}),
  classCode: 'sudden',
  risks: ['illness'],
  present: '户主本人',
  situation: '户主住院，两个孩子上学。',
  incomePerCapitaFen: 650000,
  selfPaidFen: 5200000,
  food: 'ok',
  education: 'ok',
  medical: 'problem',
  housing: 'ok',
  water: 'ok',
  opinion: 'suggested',
  ...more,
});
const meeting = (more: Partial<Extract<StepForm, { action: 'appraise' }>> = {}): StepForm => ({
  action: 'appraise',
  heldOn: today(),
  chair: '王主任',
  eligible: 9,
  attendees: ['赵一', '钱二', '孙三', '李四', '周五', '吴六'].map((name) => ({ name, relation: 'none' as const, votes: true, namesake: false })).concat([{ name: '郑七', relation: 'sibling' as never, votes: false, namesake: false }]),
  votesFor: 5,
  votesAgainst: 1,
  abstained: 0,
  minutes: '经评议同意。',
  ...more,
});
const putUp: StepForm = { action: 'put-up', contact: '村委会 0517-82345678', group: '三组' };
const compare: StepForm = { action: 'compare', conclusion: '没有影响认定的情况。', obstacle: false };
const statement: StepForm = { action: 'authorise', signedOn: today(), signedBy: 'self', truthful: true };
const review: StepForm = { action: 'review', approve: true, opinion: '情况属实。', noInterest: true };
const decide: StepForm = { action: 'decide', approve: true, opinion: '同意纳入。', noInterest: true };
const endNotices = () => owner(`UPDATE publication.notice SET starts_on = '2026-01-01', ends_on = '2026-01-10' WHERE state = 'published'`);
async function publishLast(id: string): Promise<string> {
  const noticeId = (await view(id)).notices.at(-1)!.id;
  const done = await reviewer.call(spec.publishNotice, { params: { id: noticeId }, body: { expectedVersion: 1 } });
  expect(done.status, done.text).toBe(200);
  return noticeId;
}
async function upTo(state: 'compared' | 'put-up' | 'reviewed', home: BuiltHousehold): Promise<string> {
  const id = await openClue();
  await authorise(home);
  await mustStep(clerk, id, visit(home));
  await mustStep(clerk, id, statement);
  await mustStep(reviewer, id, compare);
  if (state === 'compared') return id;
  await mustStep(clerk, id, meeting());
  await mustStep(clerk, id, putUp);
  if (state === 'put-up') return id;
  await publishLast(id);
  await endNotices();
  await mustStep(reviewer, id, review);
  return id;
}

describe('the definitions', () => {
  it('are all sound, and the day says which one is in force', () => {
    expect(procedures().map((one) => one.definition.code).sort()).toEqual(['assisted-household-entry', 'monitored-household-entry', 'monitored-household-exit', 'registered-poor-entry']);
    expect(procedureInForce('entry', '2015-06-01').definition.code).toBe('registered-poor-entry');
    expect(procedureInForce('entry', '2023-06-01').definition.code).toBe('monitored-household-entry');
    expect(procedureInForce('entry', today()).definition.code).toBe('assisted-household-entry');
    expect(() => procedureInForce('entry', '2010-01-01')).toThrow();
  });

  it('go from the clue to the registry with every step they name', () => {
    for (const { definition, find } of procedures()) {
      let state = definition.initial;
      const path = definition.transitions.filter((one) => one.action !== 'set-aside' && one.action !== 'withdraw').map((one) => one.action);
      for (const action of path) state = find(state, action)!.to;
      expect(['entered', 'exited']).toContain(state);
    }
    const [first] = procedures();
    expect(() => openDefinition({ ...first!.definition, appraisal: undefined })).toThrow(/quorum/u);
  });
});

it('counts months by the day', () => {
  expect(monthsBetween('2026-01-31', '2026-07-30')).toBe(5);
  expect(monthsBetween('2026-01-31', '2026-07-31')).toBe(6);
  expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
});

it('holds an appraisal invalid without quorum, with relatives voting, or with votes that do not add up', () => {
  const problems = (form: StepForm, members: string[] = []) => appraisalProblems(form as Extract<StepForm, { action: 'appraise' }>, 67, members);
  expect(problems(meeting())).toEqual([]);
  expect(problems(meeting({ eligible: 11 }))).toContain('quorum');
  expect(problems(meeting({ attendees: [{ name: '赵一', relation: 'spouse', votes: true, namesake: false }], eligible: 1, votesFor: 1, votesAgainst: 0 }))).toContain('relative-votes');
  expect(problems(meeting(), ['赵一'])).toContain('member-votes');
  expect(problems(meeting({ votesFor: 6 }))).toContain('votes');
});

it('brings help from a sudden illness to the registry, each step by whoever may, and measures the time', async () => {
  const home = await household();
  const id = await openClue();
  expect((await view(id)).state.code).toBe('clue');
  const measure = { kind: 'health', risk: 'illness', what: '申请医疗救助和临时救助', responsible: '镇民政办 王某', dueOn: addDays(today(), 7) };
  expect((await clerk.call(spec.promiseMeasure, { params: { id }, body: measure })).status).toBe(409);
  expect((await step(clerk, id, visit(undefined))).status).toBe(400);
  expect((await step(clerk, id, visit(home, { visitedOn: addDays(today(), 1) }))).status).toBe(400);
  await mustStep(clerk, id, visit(home));
  // urgent help does not wait for the decision, and must answer the risk
  expect((await clerk.call(spec.promiseMeasure, { params: { id }, body: { ...measure, kind: 'education' } })).status).toBe(400);
  const promised = await clerk.call(spec.promiseMeasure, { params: { id }, body: measure });
  expect(promised.status, promised.text).toBe(200);
  const measureParams = { id, measureId: promised.body.id };
  expect((await clerk.call(spec.confirmMeasure, { params: measureParams, body: { on: today(), helped: true, said: '收到了' } })).status).toBe(409);
  expect((await clerk.call(spec.deliverMeasure, { params: measureParams, body: { on: today(), what: '临时救助 3,000 元已到账' } })).status).toBe(200);
  expect((await clerk.call(spec.confirmMeasure, { params: measureParams, body: { on: today(), helped: true, said: '收到了，够付药费' } })).status).toBe(200);

  expect((await step(clerk, id, statement)).text).toContain('本人授权');
  await authorise(home);
  await mustStep(clerk, id, statement);
  expect((await step(clerk, id, compare)).status).toBe(403);
  const began = performance.now();
  await mustStep(reviewer, id, compare);
  expect(performance.now() - began).toBeLessThan(5000);
  expect((await view(id)).comparison?.notRun).toBeGreaterThan(0);
  expect((await step(clerk, id, meeting({ eligible: 20 }))).text).toContain('到会人数不够');
  expect((await step(clerk, id, meeting({ attendees: [{ name: '测试甲', relation: 'none', votes: true, namesake: false }], eligible: 1, votesFor: 1, votesAgainst: 0 }))).text).toContain('同名');
  await mustStep(clerk, id, meeting());
  await mustStep(clerk, id, putUp);
  expect((await step(clerk, id, putUp)).status).toBe(409);
  expect((await step(reviewer, id, review)).text).toContain('第二人');
  const noticeId = await publishLast(id);
  expect((await world.anonymous(spec.getPublicNotice, { params: { id: noticeId } })).body.rows).toEqual([{ values: { name: '测**', group: '三组', members: '1', category: '突发严重困难户' } }]);
  expect((await step(reviewer, id, review)).text).toContain('公示期还没有结束');
  await world.anonymous(spec.objectToNotice, { params: { id: noticeId }, body: { text: '他家条件不差' } });
  await endNotices();
  expect((await step(reviewer, id, review)).text).toContain('1 条异议');
  const objection = (await reviewer.call(spec.getNotice, { params: { id: noticeId } })).body.objections[0]!;
  await reviewer.call(spec.answerObjection, { params: { id: noticeId, objectionId: objection.id }, body: { answer: '已核实，情况属实。' } });
  await mustStep(reviewer, id, review);
  await mustStep(officer, id, decide);
  await mustStep(clerk, id, { action: 'announce', contact: '村委会 0517-82345678', group: '' });
  expect((await step(reviewer, id, { action: 'complete', from: today() })).status).toBe(409);
  await publishLast(id);
  await mustStep(reviewer, id, { action: 'complete', from: today() });
  const end = await view(id);
  expect(end).toMatchObject({ outcome: 'entered', isFinal: true, class: { code: 'sudden' }, dueOn: null });
  expect((await officer.call(spec.getHousehold, { params: { id: home.id } })).body.status.code).toBe('sudden');
  const figures = (await officer.call(spec.getIdentificationFigures, { query: { regionCode: village } })).body;
  expect(figures.toHelp).toEqual({ median: 0, longest: 0, count: 1 });
  expect(figures.withoutMeasure).toBe(0);
  const { rows } = await inTransaction(systemActor, (trx) => sql<{ action: string }>`SELECT action FROM audit.record WHERE object_id = ${id} AND action <> 'identification.view'`.execute(trx));
  expect(rows.map((row) => row.action.slice(15)).sort().join(' ')).toBe('announce appraise authorise compare complete decide measure.confirm measure.deliver measure.promise put-up review verify');
});

it('keeps what people said and what ails them out of the tables in plain', async () => {
  const home = await household();
  await upTo('compared', home);
  const client = new pg.Client({ connectionString: world.test.ownerUrl });
  await client.connect();
  for (const table of ['procedure', 'step', 'measure']) expect((await client.query(`SELECT 1 FROM identification.${table} t WHERE t::text ~ '重病|住院|illness'`)).rows).toEqual([]);
  await client.end();
});

it('is decided by somebody who took no part, and never about one’s own household or a relative’s', async () => {
  const home = await household();
  const id = await upTo('reviewed', home);
  const both = await world.user(['town-reviewer', 'county-officer'], county);
  const other = await household('测试乙');
  const relative = await world.user(['county-officer'], county, { personKey: other.personKey });
  // the officer’s own person once lived in the household
  await owner(`INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, '03', '2000-01-01', '2015-01-01')`, [county, newId(), home.id, other.personId, village]);
  expect((await step(relative, id, decide)).status).toBe(403);
  expect((await view(id, relative)).actions).toEqual([]);
  expect((await step(reviewer, id, decide)).status).toBe(403);
  expect((await step(both, id, { ...decide, approve: false, opinion: '收入超过范围。' } as StepForm)).status).toBe(200);
  expect(await view(id)).toMatchObject({ outcome: 'not-eligible', state: { code: 'closed' } });
  const letter = await clerk.call(spec.getDecisionLetter, { params: { id } });
  for (const words of ['不予纳入', '收入超过范围。', '申诉']) expect(letter.text).toContain(words);
  expect((await officer.call(spec.getHousehold, { params: { id: home.id } })).body.status.code).toBe('unstable');
});

it('decides an appeal by somebody else, holds everything until then, and begins again where it was upheld', async () => {
  const home = await household();
  const id = await upTo('reviewed', home);
  const reviewed = (await view(id)).steps.find((one) => one.action === 'review')!;
  const lodged = await clerk.call(spec.lodgeAppeal, { params: { id }, body: { stepId: reviewed.id, text: '邻居认为审核时没有看他家的店面。' } });
  expect(lodged.body).toMatchObject({ suspends: true });
  expect((await step(officer, id, decide)).text).toContain('申诉');
  const answer = (user: TestUser) => user.call(spec.answerAppeal, { params: { id, appealId: lodged.body.id }, body: { outcome: 'upheld', answer: '应补充核实店面。', noInterest: true } });
  expect((await answer(reviewer)).status).toBe(403);
  expect((await answer(officer)).status).toBe(200);
  expect(await view(id)).toMatchObject({ state: { code: 'put-up' }, suspended: false });
  await mustStep(reviewer, id, review);
  // a refusal can be appealed against too: upheld, the procedure opens again
  await mustStep(officer, id, { ...decide, approve: false, opinion: '不符合。' } as StepForm);
  const refused = (await view(id)).steps.findLast((one) => one.action === 'decide')!;
  const second = await clerk.call(spec.lodgeAppeal, { params: { id }, body: { stepId: refused.id, text: '店面是哥哥的。' } });
  expect(second.body.suspends).toBe(false);
  const another = await world.user(['county-officer'], county);
  expect((await another.call(spec.answerAppeal, { params: { id, appealId: second.body.id }, body: { outcome: 'upheld', answer: '店面确属其兄。', noInterest: true } })).status).toBe(200);
  expect(await view(id)).toMatchObject({ outcome: null, state: { code: 'reviewed' } });
});

it('waits for another notice when the first one had to be taken down', async () => {
  const home = await household();
  const id = await upTo('put-up', home);
  const noticeId = await publishLast(id);
  await clerk.call(spec.takeDownNotice, { params: { id: noticeId }, body: { leak: true, reason: '张贴时附了证件复印件' } });
  await endNotices();
  expect((await step(reviewer, id, review)).text).toContain('重新公示');
  await mustStep(clerk, id, putUp);
  await publishLast(id);
  await endNotices();
  await mustStep(reviewer, id, review);
});

it('takes two people at the same step: one goes through, nothing is lost', async () => {
  const home = await household();
  const id = await openClue();
  const { version } = await view(id);
  const secretary = await world.user(['first-secretary'], village);
  const send = (user: TestUser) => user.call(spec.takeProcedureStep, { params: { id }, body: { expectedVersion: version, form: visit(home) } });
  const statuses = (await Promise.all([send(clerk), send(secretary)])).map((one) => one.status).sort();
  expect(statuses).toEqual([200, 409]);
  expect((await view(id)).steps.filter((one) => one.action === 'verify')).toHaveLength(1);
  const again = await openClue();
  expect((await step(clerk, again, visit(home))).status).toBe(409);
});

it('takes an application from the public site once, for a village only', async () => {
  const commandId = newId();
  const ask = (regionCode: string) => world.anonymous(spec.applyForHelp, { body: { commandId, regionCode, told: '邻居老李摔伤了，没人照顾。', speakerName: '张某', speakerPhone: '13912345678' } });
  const first = await ask(village);
  expect(first.status, first.text).toBe(200);
  expect((await ask(village)).body).toEqual(first.body);
  expect((await world.anonymous(spec.applyForHelp, { body: { regionCode: town, told: '需要帮助', speakerName: '张某', speakerPhone: '13912345678' } })).status).toBe(400);
  const found = (await clerk.call(spec.listProcedures, { query: { channel: 'online' } })).body.items;
  expect(found.map((one) => one.number)).toContain(first.body.number);
  const opened = await view(found.find((one) => one.number === first.body.number)!.id, clerk);
  expect(opened.speaker?.phoneMasked).toBe('****5678');
  const auditor = await world.user(['auditor'], county);
  expect((await view(opened.id, auditor)).speaker).toBeNull();
});

it('ends a monitoring with its conditions shown, five signatures, and days on which somebody looks again', async () => {
  const home = await household();
  await owner(`UPDATE households.household SET status_from = '2026-01-01' WHERE id = $1`, [home.id]);
  const id = await openClue({ purpose: 'exit', householdId: home.id });
  const helper = await world.user(['helper'], village);
  await mustStep(helper, id, visit(undefined, { medical: 'ok', incomePerCapitaFen: 2000000, risks: [] }));
  const { conditions, signatures, confirmations } = await view(id);
  expect(conditions.map((one) => [one.code, one.met])).toEqual([['income', true], ['months', true], ['guarantees', true], ['measures', null]]);
  const signed = signatures.map((one) => ({ code: one.code, name: '签字人', signedOn: today() }));
  const sign = (forms: { signatures: typeof signed; confirmations: string[] }): StepForm => ({ action: 'sign', ...forms });
  expect((await step(clerk, id, sign({ signatures: signed.slice(1), confirmations: confirmations.map((one) => one.code) }))).text).toContain('还缺签字：农户');
  await mustStep(clerk, id, sign({ signatures: signed, confirmations: confirmations.map((one) => one.code) }));
  await mustStep(clerk, id, meeting());
  await mustStep(clerk, id, putUp);
  await publishLast(id);
  await endNotices();
  await mustStep(reviewer, id, review);
  await mustStep(officer, id, decide);
  await mustStep(reviewer, id, { action: 'complete', from: today() });
  const end = await view(id);
  expect(end).toMatchObject({ outcome: 'exited' });
  expect(end.followUps.map((one) => one.dueOn)).toEqual([addMonths(today(), 6), addMonths(today(), 12)]);
  expect((await officer.call(spec.getHousehold, { params: { id: home.id } })).body.status.code).toBe('lifted');
  const followed = await clerk.call(spec.recordFollowUp, { params: { id, followUpId: end.followUps[0]!.id }, body: { on: today(), result: 'new-risk', note: '务工中断。' } });
  expect(followed.status, followed.text).toBe(200);
  expect((await clerk.call(spec.listProcedures, { query: { householdId: home.id, show: 'open' } })).body.items).toHaveLength(1);
});

it('opens a clue with a deadline from released findings about missing help, one for a household, whatever is sent again', async () => {
  const home = await household('测试丙');
  const item = { findingId: newId(), householdId: home.id, regionCode: village, observedOn: '2026-01-05' };
  const tell = async (rule: string, items: (typeof item)[]) => {
    await inTransaction(systemActor, (trx) => publish(trx, systemActor, spec.careFindingsReleased, { subject: rule, payload: { rule, items } }));
    await deliverDueEvents();
  };
  await tell('B04', [item]);
  await tell('B04', [item, { ...item, findingId: newId() }]);
  await tell('B05', [{ ...item, findingId: newId() }]);
  const { items } = (await clerk.call(spec.listProcedures, { query: { householdId: home.id } })).body;
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ channel: 'department', state: { code: 'clue' } });
  expect(items[0]!.dueOn).not.toBeNull();
  const opened = await view(items[0]!.id);
  expect(opened).toMatchObject({ eventOn: '2026-01-05', source: { kind: 'finding', id: item.findingId } });
  // nothing but a person's steps can follow
  expect(opened.steps.map((one) => one.action)).toEqual(['open']);
});

it('counts the days of a warning from what happened, or from its release where the data name no day, up to the visit', async () => {
  const [hit, poor] = [await household('测试受灾'), await household('测试低收入')];
  const warn = async (rule: string, home: typeof hit, observedOn: string) => {
    await inTransaction(systemActor, (trx) => publish(trx, systemActor, spec.careFindingsReleased, { subject: rule, payload: { rule, items: [{ findingId: newId(), householdId: home.id, regionCode: village, observedOn }] } }));
    await deliverDueEvents();
    return (await clerk.call(spec.listProcedures, { query: { householdId: home.id } })).body.items[0]!;
  };
  const before = (await officer.call(spec.getIdentificationFigures, { query: {} })).body.warningToVisit.count;
  const [disaster, income] = [await warn('B11', hit, addDays(today(), -4)), await warn('B08', poor, '2025-12-31')];
  expect((await view(income.id)).eventOn).toBe(today());
  expect((await view(disaster.id)).eventOn).toBe(addDays(today(), -4));
  const helper = await world.user(['helper'], village);
  await mustStep(helper, disaster.id, visit(undefined));
  const { warningToVisit } = (await officer.call(spec.getIdentificationFigures, { query: {} })).body;
  expect(warningToVisit.count).toBe(before + 1);
  expect(warningToVisit.longest).toBeGreaterThanOrEqual(4);
});

it('tells cross-checks of help in counts and days, never of which risk', async () => {
  const home = await household('测试丁');
  const id = await upTo('reviewed', home);
  await mustStep(officer, id, decide);
  await mustStep(clerk, id, { action: 'announce', contact: '村委会 0517-82345678', group: '' });
  await publishLast(id);
  await mustStep(reviewer, id, { action: 'complete', from: today() });
  const folder = await mkdtemp(join(tmpdir(), 'help-'));
  const read = async (asOf: string) => {
    const { files } = await writeHelpSnapshot(officer.actor, asOf, folder);
    return (await readFile(files.identified_households, 'utf8')).split('\n').find((line) => line.startsWith(home.id));
  };
  expect(await read(addDays(today(), -1))).toBeUndefined();
  expect(await read(today())).toBe(`${home.id},${county},${village},${today()},1,1,0`);
  const promised = await clerk.call(spec.promiseMeasure, { params: { id }, body: { kind: 'education', what: '助学', responsible: '学校', dueOn: today() } });
  expect(promised.status, promised.text).toBe(200);
  expect(await read(today())).toBe(`${home.id},${county},${village},${today()},1,1,1`);
  await clerk.call(spec.promiseMeasure, { params: { id }, body: { kind: 'health', risk: 'illness', what: '医疗救助', responsible: '医保局', dueOn: today() } });
  expect(await read(today())).toBe(`${home.id},${county},${village},${today()},1,0,2`);
  await rm(folder, { recursive: true });
});

describe('what happens to a case meanwhile', () => {
  const happened = async (definition: typeof spec.membersMoved | typeof spec.divisionSucceeded, subject: string, payload: object) => {
    await inTransaction(systemActor, (trx) => publish(trx, systemActor, definition as never, { subject, payload } as never));
    await deliverDueEvents();
  };

  it('goes on with the household of today when two become one, and stays where that one has a case of its own', async () => {
    const [merged, kept, busy] = [await household('并入户'), await household('留存户'), await household('另有事项户')];
    const [id, other] = [await openClue({ householdId: merged.id }), await openClue({ householdId: busy.id })];
    await happened(spec.membersMoved, merged.id, { fromHouseholdId: merged.id, toHouseholdId: kept.id, personIds: [merged.personId], whole: true });
    expect((await view(id)).householdId).toBe(kept.id);
    // taken back, the case returns to the household it was about
    await happened(spec.membersMoved, kept.id, { fromHouseholdId: kept.id, toHouseholdId: merged.id, personIds: [merged.personId], whole: false, takesBack: true });
    expect((await view(id)).householdId).toBe(merged.id);
    await happened(spec.membersMoved, merged.id, { fromHouseholdId: merged.id, toHouseholdId: kept.id, personIds: [merged.personId], whole: true });
    await happened(spec.membersMoved, kept.id, { fromHouseholdId: kept.id, toHouseholdId: busy.id, personIds: [kept.personId], whole: true });
    expect((await view(id)).outcome).toBeNull();
    expect([(await view(id)).householdId, (await view(other)).householdId]).toEqual([kept.id, busy.id]);
  });

  it('is decided anew for the household of today when an appeal is upheld after two became one', async () => {
    const [merged, kept] = [await household('申诉户'), await household('并入申诉户')];
    const id = await upTo('reviewed', merged);
    await mustStep(officer, id, { ...decide, approve: false, opinion: '不符合。' } as StepForm);
    const refused = (await view(id)).steps.findLast((one) => one.action === 'decide')!;
    const lodged = await clerk.call(spec.lodgeAppeal, { params: { id }, body: { stepId: refused.id, text: '店面是哥哥的。' } });
    expect(lodged.status, lodged.text).toBe(200);
    await owner(`INSERT INTO households.household_alias (county_code, household_id, kept_household_id, responsible_region_code, since, change_id) VALUES ($1, $2, $3, $4, current_date, gen_random_uuid())`, [county, merged.id, kept.id, village]);
    await happened(spec.membersMoved, merged.id, { fromHouseholdId: merged.id, toHouseholdId: kept.id, personIds: [merged.personId], whole: true });
    expect((await view(id)).outcome).toBe('not-eligible');
    const another = await world.user(['county-officer'], county);
    const answered = await another.call(spec.answerAppeal, { params: { id, appealId: lodged.body.id }, body: { outcome: 'upheld', answer: '店面确属其兄。', noInterest: true } });
    expect(answered.status, answered.text).toBe(200);
    expect(await view(id)).toMatchObject({ outcome: null, state: { code: 'reviewed' }, householdId: kept.id });
  });

  it('is handed over with everything in it when its village becomes part of another', async () => {
    const successor = '320826101202';
    const id = await openClue({ householdId: (await household('并村户')).id });
    const before = await view(id);
    await happened(spec.divisionSucceeded, village, { regionCode: village, successorCode: successor });
    const after = await view(id);
    expect(after.region.code).toBe(successor);
    expect(after.steps.length).toBe(before.steps.length);
    await owner(`UPDATE identification.procedure SET region_code = $1 WHERE id = $2`, [village, id]);
  });
});
