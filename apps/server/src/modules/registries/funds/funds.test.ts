import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter, newId } from '@sunlit/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { listBalanceDifferences } from './ledger/check-ledger.ts';

const city = '320800000000';
const county = '320826000000';
const town = '320826101000';
const village = '320826101201';
let world: TestApp;
let cityFinance: TestUser;
let finance: TestUser;
let officer: TestUser;
let reviewer: TestUser;

beforeAll(async () => {
  world = await openTestApp();
  cityFinance = await world.user(['finance-officer'], city);
  finance = await world.user(['finance-officer'], county);
  officer = await world.user(['county-officer'], county);
  reviewer = await world.user(['town-reviewer'], town);
});
afterAll(async () => {
  expect(await listBalanceDifferences()).toEqual([]);
  await world.close();
});

/** One of the made-up numbers that nobody is given. */
function idNumberOf(place: string, serial: number): string {
  const first17 = `3999001970${place.slice(4, 6)}01${String(100 + serial)}`.slice(0, 17);
  return first17 + idCardCheckCharacter(first17);
}

let papers = 0;
async function give(amountFen: number, options: { on?: string; by?: TestUser; regionCode?: string } = {}): Promise<{ id: string; documentId: string }> {
  papers += 1;
  const on = options.on ?? '2026-02-10';
  const by = options.by ?? cityFinance;
  const document = await by.call(spec.recordSourceDocument, { body: { regionCode: options.regionCode ?? city, number: `苏财农〔2026〕${papers}号`, title: '关于下达衔接资金的通知', issuer: '江苏省财政厅', issuedOn: on, amountFen } });
  expect(document.status, document.text).toBe(200);
  const indicator = await by.call(spec.createIndicator, { body: { documentId: document.body.id, fundCode: 'bridging-provincial', purposeCode: 'industry', fiscalYear: Number(on.slice(0, 4)), title: '产业发展', amountFen, arrivedOn: on } });
  expect(indicator.status, indicator.text).toBe(200);
  return { id: indicator.body.id, documentId: document.body.id };
}

const allocate = (by: TestUser, id: string, regionCode: string, amountFen: number, issuedOn = '2026-03-02') =>
  by.call(spec.allocateIndicator, { params: { id }, body: { regionCode, documentNumber: `淮财农〔2026〕${(papers += 1)}号`, amountFen, issuedOn } });
const arrive = (by: TestUser, id: string, arrivedOn = '2026-03-10') => by.call(spec.confirmArrival, { params: { id }, body: { arrivedOn } });
const plan = (by: TestUser, id: string, amountFen: number, more: object = {}) =>
  by.call(spec.planUse, { params: { id }, body: { kind: 'project', useCode: 'industry', title: '标准大棚二期', placeCode: village, amountFen, plannedOn: '2026-04-01', finishBy: '2026-10-31', ...more } });
const pay = (by: TestUser, id: string, amountFen: number, more: object = {}) =>
  by.call(spec.payPlan, { params: { id }, body: { voucherNumber: `PZ-${(papers += 1)}`, payeeKind: 'vendor', payee: '涟水县宏远建设有限公司', amountFen, paidOn: '2026-05-20', ...more } });
const view = async (by: TestUser, id: string) => (await by.call(spec.getIndicator, { params: { id } })).body;

describe('following the money', () => {
  it('from a document to a payee, each hop confirmed by whoever received it, seen from both ends', async () => {
    const source = await give(1_000_000_00);
    const toCounty = await allocate(cityFinance, source.id, county, 600_000_00);
    expect(toCounty.status, toCounty.text).toBe(200);
    expect((await view(finance, toCounty.body.id)).balances).toMatchObject({ inTransitFen: 600_000_00, availableFen: 0 });
    expect((await arrive(cityFinance, toCounty.body.id)).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await arrive(finance, toCounty.body.id)).status).toBe(200);
    const toTown = await allocate(finance, toCounty.body.id, town, 200_000_00, '2026-03-20');
    expect((await arrive(reviewer, toTown.body.id, '2026-03-25')).status).toBe(200);
    const planned = await plan(reviewer, toTown.body.id, 150_000_00);
    expect(planned.status, planned.text).toBe(200);
    expect((await pay(finance, planned.body.id, 45_000_00)).status).toBe(200);

    const atTown = await view(reviewer, toTown.body.id);
    expect(atTown.balances).toMatchObject({ receivedFen: 200_000_00, availableFen: 50_000_00, plannedFen: 105_000_00, paidFen: 45_000_00 });
    expect(atTown.lineage.map((hop) => [hop.region.code, hop.amountFen])).toEqual([[city, 1_000_000_00], [county, 600_000_00]]);
    expect(atTown.plans[0]).toMatchObject({ paidFen: 45_000_00, negativeWords: [] });

    const trace = (await cityFinance.call(spec.traceIndicator, { params: { id: source.id } })).body;
    const into = (id: string) => trace.links.filter((link) => link.to === id).reduce((sum, link) => sum + link.amountFen, 0);
    const outOf = (id: string) => trace.links.filter((link) => link.from === id).reduce((sum, link) => sum + link.amountFen, 0);
    for (const node of trace.nodes.filter(({ kind }) => kind === 'indicator' || kind === 'plan')) expect(outOf(node.id), node.label).toBe(into(node.id));
    expect(trace.nodes.find(({ kind }) => kind === 'payee')).toMatchObject({ amountFen: 45_000_00, label: '涟水县宏远建设有限公司' });
    // below, the same trace is seen without the books above
    const below = (await reviewer.call(spec.traceIndicator, { params: { id: toTown.body.id } })).body;
    expect(below.links.filter((link) => link.to === toTown.body.id)).toMatchObject([{ amountFen: 200_000_00 }]);
    expect((await reviewer.call(spec.getIndicator, { params: { id: toCounty.body.id } })).status).toBe(404);
    expect((await reviewer.call(spec.listTransactions, {})).body.items.every((item) => item.book.code === town || item.otherBook?.code === town)).toBe(true);
  });

  it('to a household, which is found from its own side, with the look recorded', async () => {
    const household = await buildHousehold({ regionCode: village });
    const other = await buildHousehold({ regionCode: village, idNumber: '399900196001010026' });
    const source = await give(10_000_00, { by: finance, regionCode: county });
    const planned = await plan(officer, source.id, 3_000_00, { kind: 'direct-benefit', useCode: 'direct-benefit', title: '种植补助到户', households: 2 });
    const households = [{ householdId: household.id, amountFen: 1_200_00 }, { householdId: other.id, amountFen: 800_00 }];
    expect((await pay(finance, planned.body.id, 2_000_00, { payeeKind: 'household', payee: undefined, households: [...households, { householdId: newId(), amountFen: 1 }] })).status).toBe(400);
    const foreign = { payeeKind: 'household', payee: undefined, households: [households[0]!, { householdId: newId(), amountFen: 800_00 }] };
    expect((await pay(finance, planned.body.id, 2_000_00, foreign)).body).toMatchObject({ code: 'request-invalid' });
    expect((await pay(finance, planned.body.id, 2_000_00, { payeeKind: 'household', payee: undefined, households })).status).toBe(200);
    const trace = (await finance.call(spec.traceHousehold, { params: { id: household.id } })).body;
    expect(trace.nodes.find(({ kind }) => kind === 'household')).toMatchObject({ amountFen: 1_200_00 });
    expect(trace.links).toHaveLength(3);
    const audit = await world.test.database.appPool.query('SELECT 1').then(async () => (await (await world.user(['audit-administrator'], city)).call(spec.listAudit, { query: { action: 'fund.trace-household' } as never })).text);
    expect(audit).toContain(household.id);
    // the fund's own trace stops where a person's privacy begins
    expect((await finance.call(spec.traceIndicator, { params: { id: source.id } })).text).not.toContain(household.id);
  });

  it('with its papers: added by those who issue and pay, opened on record, by nobody of another county', async () => {
    const source = await give(10_000_00, { by: finance, regionCode: county });
    const planned = await plan(officer, source.id, 3_000_00);
    const paid = await pay(finance, planned.body.id, 1_000_00);
    const pdf = { name: '拨款通知.pdf', content: Buffer.from('%PDF-1.7 test') };
    const places = [`/api/funds/documents/${source.documentId}/attachments`, `/api/ledger/transactions/${paid.body.transactionId}/attachments`];
    const elsewhere = await world.user(['finance-officer'], '320803000000');
    for (const place of places) {
      expect((await officer.upload(place, pdf)).status).toBe(403);
      expect((await elsewhere.upload(place, pdf)).status).toBe(404);
      expect((await finance.upload(place, { name: '拨款通知.pdf', content: Buffer.from('MZ not a paper') })).status).not.toBe(200);
      expect((await finance.upload(place, pdf)).status).toBe(200);
    }
    const [file] = (await view(officer, source.id)).document!.attachments;
    expect(file).toMatchObject({ fileName: pdf.name, size: pdf.content.length, addedBy: finance.actor.displayName });
    expect((await officer.call(spec.getTransaction, { params: { id: paid.body.transactionId } })).body.attachments).toHaveLength(1);
    const of = { id: source.documentId, attachmentId: file!.id };
    expect((await officer.call(spec.downloadFundDocumentFile, { params: of })).raw).toEqual(pdf.content);
    // a file is opened where it belongs, and nowhere else
    expect((await officer.call(spec.downloadTransactionFile, { params: { ...of, id: paid.body.transactionId } })).status).toBe(404);
    expect((await elsewhere.call(spec.downloadFundDocumentFile, { params: of })).status).toBe(404);
    // the book below sees the money, not the papers of the one above
    const toTown = await allocate(finance, source.id, town, 2_000_00);
    expect((await view(reviewer, toTown.body.id)).document).toBeNull();
  });

  it('through the year: recalled after half is spent, carried forward once, not twice', async () => {
    const source = await give(100_000_00, { on: '2024-02-10' });
    const child = (await allocate(cityFinance, source.id, county, 80_000_00, '2024-03-01')).body.id;
    await arrive(finance, child, '2024-03-05');
    const planned = (await plan(officer, child, 40_000_00, { plannedOn: '2024-06-01', finishBy: '2024-12-01' })).body.id;
    expect((await pay(finance, planned, 40_000_00, { paidOn: '2024-07-01' })).status).toBe(200);
    const recall = (amountFen: number) => cityFinance.call(spec.recallAllocation, { params: { id: child }, body: { amountFen, recalledOn: '2024-12-20', reason: '年底收回未安排资金' } });
    expect((await recall(40_000_01)).body).toMatchObject({ code: 'funds-insufficient' });
    expect((await recall(30_000_00)).status).toBe(200);
    expect((await view(cityFinance, source.id)).balances).toMatchObject({ availableFen: 50_000_00, passedOnFen: 50_000_00 });

    expect((await plan(officer, child, 5_000_00, { plannedOn: '2025-01-10', finishBy: '2025-05-01' })).text).toContain('结转');
    const carried = await finance.call(spec.carryForward, { params: { id: child }, body: { carriedOn: '2025-01-15', documentNumber: '涟财结〔2025〕1号' } });
    expect(carried.status, carried.text).toBe(200);
    const next = await view(finance, carried.body.id);
    expect(next).toMatchObject({ fiscalYear: 2025, balances: { availableFen: 10_000_00 } });
    expect(next.clock.days).toBeGreaterThan(600);
    expect((await plan(officer, carried.body.id, 5_000_00, { plannedOn: '2025-02-10', finishBy: '2025-05-01' })).status).toBe(200);
    expect((await finance.call(spec.carryForward, { params: { id: carried.body.id }, body: { carriedOn: '2026-01-15', documentNumber: '涟财结〔2026〕1号' } })).body).toMatchObject({ code: 'wrong-state' });
  });

  it('on its way over the end of a fiscal year belongs to the year it was given in, until it is carried forward', async () => {
    const source = await give(30_000_00, { on: '2024-12-20' });
    const child = (await allocate(cityFinance, source.id, county, 20_000_00, '2024-12-28')).body.id;
    expect((await finance.call(spec.carryForward, { params: { id: child }, body: { carriedOn: '2025-01-03', documentNumber: '涟财结〔2025〕7号' } })).status).toBe(409);
    await arrive(finance, child, '2025-01-06');
    expect(await view(finance, child)).toMatchObject({ fiscalYear: 2024, clock: { waitingFor: 'passing-on' } });
    expect((await plan(officer, child, 5_000_00, { plannedOn: '2025-01-10', finishBy: '2025-05-01' })).text).toContain('结转');
    const carried = (await finance.call(spec.carryForward, { params: { id: child }, body: { carriedOn: '2025-01-15', documentNumber: '涟财结〔2025〕8号' } })).body.id;
    // the year begins anew, the clock does not
    expect((await view(finance, carried)).clock.days).toBeGreaterThan(600);
    expect(await view(finance, carried)).toMatchObject({ fiscalYear: 2025, balances: { availableFen: 20_000_00 } });
    expect((await view(finance, child)).balances).toMatchObject({ availableFen: 0, carriedForwardFen: 20_000_00 });
  });

  it('of a county that is split in mid-year: its books stay, what it has not planned goes to the new county by way of the city', async () => {
    const newCounty = '320831000000';
    const newFinance = await world.user(['finance-officer'], newCounty);
    const source = await give(100_000_00);
    const child = (await allocate(cityFinance, source.id, county, 80_000_00)).body.id;
    await arrive(finance, child);
    const planned = (await plan(officer, child, 50_000_00)).body.id;
    await pay(finance, planned, 20_000_00);
    const recall = (amountFen: number) => cityFinance.call(spec.recallAllocation, { params: { id: child }, body: { amountFen, recalledOn: '2026-07-02', reason: '区划调整，未安排资金收回' } });
    // what is promised to a project stays with whoever promised it
    expect((await recall(60_000_00)).body).toMatchObject({ code: 'funds-insufficient' });
    expect((await recall(30_000_00)).status).toBe(200);
    const moved = (await allocate(cityFinance, source.id, newCounty, 30_000_00, '2026-07-10')).body.id;
    expect((await arrive(finance, moved, '2026-07-15')).status).toBe(404);
    expect((await arrive(newFinance, moved, '2026-07-15')).status).toBe(200);
    expect((await view(cityFinance, source.id)).balances).toMatchObject({ availableFen: 20_000_00, passedOnFen: 80_000_00 });
    expect((await view(finance, child)).balances).toMatchObject({ availableFen: 0, plannedFen: 30_000_00, paidFen: 20_000_00 });
    expect((await view(newFinance, moved)).balances).toMatchObject({ availableFen: 30_000_00 });
    // neither county reads the other's book; the city follows the money into both
    expect([(await newFinance.call(spec.getIndicator, { params: { id: child } })).status, (await finance.call(spec.getIndicator, { params: { id: moved } })).status]).toEqual([404, 404]);
    const trace = (await cityFinance.call(spec.traceIndicator, { params: { id: source.id } })).body;
    const into = (id: string) => trace.links.filter((link) => link.to === id).reduce((sum, link) => sum + link.amountFen, 0);
    expect([into(child), into(moved)]).toEqual([50_000_00, 30_000_00]);
    // the old county goes on paying what it planned
    expect((await pay(finance, planned, 30_000_00, { paidOn: '2026-08-20' })).status).toBe(200);
  });

  it('says where it is stuck', async () => {
    const source = await give(50_000_00, { on: '2026-01-05' });
    const child = (await allocate(cityFinance, source.id, county, 50_000_00, '2026-01-08')).body.id;
    expect((await view(finance, child)).clock).toMatchObject({ waitingFor: 'arrival', level: 'red' });
    await arrive(finance, child, '2026-10-10');
    expect((await view(finance, child)).clock).toMatchObject({ waitingFor: 'passing-on', level: 'yellow' });
    const late = (await finance.call(spec.listIndicators, { query: { clock: 'late', sort: 'clock' } })).body;
    expect(late.items.map((item) => item.id)).toContain(child);
    expect(late.items.every((item) => ['yellow', 'orange', 'red'].includes(item.clock.level))).toBe(true);
    expect((await finance.call(spec.listIndicators, { query: { clock: 'orange' } })).body.items.map((item) => item.id)).not.toContain(child);
    // and the trace marks it: waiting, without a project, of another purpose, past its day
    await plan(officer, child, 10_000_00, { title: '村部办公楼修缮', projectId: undefined, plannedOn: '2026-10-11', finishBy: '2026-10-12' });
    const { nodes } = (await finance.call(spec.traceIndicator, { params: { id: child } })).body;
    const troubleOf = (kind: string, label: string) => nodes.find((node) => node.kind === kind && node.label === label)?.trouble;
    expect(troubleOf('rest', 'available')).toEqual(['late']);
    expect(troubleOf('plan', '村部办公楼修缮')).toEqual(['off-purpose', 'missing-hop']);
    expect(troubleOf('rest', 'planned')).toEqual(['late']);
    expect(nodes.find((node) => node.id === child)?.trouble).toEqual([]);
  });
});

describe('what is refused', () => {
  it('more than a document, a tranche or a plan holds; another purpose; a place outside; a voucher twice', async () => {
    const source = await give(10_000_00, { by: finance, regionCode: county });
    const again = (amountFen: number, more: object = {}) => finance.call(spec.createIndicator, { body: { documentId: source.documentId, fundCode: 'bridging-provincial', purposeCode: 'industry', fiscalYear: 2026, title: '产业', amountFen, arrivedOn: '2026-02-10', ...more } });
    expect((await again(1)).body).toMatchObject({ code: 'funds-insufficient' });
    expect((await allocate(finance, source.id, town, 10_000_01)).body).toMatchObject({ code: 'funds-insufficient' });
    expect((await allocate(finance, source.id, '320803000000', 1)).text).toContain('本级部门或下级');
    expect((await allocate(finance, source.id, village, 1)).text).toContain('乡镇为止');
    expect((await plan(officer, source.id, 1_00, { useCode: 'medical-aid' })).text).toContain('不能用于这一用途');
    expect((await plan(officer, source.id, 1_00, { placeCode: '320803000000' })).status).toBe(400);
    expect((await plan(officer, source.id, 1_00, { plannedOn: '2026-01-01' })).text).toContain('不能早于');
    const doubtful = await plan(officer, source.id, 5_000_00, { title: '村部办公楼修缮及公务用车购置' });
    expect(doubtful.body.negativeWords).toEqual(['公务用车', '办公楼']);
    expect((await pay(finance, doubtful.body.id, 5_000_01)).body).toMatchObject({ code: 'funds-insufficient' });
    const first = await pay(finance, doubtful.body.id, 1_000_00, { voucherNumber: 'PZ-DOUBLE' });
    expect(first.status).toBe(200);
    expect((await pay(finance, doubtful.body.id, 1_000_00, { voucherNumber: 'PZ-DOUBLE' })).body).toMatchObject({ code: 'already-exists' });
    const commandId = newId();
    const once = { commandId, voucherNumber: 'PZ-ONCE', payeeKind: 'village' as const, payee: '小堤村', amountFen: 100, paidOn: '2026-05-20' };
    const answers = await Promise.all([1, 2, 3].map(() => finance.call(spec.payPlan, { params: { id: doubtful.body.id }, body: once })));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect((await view(finance, source.id)).balances.paidFen).toBe(1_001_00);
  });

  it('a planner who pays, another county, amounts that are no money', async () => {
    const source = await give(10_000_00, { by: finance, regionCode: county });
    const both = await world.user(['finance-officer', 'county-officer'], county);
    const planned = await plan(both, source.id, 1_000_00);
    expect((await pay(both, planned.body.id, 1_00)).body).toMatchObject({ code: 'conflict-of-interest' });
    const elsewhere = await world.user(['finance-officer', 'county-officer'], '320803000000');
    for (const answer of [await allocate(elsewhere, source.id, town, 1), await plan(elsewhere, source.id, 1), await pay(elsewhere, planned.body.id, 1), await elsewhere.call(spec.traceIndicator, { params: { id: source.id } })]) expect(answer.status).toBe(404);
    expect((await elsewhere.call(spec.listIndicators, {})).body.items).toEqual([]);
    expect((await elsewhere.call(spec.getFundSummary, { query: { regionCode: county } })).status).toBe(403);
    for (const amountFen of [0, -5, 1.5, Number.MAX_SAFE_INTEGER]) expect((await plan(officer, source.id, amountFen)).status, String(amountFen)).toBe(400);
  });
});

describe('reversals', () => {
  it('set back what the posting stood for, in order, once; never money that has moved on', async () => {
    const source = await give(10_000_00);
    const child = (await allocate(cityFinance, source.id, county, 4_000_00)).body.id;
    await arrive(finance, child);
    const planned = (await plan(officer, child, 1_000_00)).body.id;
    await pay(finance, planned, 600_00, { voucherNumber: 'PZ-REVERSED' });
    const reverse = (by: TestUser, id: string) => by.call(spec.reverseTransaction, { params: { id }, body: { day: '2026-06-01', reason: '录入错误' } });
    const posted = async (by: TestUser, kind: string) => (await by.call(spec.listTransactions, { query: { indicatorId: child } })).body.items.find((item) => item.kind === kind)!;
    const [allocation, arrival, planning, payment] = [await posted(cityFinance, 'allocation'), await posted(finance, 'arrival'), await posted(finance, 'plan'), await posted(finance, 'payment')];
    for (const early of [allocation, planning]) expect((await reverse(cityFinance, early.id)).body, early.kind).toMatchObject({ code: 'funds-insufficient' });
    expect((await reverse(finance, payment.id)).status).toBe(200);
    expect((await reverse(finance, payment.id)).body).toMatchObject({ code: 'already-exists' });
    expect((await pay(finance, planned, 600_00, { voucherNumber: 'PZ-REVERSED' })).status).toBe(200);
    expect((await reverse(finance, (await posted(finance, 'payment')).id)).status).toBe(200);
    expect((await reverse(finance, planning.id)).status).toBe(200);
    expect((await pay(finance, planned, 1_00)).body).toMatchObject({ code: 'wrong-state' });
    expect((await reverse(finance, arrival.id)).status).toBe(200);
    expect((await reverse(cityFinance, allocation.id)).status).toBe(200);
    expect(await view(cityFinance, child)).toMatchObject({ state: 'withdrawn', balances: { receivedFen: 0, availableFen: 0, inTransitFen: 0 } });
    expect((await view(cityFinance, source.id)).balances).toMatchObject({ availableFen: 10_000_00, passedOnFen: 0 });
    expect((await reverse(officer, allocation.id)).status).toBe(403);
  });
});

describe('figures', () => {
  it('count money once, whoever passed it on, and publish nothing below the town', async () => {
    const summary = (await cityFinance.call(spec.getFundSummary, { query: { fiscalYear: 2026 } })).body;
    const { total } = summary;
    expect(total.receivedFen).toBe(total.inTransitFen + total.availableFen + total.plannedFen + total.paidFen + total.carriedForwardFen);
    const open = (await world.anonymous(spec.getPublicFunds, { query: { regionCode: village, fiscalYear: 2026 } })).body;
    expect(open.region.code).toBe(town);
    const top = (await world.anonymous(spec.getPublicFunds, { query: { regionCode: city, fiscalYear: 2026 } })).body;
    expect(top.funds.reduce((sum, fund) => sum + fund.receivedFen, 0)).toBe(total.receivedFen - total.carriedForwardFen);
    expect(JSON.stringify(top)).not.toContain('种植补助到户');
    // two households are too few to be published, and nothing that was published gives them away
    expect([top.toHouseholdsFen, ...top.places.map((place) => place.toHouseholdsFen)]).toEqual([null, ...top.places.map(() => null)]);
    expect(top.funds.reduce((sum, fund) => sum + fund.paidFen, 0)).toBe(total.paidFen - 2_000_00);
    const csv = await cityFinance.call(spec.exportIndicators, { query: { purpose: '季度对账' } });
    expect(csv.status).toBe(200);
    expect((await cityFinance.call(spec.exportTransactions, { query: { purpose: '季度对账' } })).status).toBe(200);
  });

  it('hide what few households were paid, and what would give it away, until enough are', async () => {
    const other = '320803000000';
    const year = 2025;
    const people = { [county]: { finance, officer }, [other]: { finance: await world.user(['finance-officer'], other), officer: await world.user(['county-officer'], other) } } as const;
    const payIn = async (place: typeof county | typeof other, households: number, from = 0) => {
      const { finance: by, officer: planner } = people[place]!;
      const at = place === county ? village : '320803107001';
      const source = await give(households * 100_00, { by, regionCode: place, on: `${year}-03-01` });
      const planned = await plan(planner, source.id, households * 100_00, { kind: 'direct-benefit', useCode: 'direct-benefit', title: '生活补助', placeCode: at, households, plannedOn: `${year}-04-01`, finishBy: `${year}-10-31` });
      expect(planned.status, planned.text).toBe(200);
      const paid = [];
      for (let made = 0; made < households; made += 1) paid.push({ householdId: (await buildHousehold({ regionCode: at, idNumber: idNumberOf(place, from + made) })).id, amountFen: 100_00 });
      const payment = await by.call(spec.payPlan, { params: { id: planned.body.id }, body: { voucherNumber: `YKT-${(papers += 1)}`, payeeKind: 'household', households: paid, amountFen: households * 100_00, paidOn: `${year}-05-20` } });
      expect(payment.status, payment.text).toBe(200);
    };
    const shown = async (regionCode: string) => (await world.anonymous(spec.getPublicFunds, { query: { regionCode, fiscalYear: year } })).body;
    await payIn(county, 5);
    await payIn(other, 4);
    // the four are hidden, and with them the five and the sum of both, from which the four would follow
    const hidden = await shown(city);
    expect([hidden.toHouseholdsFen, ...hidden.places.map((place) => place.toHouseholdsFen)]).toEqual([null, null, null]);
    expect((await shown(other)).toHouseholdsFen).toBeNull();
    expect((await shown(county)).toHouseholdsFen).toBe(500_00);
    // neither by fund nor by place does the rest of the page add up to it
    expect(hidden.funds.map(({ paidFen }) => paidFen)).toEqual([0]);
    expect(hidden.places.map(({ paidFen }) => paidFen)).toEqual([0, 0]);
    expect((await shown(town)).toHouseholdsFen).toBeNull();
  });
});
