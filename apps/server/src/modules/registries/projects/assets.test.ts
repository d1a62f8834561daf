import * as spec from '@sunlit/api-spec';
import { creditCodeCheckCharacter } from '@sunlit/kernel';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { buildPooledProject, carriedVote, step } from '#testing/build-project.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { listBalanceDifferences } from '#modules/registries/funds/index.ts';

const county = '320826000000';
const village = '320826101201';
let world: TestApp;
let clerk: TestUser;
let helper: TestUser;
let reviewer: TestUser;
let officer: TestUser;
let finance: TestUser;
let households: BuiltHousehold[];
let vendorId: string;

beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  helper = await world.user(['helper'], village);
  reviewer = await world.user(['town-reviewer'], '320826101000');
  officer = await world.user(['county-officer'], county);
  finance = await world.user(['finance-officer'], county);
  households = [];
  for (let index = 1; index <= 6; index += 1) households.push(await buildHousehold({ regionCode: village, name: `测试${index}`, idNumber: `3999001960010100${String(20 + index)}` }));
  const first17 = '91399900M00009999';
  vendorId = (await reviewer.call(spec.recordVendor, { body: { creditCode: first17 + creditCodeCheckCharacter(first17), name: '兴村服装加工有限公司' } })).body.id;
});
afterAll(async () => {
  expect(await listBalanceDifferences()).toEqual([]);
  await world.close();
});

const vote = { ...carriedVote, heldOn: '2026-03-01' };
const record = async (more: object = {}) => {
  const made = await clerk.call(spec.recordAsset, { body: { regionCode: village, title: '小堤村帮扶车间', class: 'operating', originalFen: 800_000_00, formedOn: '2025-01-10', operator: '小堤村股份经济合作社', ...more } });
  expect(made.status, made.text).toBe(200);
  return made.body.id;
};
const lease = (id: string, more: object = {}) =>
  clerk.call(spec.leaseAsset, { params: { id }, body: { number: `ZL-${Math.random()}`, vendorId, startOn: '2026-01-01', endOn: '2026-12-31', yearlyFen: 50_000_00, appraisedFen: 52_000_00, vote, publishedOn: '2025-12-20', dues: [{ dueOn: '2026-04-01', amountFen: 25_000_00 }, { dueOn: '2026-10-01', amountFen: 25_000_00 }], ...more } });
const view = async (user: TestUser, id: string) => (await user.call(spec.getAsset, { params: { id } })).body;

describe('the rent of a workshop', () => {
  it('goes from the lessee through the ledger to the households, who say what they got, and back', async () => {
    const id = await record();
    const leased = await lease(id);
    expect(leased.status, leased.text).toBe(200);
    expect(await view(clerk, id)).toMatchObject({ dueFen: 50_000_00, receivedFen: 0 });
    expect((await view(clerk, id)).overdueDays).toBeGreaterThan(200);
    expect((await officer.call(spec.listAssets, { query: { trouble: 'overdue' } })).body.items.map((one) => one.id)).toContain(id);

    const income = { kind: 'rent', leaseId: leased.body.id, due: 1, receiptNumber: 'SJ-001', amountFen: 25_000_00, receivedOn: '2026-04-03' } as const;
    const received = await clerk.call(spec.receiveIncome, { params: { id }, body: income });
    expect(received.status, received.text).toBe(200);
    expect((await clerk.call(spec.receiveIncome, { params: { id }, body: income })).body).toMatchObject({ code: 'already-exists' });
    expect((await officer.call(spec.getIndicator, { params: { id: received.body.indicatorId } })).body).toMatchObject({ balances: { availableFen: 25_000_00 }, fund: { code: 'asset-income' } });

    const shares = households.map(({ number }) => ({ householdNumber: number, amountFen: 4_000_00 }));
    const propose = (more: object = {}) => clerk.call(spec.proposeDistribution, { params: { id }, body: { incomeId: received.body.id, proposedOn: '2026-04-20', vote: { ...vote, heldOn: '2026-04-18' }, shares, ...more } });
    expect((await propose({ shares: shares.map((one) => ({ ...one, amountFen: 5_000_00 })) })).text).toContain('超过这笔收益');
    expect((await propose({ vote: { ...vote, inFavour: 10 } })).text).toContain('没有通过');
    expect((await propose({ shares: [...shares, shares[0]!] })).status).toBe(400);
    const proposed = await propose();
    expect(proposed.status, proposed.text).toBe(200);
    const distribution = proposed.body.id;
    expect((await propose()).body).toMatchObject({ code: 'already-exists' });

    const pay = (user: TestUser) => user.call(spec.payDistribution, { params: { id: distribution }, body: { voucherNumber: 'FP-001', paidOn: '2026-05-10' } });
    expect((await pay(finance)).body).toMatchObject({ code: 'wrong-state' });
    expect((await clerk.call(spec.decideDistribution, { params: { id: distribution }, body: { approve: true, decidedOn: '2026-04-25', reason: '同意' } })).status).toBe(403);
    const decided = await reviewer.call(spec.decideDistribution, { params: { id: distribution }, body: { approve: true, decidedOn: '2026-04-25', reason: '程序齐全' } });
    expect(decided.status, decided.text).toBe(200);
    const paid = await Promise.all([pay(finance), pay(finance)]);
    expect(paid.map(({ status }) => status).sort()).toEqual([200, 409]);

    const answer = (user: TestUser, index: number, more: object) => user.call(spec.answerShare, { params: { id: distribution }, body: { householdId: households[index]!.id, answeredOn: '2026-05-12', ...more } as never });
    expect((await answer(clerk, 0, { answer: 'received' })).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await answer(helper, 0, { answer: 'received' })).status).toBe(200);
    expect((await answer(helper, 1, { answer: 'less', answeredFen: 4_000_00 })).status).toBe(400);
    expect((await answer(helper, 1, { answer: 'less', answeredFen: 1_000_00 })).status).toBe(200);
    const list = await helper.call(spec.listShares, { params: { id: distribution }, query: { limit: 4 } });
    expect(list.body.items).toHaveLength(4);
    expect(list.text).not.toContain('测试1');
    const after = await view(officer, id);
    expect(after).toMatchObject({ receivedFen: 25_000_00, distributedFen: 24_000_00 });
    expect(after.distributions[0]).toMatchObject({ state: 'paid', received: 1, disputed: 1, households: 6 });

    // from the rent to the households, and from a household back to the rent
    const down = (await officer.call(spec.traceIndicator, { params: { id: received.body.indicatorId } })).body;
    expect(down.nodes.find(({ kind }) => kind === 'payee')).toMatchObject({ amountFen: 24_000_00, label: 'households:6' });
    const up = (await officer.call(spec.traceHousehold, { params: { id: households[0]!.id } })).body;
    expect(up.nodes.find(({ kind }) => kind === 'document')?.label).toContain('SJ-001');

    const plate = await world.anonymous(spec.getPublicPlate, { params: { id: after.platePath.slice(-36) } });
    expect(plate.body.asset).toMatchObject({ receivedFen: 25_000_00, distributedFen: 24_000_00, households: 6, lessee: '兴村服装加工有限公司' });
    expect(plate.text).not.toContain('测试');
  });

  it('shared among few is not told to the public', async () => {
    const id = await record({ title: '三户共有的大棚' });
    const received = await clerk.call(spec.receiveIncome, { params: { id }, body: { kind: 'other', receiptNumber: 'SJ-002', amountFen: 3_000_00, receivedOn: '2026-04-03' } });
    const proposed = await clerk.call(spec.proposeDistribution, { params: { id }, body: { incomeId: received.body.id, proposedOn: '2026-04-20', vote, shares: households.slice(0, 3).map(({ number }) => ({ householdNumber: number, amountFen: 1_000_00 })) } });
    await reviewer.call(spec.decideDistribution, { params: { id: proposed.body.id }, body: { approve: true, decidedOn: '2026-04-25', reason: '程序齐全' } });
    await finance.call(spec.payDistribution, { params: { id: proposed.body.id }, body: { voucherNumber: 'FP-002', paidOn: '2026-05-10' } });
    const list = await world.anonymous(spec.listPublicProjects, { query: { regionCode: village } });
    expect(list.body.assets.find(({ title }) => title === '三户共有的大棚')).toMatchObject({ distributedFen: null, households: null, receivedFen: 3_000_00 });
  });

  it('an asset goes only with a vote that carried, decided by another person', async () => {
    const id = await record({ title: '旧泵站', class: 'public' });
    expect((await lease(id)).body).toMatchObject({ code: 'wrong-state' });
    const dispose = (user: TestUser, more: object = {}) => user.call(spec.disposeAsset, { params: { id }, body: { kind: 'scrap', appraisedFen: 1_000_00, priceFen: 900_00, vote, disposedOn: '2026-06-01', reason: '年久失修', ...more } });
    expect((await dispose(reviewer, { vote: { ...vote, present: 10, inFavour: 10 } })).text).toContain('没有通过');
    expect((await dispose(reviewer)).status).toBe(200);
    expect((await dispose(officer)).body).toMatchObject({ code: 'wrong-state' });
    expect((await reviewer.call(spec.registerAsset, { params: { id }, body: { ownerKind: 'village', ownerName: '小堤村', registeredOn: '2026-06-02', certificateNumber: 'QZ-1' } })).body).toMatchObject({ code: 'wrong-state' });
  });
});

describe('a lease that ends early', () => {
  it('lets later dues fall away, settles the last stretch, and is decided by another than who let it', async () => {
    const id = await record({ title: '提前退租的车间' });
    const leased = await lease(id);
    await clerk.call(spec.receiveIncome, { params: { id }, body: { kind: 'rent', leaseId: leased.body.id, due: 1, receiptNumber: 'SJ-E1', amountFen: 25_000_00, receivedOn: '2026-04-03' } });
    const end = (user: TestUser, more: object = {}) => user.call(spec.endLease, { params: { id: leased.body.id }, body: { endedOn: '2026-06-30', reason: '承租方停产退租', settlementFen: 3_000_00, ...more } });
    expect((await end(clerk)).status).toBe(403);
    expect((await end(reviewer, { endedOn: '2026-12-31' })).status).toBe(400);
    expect((await end(reviewer, { settlementFen: 60_000_00 })).text).toContain('一年的租金');
    expect((await end(reviewer)).status).toBe(200);
    expect((await end(officer)).body).toMatchObject({ code: 'wrong-state' });
    const after = await view(officer, id);
    // 25,000 paid in April, 3,000 settled in June; the 25,000 of October were never used
    expect(after).toMatchObject({ dueFen: 28_000_00, receivedFen: 25_000_00 });
    expect(after.leases[0]).toMatchObject({ ended: { on: '2026-06-30', reason: '承租方停产退租' } });
    expect(after.leases[0]!.dues.map(({ dueOn, cancelled }) => [dueOn, cancelled])).toEqual([['2026-04-01', false], ['2026-06-30', false], ['2026-10-01', true]]);
    const income = (due: number, receiptNumber: string) => clerk.call(spec.receiveIncome, { params: { id }, body: { kind: 'rent', leaseId: leased.body.id, due, receiptNumber, amountFen: 3_000_00, receivedOn: '2026-07-03' } });
    expect((await income(2, 'SJ-E2')).status).toBe(400);
    expect((await income(3, 'SJ-E2')).status).toBe(200);
    expect((await view(officer, id)).overdueDays).toBeNull();
  });

  it('and an asset that is let is not disposed of before', async () => {
    const id = await record({ title: '还在出租的仓库' });
    const leased = await lease(id, { endOn: '2099-12-31' });
    const lose = () => reviewer.call(spec.disposeAsset, { params: { id }, body: { kind: 'loss', appraisedFen: 10_000_00, priceFen: 2_000_00, vote, disposedOn: '2026-06-01', reason: '盘点发现设备丢失，责任人已赔偿' } });
    expect((await lose()).text).toContain('还没有到期或结束');
    await reviewer.call(spec.endLease, { params: { id: leased.body.id }, body: { endedOn: '2026-05-31', reason: '设备丢失，无法使用', settlementFen: 0 } });
    expect((await lose()).status).toBe(200);
    expect((await view(officer, id)).disposal).toMatchObject({ kind: 'loss', priceFen: 2_000_00 });
  });
});

describe('the whole chain', () => {
  it('runs from the money through project, payee and asset to its income', async () => {
    const id = await buildPooledProject({ clerk, reviewer, officer }, village);
    const document = await finance.call(spec.recordSourceDocument, { body: { regionCode: county, number: '涟财农〔2026〕77号', title: '关于下达衔接资金的通知', issuer: '淮安市财政局', issuedOn: '2026-02-10', amountFen: 90_000_00 } });
    const indicator = await finance.call(spec.createIndicator, { body: { documentId: document.body.id, fundCode: 'bridging-provincial', purposeCode: 'industry', fiscalYear: 2026, title: '产业发展', amountFen: 90_000_00, arrivedOn: '2026-02-10' } });
    const plan = await officer.call(spec.planUse, { params: { id: indicator.body.id }, body: { kind: 'project', useCode: 'industry', title: '帮扶车间', placeCode: village, projectId: id, amountFen: 90_000_00, plannedOn: '2026-04-01', finishBy: '2026-10-31' } });
    await finance.call(spec.payPlan, { params: { id: plan.body.id }, body: { voucherNumber: 'LIAN-1', payeeKind: 'village', payee: '小堤村股份经济合作社', amountFen: 80_000_00, paidOn: '2026-05-10' } });
    expect((await clerk.call(spec.recordAsset, { body: { regionCode: village, projectId: id, title: '帮扶车间', class: 'operating', originalFen: 80_000_00, formedOn: '2026-08-01', operator: '小堤村' } })).text).toContain('完工以后');
    await step(reviewer, id, 'start', '2026-05-02');
    for (const stage of [1, 2]) await reviewer.call(spec.reportProgress, { params: { id }, body: { stage, donePercent: 100, reportedOn: '2026-07-20', note: '完成' } });
    expect((await step(reviewer, id, 'complete', '2026-08-01')).status).toBe(200);
    const asset = await record({ projectId: id, title: '帮扶车间', formedOn: '2026-08-01' });
    await clerk.call(spec.receiveIncome, { params: { id: asset }, body: { kind: 'other', receiptNumber: 'SJ-077', amountFen: 5_000_00, receivedOn: '2026-09-03' } });
    const trace = (await officer.call(spec.traceProject, { params: { id } })).body;
    expect(trace.nodes.map(({ kind }) => kind)).toEqual(['project', 'indicator', 'rest', 'payee', 'asset', 'income', 'rest']);
    expect(trace.links.map(({ amountFen }) => amountFen)).toEqual([90_000_00, 10_000_00, 80_000_00, 80_000_00, 5_000_00, 5_000_00]);
    // built in time and within its budget; the income waits to be shared out
    expect(trace.nodes.map(({ trouble }) => trouble.join())).toEqual(['', '', 'late', '', '', '', 'idle']);
    expect((await world.anonymous(spec.getPublicProject, { params: { id } })).body.assets).toMatchObject([{ title: '帮扶车间', receivedFen: 5_000_00 }]);
    // and back: from the income to the asset it came from, for staff alone
    const income = trace.nodes.find(({ kind }) => kind === 'income')!;
    const back = (await officer.call(spec.traceIndicator, { params: { id: income.indicatorId! } })).body.nodes.find(({ kind }) => kind === 'document')!;
    expect(back).toMatchObject({ receiptNumber: 'SJ-077' });
    expect((await officer.call(spec.listAssets, { query: { search: back.receiptNumber! } })).body.items.map((one) => one.id)).toEqual([asset]);
    expect((await world.anonymous(spec.listPublicProjects, { query: { regionCode: village, search: back.receiptNumber! } })).body.assets).toEqual([]);
  });
});

describe('what the public sees of a project', () => {
  it('is progress, contractor and released pictures without where and by whom they were taken', async () => {
    const id = await buildPooledProject({ clerk, reviewer, officer }, village);
    await step(reviewer, id, 'start', '2026-05-02');
    const picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#557799' } })
      .withExif({ IFD0: { Make: 'Phone of somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '33/1 46/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect(picture.includes('Phone of somebody')).toBe(true);
    const photo = (await reviewer.upload(`/api/projects/${id}/documents`, { name: '张三拍摄.jpg', content: picture }, { kind: 'photo' })).body.id;
    expect((await world.anonymous(spec.getPublicPhoto, { params: { id: photo } })).status).toBe(404);
    const release = (show: boolean) => officer.call(spec.releaseProjectPhoto, { params: { id, attachmentId: photo }, body: { release: show, caption: '开工现场', noFaces: true } });
    await release(true);
    const shown = await world.anonymous(spec.getPublicPhoto, { params: { id: photo } });
    expect(shown.status).toBe(200);
    expect((await sharp(shown.raw).metadata()).exif).toBeUndefined();
    expect(shown.raw.includes('Phone of somebody')).toBe(false);
    const project = await world.anonymous(spec.getPublicProject, { params: { id } });
    expect(project.body).toMatchObject({ households: 254, photos: [{ caption: '开工现场' }] });
    expect(project.text).not.toContain('张三');
    await release(false);
    expect((await world.anonymous(spec.getPublicPhoto, { params: { id: photo } })).status).toBe(404);
    const found = await world.anonymous(spec.listPublicProjects, { query: { regionCode: village, search: '车间' } });
    expect(found.body.items.map((one) => one.id)).toContain(id);
    expect((await world.anonymous(spec.listPublicProjects, { query: { regionCode: '320831000000' } })).body.items).toEqual([]);
  });

  it('shows a face only with the written consent that lies with the project', async () => {
    const id = await buildPooledProject({ clerk, reviewer, officer }, village);
    const picture = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#997755' } }).withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '33/1 46/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '119/1 15/1 0/1' } }).jpeg().toBuffer();
    expect((await sharp(picture).metadata()).exif).toBeDefined();
    const add = async (kind: string, name: string, content: Buffer) => (await reviewer.upload(`/api/projects/${id}/documents`, { name, content }, { kind })).body.id;
    const photo = await add('photo', '开工.jpg', picture);
    const minutes = await add('minutes', '纪要.pdf', Buffer.from('%PDF-1.7 minutes'));
    const consent = await add('portrait-consent', '同意书.pdf', Buffer.from('%PDF-1.7 consent'));
    const release = (more: object) => officer.call(spec.releaseProjectPhoto, { params: { id, attachmentId: photo }, body: { release: true, caption: '开工', noFaces: false, ...more } });
    for (const more of [{}, { consentId: minutes }, { consentId: photo }]) {
      expect((await release(more)).body).toMatchObject({ fields: [{ path: 'noFaces' }] });
      expect((await world.anonymous(spec.getPublicPhoto, { params: { id: photo } })).status).toBe(404);
      expect((await world.anonymous(spec.getPublicProject, { params: { id } })).body.photos).toEqual([]);
    }
    expect((await release({ consentId: consent })).status).toBe(200);
    const shown = await world.anonymous(spec.getPublicPhoto, { params: { id: photo } });
    expect((await sharp(shown.raw).metadata()).exif).toBeUndefined();
    // the consent itself names people: it is nobody's to see
    expect((await world.anonymous(spec.getPublicPhoto, { params: { id: consent } })).status).toBe(404);
    await release({ release: false });
    expect((await world.anonymous(spec.getPublicPhoto, { params: { id: photo } })).status).toBe(404);
  });

  it('is no number of so few households that each could be guessed', async () => {
    for (const [households, shown] of [[4, null], [5, 5]] as const) {
      const id = await buildPooledProject({ clerk, reviewer, officer }, village, { households });
      const project = await world.anonymous(spec.getPublicProject, { params: { id } });
      expect(project.body.households).toBe(shown);
      const open = await world.anonymous(spec.getOpenContractingProject, { params: { id } });
      if (open.status === 200) expect(open.text).not.toMatch(/"households"/);
    }
  });
});
