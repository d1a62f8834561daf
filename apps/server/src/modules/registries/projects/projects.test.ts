import * as spec from '@sunlit/api-spec';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHousehold } from '#testing/builders.ts';
import { buildPooledProject, carriedVote, projectDraft, projectVersion, step } from '#testing/build-project.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';

const county = '320826000000';
const village = '320826101201';
let world: TestApp;
let clerk: TestUser;
let reviewer: TestUser;
let officer: TestUser;
let finance: TestUser;
let elsewhere: TestUser;

beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  reviewer = await world.user(['town-reviewer'], '320826101000');
  officer = await world.user(['county-officer'], county);
  finance = await world.user(['finance-officer'], county);
  elsewhere = await world.user(['county-officer'], '320831000000');
});
afterAll(() => world.close());

const people = () => ({ clerk, reviewer, officer });
const view = async (user: TestUser, id: string) => (await user.call(spec.getProject, { params: { id } })).body;

describe('the pool', () => {
  it('takes in nothing without targets, a village vote that carried, and reviews by others', async () => {
    const { id } = (await clerk.call(spec.createProject, { body: projectDraft(village, { targets: [] }) })).body;
    const early = await step(clerk, id, 'declare', '2026-01-20');
    expect(early.body).toMatchObject({ code: 'wrong-state' });
    expect(early.text).toContain('没有绩效目标');
    const { commandId: _unused, ...draft } = { ...projectDraft(village), commandId: '' };
    expect((await clerk.call(spec.changeProject, { params: { id }, body: { ...draft, expectedVersion: 1 } })).status).toBe(200);
    const failed = await clerk.call(spec.recordProjectVote, { params: { id }, body: { ...carriedVote, present: 29, inFavour: 29 } });
    expect(failed.body.carried).toBe(false);
    expect((await step(clerk, id, 'declare', '2026-01-20')).text).toContain('村民会议');
    expect((await clerk.call(spec.recordProjectVote, { params: { id }, body: carriedVote })).body.carried).toBe(true);
    expect((await step(clerk, id, 'declare', '2026-01-20')).status).toBe(200);
    expect((await step(reviewer, id, 'review', '2026-02-01')).text).toContain('专家评审意见应有 1 份');
    expect((await view(reviewer, id)).missing).toHaveLength(2);
    expect((await step(clerk, id, 'review', '2026-02-01')).status).toBe(403);
    expect((await step(officer, id, 'approve', '2026-02-01', { approvalNumber: '涟农〔2026〕1号' })).body).toMatchObject({ code: 'wrong-state' });
    expect((await elsewhere.call(spec.getProject, { params: { id } })).status).toBe(404);
  });

  it('lets nobody judge what they declared, and nobody approve before the notice has run', async () => {
    const { id } = (await officer.call(spec.createProject, { body: projectDraft(village) })).body;
    await officer.call(spec.recordProjectVote, { params: { id }, body: carriedVote });
    await step(officer, id, 'declare', '2026-01-20');
    const opinion = { kind: 'expert', reviewer: '专家组', result: 'agree', score: 90, summary: '方案可行', givenOn: '2026-01-25' } as const;
    expect((await officer.call(spec.recordOpinion, { params: { id }, body: opinion })).body).toMatchObject({ code: 'conflict-of-interest' });
    await reviewer.call(spec.recordOpinion, { params: { id }, body: opinion });
    await reviewer.call(spec.recordOpinion, { params: { id }, body: { ...opinion, kind: 'accounting-firm' } });
    await step(reviewer, id, 'review', '2026-02-01');
    await step(reviewer, id, 'rank', '2026-02-02', { rank: 1, reason: '群众最需要' });
    await step(reviewer, id, 'publish', '2026-02-03');
    expect((await view(finance, id)).publishedUntil).toBe('2026-02-13');
    expect((await step(finance, id, 'approve', '2026-02-13', { approvalNumber: '涟农〔2026〕1号' })).text).toContain('公示到 2026-02-13');
    expect((await step(officer, id, 'approve', '2026-02-14', { approvalNumber: '涟农〔2026〕1号' })).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await step(finance, id, 'approve', '2026-02-14', { approvalNumber: '涟农〔2026〕1号' })).status).toBe(200);
    const stale = await finance.call(spec.takeProjectStep, { params: { id }, body: { action: 'cancel', reason: '不做了', happenedOn: '2026-02-15', expectedVersion: 1 } });
    expect(stale.body).toMatchObject({ code: 'version-conflict' });
  });

  it('refuses stages that do not make a whole, and days out of order', async () => {
    const { stages } = projectDraft(village);
    const bad = await clerk.call(spec.createProject, { body: projectDraft(village, { stages: [stages[0]!], finishBy: '2026-04-01' }) });
    expect(bad.status).toBe(400);
    expect((bad.body as unknown as spec.Problem).fields?.map(({ path }) => path)).toEqual(['finishBy', 'stages', 'stages']);
  });
});

describe('the work', () => {
  it('is compared with its plan and its money, and accepted only with its papers', async () => {
    const id = await buildPooledProject(people(), village);
    const indicator = await give(800_000_00);
    const plan = (projectId: string) => officer.call(spec.planUse, { params: { id: indicator }, body: { kind: 'project', useCode: 'industry', title: '帮扶车间扩建', placeCode: village, projectId, amountFen: 400_000_00, plannedOn: '2026-04-01', finishBy: '2026-10-31' } });
    const draft = (await clerk.call(spec.createProject, { body: projectDraft(village) })).body.id;
    expect((await plan(draft)).text).toContain('还没有批准入库');
    expect((await plan(id)).status).toBe(200);
    expect((await view(officer, id)).plannedFen).toBe(400_000_00);

    await step(reviewer, id, 'start', '2026-05-02');
    const report = (stage: number, donePercent: number, reportedOn: string) => reviewer.call(spec.reportProgress, { params: { id }, body: { stage, donePercent, reportedOn, note: '按计量单填报' } });
    expect((await report(1, 100, '2026-06-30')).body.physicalPercent).toBe(40);
    expect((await report(1, 50, '2026-06-01')).status).toBe(400);
    expect((await step(reviewer, id, 'complete', '2026-09-01')).text).toContain('40 %');
    await report(2, 100, '2026-09-20');
    await step(reviewer, id, 'complete', '2026-09-21');
    const refused = await step(officer, id, 'accept', '2026-09-25', { reason: '验收合格', actuals: [1, 5, 95] });
    expect(refused.text).toContain('缺少必备材料：实施方案');
    const pdf = Buffer.from('%PDF-1.7 test');
    for (const kind of ['plan', 'minutes', 'notice', 'acceptance-report']) {
      const added = await reviewer.upload(`/api/projects/${id}/documents`, { name: `${kind}.pdf`, content: Buffer.concat([pdf, Buffer.from(kind)]) }, { kind });
      expect(added.status, added.text).toBe(200);
    }
    expect((await reviewer.upload(`/api/projects/${id}/documents`, { name: 'plan.pdf', content: Buffer.concat([pdf, Buffer.from('plan')]) }, { kind: 'plan' })).body).toMatchObject({ code: 'already-exists' });
    expect((await reviewer.upload(`/api/projects/${id}/documents`, { name: 'a.jpg', content: Buffer.from('\xff\xd8\xffnot a picture', 'latin1') }, { kind: 'photo' })).status).toBe(400);
    const photo = await reviewer.upload(`/api/projects/${id}/documents`, { name: 'site.jpg', content: await pictureWithPlace() }, { kind: 'photo' });
    expect((await step(officer, id, 'accept', '2026-09-25', { reason: '验收合格', actuals: [1] })).status).toBe(400);
    expect((await step(officer, id, 'accept', '2026-09-25', { reason: '验收合格', actuals: [1, 5, 95] })).status).toBe(200);
    expect((await view(officer, id)).targets.map(({ actual }) => actual)).toEqual([1, 5, 95]);

    const release = (user: TestUser, more: object = {}) => user.call(spec.releaseProjectPhoto, { params: { id, attachmentId: photo.body.id }, body: { release: true, caption: '建成的车间', noFaces: true, ...more } });
    expect((await release(reviewer)).status).toBe(403);
    expect((await release(officer, { noFaces: false })).status).toBe(400);
    expect((await release(officer)).status).toBe(200);
    const stored = await world.test.database.app.selectFrom('projects.document').selectAll().where('id', '=', photo.body.id).execute();
    expect(stored).toEqual([]);
    expect((await view(clerk, id)).documents.find(({ kind }) => kind.code === 'photo')).toMatchObject({ publicState: 'approved', caption: '建成的车间' });
  });

  it('given up half-way owes back what is paid and not built', async () => {
    const id = await buildPooledProject(people(), village, { budgetFen: 100_000_00 });
    const indicator = await give(100_000_00);
    const planned = await officer.call(spec.planUse, { params: { id: indicator }, body: { kind: 'project', useCode: 'industry', title: '帮扶车间', placeCode: village, projectId: id, amountFen: 100_000_00, plannedOn: '2026-04-01', finishBy: '2026-10-31' } });
    await finance.call(spec.payPlan, { params: { id: planned.body.id }, body: { voucherNumber: 'XM-1', payeeKind: 'village', payee: '小堤村', amountFen: 60_000_00, paidOn: '2026-05-10' } });
    await step(reviewer, id, 'start', '2026-05-02');
    await reviewer.call(spec.reportProgress, { params: { id }, body: { stage: 1, donePercent: 50, reportedOn: '2026-06-01', note: '停工' } });
    const cancelled = await step(officer, id, 'cancel', '2026-07-01', { reason: '用地没有落实' });
    expect(cancelled.body).toEqual({ state: 'cancelled', recoverFen: 40_000_00 });
    expect((await view(officer, id)).actions).toEqual([]);
  });

  it('names households of the registry only', async () => {
    const id = await buildPooledProject(people(), village);
    const household = await buildHousehold({ regionCode: village, idNumber: '399900196001010026' });
    expect((await clerk.call(spec.linkHouseholds, { params: { id }, body: { numbers: [household.number, 'nobody'] } })).status).toBe(400);
    expect((await clerk.call(spec.linkHouseholds, { params: { id }, body: { numbers: [household.number, household.number] } })).body).toEqual({ linked: 1 });
    expect(await projectVersion(officer, id)).toBeGreaterThan(1);
    const list = await officer.call(spec.listProjects, { query: { search: '车间', state: 'approved', limit: 1 } });
    expect(list.body.items).toHaveLength(1);
    expect(list.body.nextCursor).not.toBeNull();
    expect((await officer.call(spec.listProjects, { query: { cursor: list.body.nextCursor!, state: 'approved' } })).body.items.map((one) => one.id)).not.toContain(list.body.items[0]!.id);
    expect((await officer.call(spec.exportProjects, { query: { purpose: '年度检查' } })).text).toContain('帮扶车间扩建');
  });
});

let papers = 0;
async function give(amountFen: number): Promise<string> {
  papers += 1;
  const document = await finance.call(spec.recordSourceDocument, { body: { regionCode: county, number: `涟财农〔2026〕${papers}号`, title: '关于下达衔接资金的通知', issuer: '淮安市财政局', issuedOn: '2026-02-10', amountFen } });
  return (await finance.call(spec.createIndicator, { body: { documentId: document.body.id, fundCode: 'bridging-provincial', purposeCode: 'industry', fiscalYear: 2026, title: '产业发展', amountFen, arrivedOn: '2026-02-10' } })).body.id;
}

/** A picture that says where it was taken. */
async function pictureWithPlace(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: '#557799' } })
    .withExif({ IFD0: { Make: 'Phone of somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '33/1 46/1 0/1' } })
    .jpeg()
    .toBuffer();
}
