import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as spec from '@sunlit/api-spec';
import { creditCodeCheckCharacter } from '@sunlit/kernel';
import AjvDraft04 from 'ajv-draft-04';
import addFormatsModule from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPooledProject } from '#testing/build-project.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { writeProjectSnapshot } from './project-snapshot.ts';
import { readPublicProjects, type PublicProject } from './disclosure/process-rows.ts';

const county = '320826000000';
const village = '320826101201';
let world: TestApp;
let clerk: TestUser;
let reviewer: TestUser;
let officer: TestUser;
let finance: TestUser;

beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  reviewer = await world.user(['town-reviewer'], '320826101000');
  officer = await world.user(['county-officer'], county);
  finance = await world.user(['finance-officer'], county);
});
afterAll(() => world.close());

let counter = 0;
async function vendor(name: string, more: { prefix?: string; idNumber?: string } = {}): Promise<string> {
  counter += 1;
  const first17 = `${more.prefix ?? '91399900M'}${String(counter).padStart(8, '0')}`;
  const made = await reviewer.call(spec.recordVendor, { body: { creditCode: first17 + creditCodeCheckCharacter(first17), name, ...(more.idNumber ? { representativeIdNumber: more.idNumber } : {}) } });
  expect(made.status, made.text).toBe(200);
  return made.body.id;
}

async function money(projectId: string, amountFen: number): Promise<string> {
  counter += 1;
  const document = await finance.call(spec.recordSourceDocument, { body: { regionCode: county, number: `涟财农〔2026〕${counter}号`, title: '关于下达衔接资金的通知', issuer: '淮安市财政局', issuedOn: '2026-02-10', amountFen } });
  const indicator = await finance.call(spec.createIndicator, { body: { documentId: document.body.id, fundCode: 'bridging-provincial', purposeCode: 'industry', fiscalYear: 2026, title: '产业发展', amountFen, arrivedOn: '2026-02-10' } });
  const plan = await officer.call(spec.planUse, { params: { id: indicator.body.id }, body: { kind: 'project', useCode: 'industry', title: '帮扶车间扩建', placeCode: village, projectId, amountFen, plannedOn: '2026-04-01', finishBy: '2026-10-31' } });
  expect(plan.status, plan.text).toBe(200);
  return plan.body.id;
}

const contractBody = (vendorId: string, more: object = {}) => ({
  vendorId,
  directReason: '低于必须招标的标准，经村两委研究直接发包',
  number: `HT-${(counter += 1)}`,
  title: '帮扶车间扩建施工合同',
  valueFen: 100_000_00,
  signedOn: '2026-04-10',
  startOn: '2026-05-01',
  finishBy: '2026-09-30',
  retentionPercent: 3,
  retentionUntil: '2027-09-30',
  milestones: [
    { title: '开工', dueOn: '2026-05-10', amountFen: 30_000_00 },
    { title: '完工', dueOn: '2026-09-30', amountFen: 70_000_00 },
  ],
  ...more,
});

async function tender(projectId: string, more: object = {}) {
  counter += 1;
  return reviewer.call(spec.publishTender, { params: { id: projectId }, body: { number: `ZB-${counter}`, title: '帮扶车间扩建施工', method: 'open', estimateFen: 600_000_00, priceOnly: true, publishedOn: '2026-03-05', bidsDueAt: '2026-03-26T01:00:00.000Z', ...more } });
}

describe('a works contract', () => {
  it('is signed with the winner, paid by milestones and invoices, never above its value and its retention money', async () => {
    const id = await buildPooledProject({ clerk, reviewer, officer }, village);
    const plan = await money(id, 200_000_00);
    const [winner, loser] = [await vendor('禾泰建设工程有限公司'), await vendor('安澜水利工程有限公司')];
    const { id: tenderId } = (await tender(id)).body;
    const bid = async (vendorId: string, amountFen: number, receivedAt: string) => (await reviewer.call(spec.recordBid, { params: { id: tenderId }, body: { vendorId, amountFen, receivedAt, origin: '10.0.0.7' } })).body;
    const won = await bid(winner, 100_000_00, '2026-03-20T01:00:00.000Z');
    expect((await bid(loser, 120_000_00, '2026-03-26T01:00:01.000Z')).late).toBe(true);
    const award = (user: TestUser) => user.call(spec.awardTender, { params: { id: tenderId }, body: { bidId: won.id, awardedOn: '2026-03-28', awardNumber: '中标〔2026〕1号', disqualified: [] } });
    const early = await reviewer.call(spec.signContract, { params: { id }, body: contractBody(winner, { tenderId }) });
    expect(early.text).toContain('还没有定标');
    expect((await award(officer)).status).toBe(200);
    const sign = (more: object) => reviewer.call(spec.signContract, { params: { id }, body: { ...contractBody(winner, { tenderId }), ...more } });
    expect((await sign({ vendorId: loser })).text).toContain('应与中标人签订');
    expect((await sign({ valueFen: 100_000_01 })).status).toBe(400);
    expect((await sign({ retentionPercent: 5 })).text).toContain('不得高于 3 %');
    const signed = await sign({});
    expect(signed.status, signed.text).toBe(200);
    const contract = signed.body.id;

    const invoice = async (number: string, amountFen: number) => reviewer.call(spec.recordInvoice, { params: { id: contract }, body: { number, issuedOn: '2026-05-12', amountFen } });
    const first = (await invoice('26320000000000000001', 30_000_00)).body.id;
    expect((await invoice('26320000000000000001', 30_000_00)).body).toMatchObject({ code: 'already-exists' });
    const pay = (milestone: number, amountFen: number, invoiceIds: string[], more: object = {}) => finance.call(spec.payContract, { params: { id: contract }, body: { planId: plan, milestone, invoiceIds, voucherNumber: `PZ-${(counter += 1)}`, amountFen, paidOn: '2026-05-20', ...more } });
    expect((await pay(1, 30_000_00, [first])).text).toContain('还没有确认完成');
    const paper = (await reviewer.upload(`/api/projects/${id}/documents`, { name: 'm.pdf', content: Buffer.from('%PDF-1.7 m') }, { kind: 'measurement' })).body.id;
    // the bill of quantities makes the signed sum; it is measured by somebody who did not sign
    const items = (price: number) => reviewer.call(spec.recordContractItems, { params: { id: contract }, body: { items: [{ itemCode: 'building', title: '厂房土建', quantity: 40.5, unitPriceFen: price }, { itemCode: 'other', title: '水电配套', quantity: 1, unitPriceFen: 30_000_00 }] } });
    expect((await items(1_728_39)).text).toContain('应等于签订金额 100000.00 元');
    expect((await items(1_728_395_06 / 100_000)).status).toBe(400);
    expect((await reviewer.call(spec.recordContractItems, { params: { id: contract }, body: { items: [{ itemCode: 'building', title: '厂房土建', quantity: 40, unitPriceFen: 1_750_00 }, { itemCode: 'other', title: '水电配套', quantity: 1, unitPriceFen: 30_000_00 }] } })).status).toBe(200);
    expect((await items(1)).body).toMatchObject({ code: 'already-exists' });
    const measure = (user: TestUser, more: object = {}) => user.call(spec.measureContractItem, { params: { id: contract }, body: { ordinal: 1, quantity: 33.333, measuredOn: '2026-05-12', documentId: paper, ...more } });
    expect((await measure(reviewer)).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await measure(officer, { ordinal: 3 })).status).toBe(400);
    expect((await measure(officer, { quantity: 0.0005 })).status).toBe(400);
    expect((await measure(officer)).status).toBe(200);
    expect((await officer.call(spec.getContract, { params: { id: contract } })).body.items).toMatchObject([{ quantity: 40, unitPriceFen: 1_750_00, referenceFen: 1_450_00, measured: 33.333, measuredBy: officer.actor.displayName }, { item: { code: 'other' }, referenceFen: null, measured: null }]);
    const confirm = (milestone: number, metOn: string) => reviewer.call(spec.confirmMilestone, { params: { id: contract }, body: { milestone, metOn, documentId: paper } });
    expect((await confirm(1, '2026-05-10')).status).toBe(200);
    expect((await pay(1, 30_000_01, [first])).body).toMatchObject({ code: 'funds-insufficient' });
    const paid = await pay(1, 30_000_00, [first]);
    expect(paid.status, paid.text).toBe(200);
    expect((await pay(1, 1, [first])).body).toMatchObject({ code: 'funds-insufficient' });
    await confirm(2, '2026-05-19');
    expect((await pay(2, 1, [first])).text).toContain('已经付过款');
    const second = (await invoice('26320000000000000002', 70_000_00)).body.id;
    await reviewer.call(spec.voidInvoice, { params: { id: second }, body: { voidOn: '2026-05-15', reason: '开错抬头' } });
    expect((await pay(2, 70_000_00, [second])).text).toContain('已经作废');
    const third = (await invoice('26320000000000000003', 70_000_00)).body.id;
    // three per cent stay until the term is over, by every door
    expect((await pay(2, 70_000_00, [third])).text).toContain('质保金到期后才能支付');
    const byTheLedger = (amountFen: number, payee: string) => finance.call(spec.payPlan, { params: { id: plan }, body: { voucherNumber: `PZ-${(counter += 1)}`, payeeKind: 'vendor', payee, amountFen, paidOn: '2026-05-20' } });
    expect((await byTheLedger(67_000_01, '禾泰建设工程有限公司')).body).toMatchObject({ code: 'funds-insufficient' });
    expect((await byTheLedger(1, '从未签约的公司')).text).toContain('没有与这家供应商签订的合同');
    expect((await pay(2, 67_000_00, [third])).status).toBe(200);
    // a payment that is taken back makes room again, and its invoice too
    await finance.call(spec.reverseTransaction, { params: { id: paid.body.transactionId }, body: { day: '2026-05-25', reason: '付错账户' } });
    expect((await pay(1, 30_000_00, [first], { paidOn: '2026-05-26' })).status).toBe(200);

    const amend = (user: TestUser, changeFen: number) => user.call(spec.amendContract, { params: { id: contract }, body: { amendedOn: '2026-06-01', changeFen, finishBy: '2026-10-15', reason: '增加配电' } });
    expect((await amend(officer, -10_000_00)).text).toContain('不能低于已经支付');
    expect((await amend(officer, 20_000_00)).status).toBe(200);
    const view = (await officer.call(spec.getContract, { params: { id: contract } })).body;
    expect(view).toMatchObject({ signedFen: 100_000_00, valueFen: 120_000_00, paidFen: 97_000_00, payableFen: 19_400_00 });
    expect(view.milestones.map(({ paidFen }) => paidFen)).toEqual([30_000_00, 67_000_00, 0]);
    expect((await officer.call(spec.listProjects, {})).body.items[0]).toMatchObject({ contractFen: 120_000_00, paidFen: 97_000_00 });
    expect((await officer.call(spec.getProcurement, { params: { id } })).body.tenders[0]!.bids).toHaveLength(2);
    // the trail leads through the contract and its milestones to the firm, each with a page of its own
    const trace = (await officer.call(spec.traceProject, { params: { id } })).body;
    const hops = trace.nodes.filter(({ kind }) => ['contract', 'milestone', 'payee'].includes(kind));
    expect(hops.map(({ kind, amountFen, contractId, vendorId }) => [kind, amountFen, contractId ?? vendorId])).toEqual([['contract', 97_000_00, contract], ['milestone', 67_000_00, contract], ['milestone', 30_000_00, contract], ['payee', 97_000_00, winner]]);
    for (const hop of hops.slice(0, 3)) expect([hop.id, trace.links.filter(({ to }) => to === hop.id).reduce((sum, one) => sum + one.amountFen, 0), trace.links.filter(({ from }) => from === hop.id).reduce((sum, one) => sum + one.amountFen, 0)]).toEqual([hop.id, hop.amountFen, hop.amountFen]);
    expect(trace.links.filter(({ to }) => to === hops[3]!.id).every(({ transactionId }) => transactionId !== null)).toBe(true);
  });

  it('above the legal threshold needs a tender, and two payments at once do not both fit', async () => {
    const id = await buildPooledProject({ clerk, reviewer, officer }, village, { budgetFen: 9_000_000_00 });
    const firm = await vendor('润田农业设施有限公司');
    expect((await reviewer.call(spec.signContract, { params: { id }, body: contractBody(firm, { directReason: undefined }) })).text).toContain('直接发包的，请写明');
    const big = await reviewer.call(spec.signContract, { params: { id }, body: contractBody(firm, { valueFen: 4_000_000_00, milestones: [{ title: '完工', dueOn: '2026-09-30', amountFen: 4_000_000_00 }] }) });
    expect(big.text).toContain('必须招标');
    expect((await reviewer.call(spec.signContract, { params: { id }, body: contractBody(firm, { retentionPercent: 0 }) })).status).toBe(200);
    const plan = await money(id, 300_000_00);
    const pay = () => finance.call(spec.payPlan, { params: { id: plan }, body: { voucherNumber: `PZ-${(counter += 1)}`, payeeKind: 'vendor', payee: '润田农业设施有限公司', amountFen: 60_000_00, paidOn: '2026-05-20' } });
    expect((await Promise.all([pay(), pay(), pay()])).map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});

describe('a firm that changes', () => {
  it('is changed from a day on by two people; what was before stays, for the rules and to be seen', async () => {
    const id = await vendor('旧名农业设施有限公司', { idNumber: '399900196001010019' });
    const propose = (more: object) => reviewer.call(spec.proposeVendorChange, { params: { id }, body: { changedOn: '2026-06-01', paper: '登记通知书〔2026〕12号', ...more } });
    expect((await propose({ name: '旧名农业设施有限公司' })).text).toContain('没有改动');
    expect((await propose({ representativeIdNumber: '399900196001010018' })).body).toMatchObject({ fields: [{ path: 'representativeIdNumber' }] });
    const change = await propose({ name: '新名农业设施有限公司', representativeIdNumber: '399900196001010027', debarredUntil: '2027-06-01' });
    expect(change.status, change.text).toBe(200);
    expect((await propose({ name: '又一个新名有限公司' })).text).toContain('还在等审定');
    const decide = (user: TestUser) => user.call(spec.decideVendorChange, { params: { id: change.body.id }, body: { approve: true, reason: '与登记机关核对一致' } });
    // who may run projects does not decide; in one county no other county decides
    expect((await decide(reviewer)).status).toBe(403);
    expect([403, 404]).toContain((await decide(await world.user(['county-officer'], '320830000000'))).status);
    expect((await decide(officer)).status).toBe(200);
    expect((await decide(officer)).body).toMatchObject({ code: 'wrong-state' });
    const view = await officer.call(spec.getVendor, { params: { id } });
    expect(view.body).toMatchObject({ name: '新名农业设施有限公司', debarredUntil: '2027-06-01', changes: [{ oldName: '旧名农业设施有限公司', state: 'approved', representative: true }] });
    expect(view.text).not.toContain('3999001960');
    // a bid after it is refused, and rules see two representatives, each with their days
    const project = await buildPooledProject({ clerk, reviewer, officer }, village);
    const { id: tenderId } = (await tender(project)).body;
    const bid = (receivedAt: string) => reviewer.call(spec.recordBid, { params: { id: tenderId }, body: { vendorId: id, amountFen: 100_00, receivedAt } });
    expect((await bid('2026-06-01T01:00:00.000Z')).text).toContain('被限制投标');
    expect((await bid('2026-03-20T01:00:00.000Z')).status).toBe(200);
    const folder = mkdtempSync(join(tmpdir(), 'sunlit-vendor-'));
    try {
      const { files } = await writeProjectSnapshot(systemActor, '2026-10-31', folder);
      const rows = readFileSync(files.vendor_people, 'utf8').split('\n').filter((row) => row.startsWith(id)).map((row) => row.split(',').slice(-2).join());
      expect(rows.sort()).toEqual([',2026-06-01', '2026-06-01,']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('open contracting', () => {
  const schemas = join(import.meta.dirname, 'disclosure/official-schemas');
  const read = (file: string) => JSON.parse(readFileSync(join(schemas, file), 'utf8')) as Record<string, unknown>;
  // both packages are CommonJS: their functions are behind a second default
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true });
  addFormatsModule.default(ajv as never);
  ajv.addSchema(read('ocds-1.1-release-schema.json'));
  ajv.addSchema(read('oc4ids-0.9-project-schema.json'));
  const releases = ajv.compile(read('ocds-1.1-release-package-schema.json'));
  const projects = ajv.compile(read('oc4ids-0.9-project-package-schema.json'));

  const publisher = { releasePrefix: 'ocds-abc123', projectPrefix: 'oc4ids-abc123', name: '测试县数据局', uri: 'https://county.example', license: 'https://creativecommons.org/publicdomain/zero/1.0/' };
  async function setPublisher(more: Partial<typeof publisher> = {}) {
    const proposed = await officer.call(spec.proposePolicy, { body: { regionCode: county, code: 'open-contracting.publisher', value: { ...publisher, ...more }, validFrom: '2026-01-01', basis: '登记回执' } });
    if (proposed.status !== 200) return proposed;
    return (await world.user(['county-officer'], county)).call(spec.decidePolicy, { params: { id: proposed.body.id }, body: { action: 'approve', reason: '与登记一致' } });
  }

  it('says plainly that nobody has set a publisher, and takes no prefix that is not one', async () => {
    const bulk = await world.anonymous(spec.getOpenContractingBulk, { query: { regionCode: county } });
    expect(bulk.status).toBe(409);
    expect(bulk.text).toContain('还没有设定公开合同数据的发布单位');
    expect((await world.anonymous(spec.listPublicProjects, { query: { regionCode: county } })).body.openContracting).toBe(false);
    expect((await setPublisher({ releasePrefix: 'ocds-sunlit-1' })).body).toMatchObject({ fields: [{ path: 'value.releasePrefix' }] });
  });

  it('validates against the official schemas, at an address of its own and in one file', async () => {
    expect((await setPublisher()).status).toBe(200);
    const id = await buildPooledProject({ clerk, reviewer, officer }, village);
    const person = await vendor('王大力建筑队', { prefix: '92399900M', idNumber: '399900196001010019' });
    expect((await reviewer.call(spec.signContract, { params: { id }, body: contractBody(person) })).status).toBe(200);
    await tender(id);
    const bulk = await world.anonymous(spec.getOpenContractingBulk, { query: { regionCode: county } });
    expect(releases(bulk.body), ajv.errorsText(releases.errors)).toBe(true);
    const found = bulk.body.releases as { ocid: string; tag: string[]; tender?: { procurementMethod: string; procurementMethodRationale?: string; tenderers: unknown[] }; contracts: { items?: { quantity: number; unit: { value: { amount: number } } }[]; amendments?: unknown[]; implementation: { transactions?: unknown[] } }[] }[];
    expect(found.length).toBeGreaterThan(3);
    expect(bulk.body.publisher).toEqual({ name: publisher.name, uri: publisher.uri });
    expect(found.every(({ ocid }) => ocid.startsWith('ocds-abc123-'))).toBe(true);
    // what red-flag tools read: how it was given, who bid, what was changed and paid
    expect(new Set(found.map(({ tender: one }) => one?.procurementMethod))).toEqual(new Set(['open', 'direct']));
    expect(found.filter(({ tender: one }) => one?.procurementMethod === 'direct').map(({ tender: one }) => one?.procurementMethodRationale)).toContain('低于必须招标的标准，经村两委研究直接发包');
    const shown = (await world.anonymous(spec.getPublicProject, { params: { id } })).body.contracts;
    expect(shown).toMatchObject([{ method: 'direct', methodReason: '低于必须招标的标准，经村两委研究直接发包' }]);
    expect(found.some(({ tender: one }) => (one?.tenderers.length ?? 0) > 1)).toBe(true);
    expect(found.some(({ contracts }) => contracts?.some(({ amendments }) => amendments))).toBe(true);
    expect(found.flatMap(({ contracts }) => contracts ?? []).some(({ items }) => items?.some(({ quantity, unit }) => quantity === 40 && unit.value.amount === 1750))).toBe(true);
    expect(found.some(({ tag, contracts }) => tag.includes('implementation') && contracts.some(({ implementation }) => implementation.transactions))).toBe(true);
    for (const { ocid } of found.slice(0, 3)) {
      const one = await world.anonymous(spec.getOpenContractingRelease, { params: { id: ocid.slice(-36) } });
      expect(one.status).toBe(200);
      expect(releases(one.body), ajv.errorsText(releases.errors)).toBe(true);
    }
    const all = await world.anonymous(spec.getOpenContractingBulk, { query: { kind: 'projects', fiscalYear: 2026 } });
    expect((all.body.projects as { id: string }[])[0]!.id).toMatch(/^oc4ids-abc123-/);
    expect(projects(all.body), ajv.errorsText(projects.errors)).toBe(true);
    expect((await world.anonymous(spec.getOpenContractingProject, { params: { id } })).status).toBe(200);
    // read in parts, nothing is left out and nothing comes twice
    const parts = await inTransaction(systemActor, async (trx) => {
      const ids: string[] = [];
      for (let after: PublicProject | undefined; ; ) {
        const [next] = await readPublicProjects(trx, { regionCode: county, after }, 1);
        if (!next) return ids;
        ids.push(next.project.id);
        after = next;
      }
    });
    expect(parts).toEqual((await inTransaction(systemActor, (trx) => readPublicProjects(trx, { regionCode: county }, 1000))).map(({ project }) => project.id));
    expect((await world.anonymous(spec.getOpenContractingBulk, { query: { fiscalYear: 2001 } })).status).toBe(404);
    // somebody who works under their own name is not named, nobody's number is
    for (const text of [bulk.text, all.text]) {
      expect(text).not.toContain('王大力');
      expect(text).not.toMatch(/"9239990/);
      expect(text).not.toContain('399900196001010019');
      expect(text).not.toContain('county-officer');
    }
  });

  it('says which counties of a city are not in its file, to everybody and to who can put it right', async () => {
    const other = '320803000000';
    const people = { clerk: await world.user(['village-clerk'], '320803107001'), reviewer: await world.user(['town-reviewer'], '320803107000'), officer: await world.user(['county-officer'], other) };
    await buildPooledProject(people, '320803107001');
    const city = '320800000000';
    const cityOfficers = [await world.user(['county-officer'], city), await world.user(['county-officer'], city)] as const;
    const gaps = async () => (await cityOfficers[0].call(spec.listPublisherGaps, {})).body.items.map((one) => one.code);
    expect(await gaps()).toEqual([other]);
    const page = (await world.anonymous(spec.listPublicProjects, { query: { regionCode: city } })).body;
    expect(page.withoutPublisher.map((one) => one.code)).toEqual([other]);
    const bulk = await world.anonymous(spec.getOpenContractingBulk, { query: { kind: 'projects' } });
    expect(projects(bulk.body), ajv.errorsText(projects.errors)).toBe(true);
    expect(bulk.body.publicationPolicy).toMatch(/\/projects$/);
    expect(JSON.stringify(bulk.body)).not.toContain(other.slice(0, 6));
    // another county is not told of it
    expect((await officer.call(spec.listPublisherGaps, {})).body.items).toEqual([]);
  });

  it('shows nothing before a project is published', async () => {
    const draft = (await clerk.call(spec.createProject, { body: (await import('#testing/build-project.ts')).projectDraft(village) })).body.id;
    expect((await world.anonymous(spec.getOpenContractingProject, { params: { id: draft } })).status).toBe(404);
  });
});
