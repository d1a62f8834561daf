import * as spec from '@sunlit/api-spec';
import { addDays, countyCodeOf, idCardCheckCharacter, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import iconv from 'iconv-lite';
import { checkDelivery } from '#modules/data-intake/index.ts';
import { listBalanceDifferences } from '#modules/registries/funds/index.ts';
import { encodeFixed, inLayouts } from './bank/fixed-fields.ts';
import { readResultFile } from './bank/read-result-file.ts';
import { signatureOf } from './bank/write-bank-file.ts';

const county = '320826000000';
const village = '320826101201';
const programmeCode = 'disability-living';
const numberOf = (serial: number): string => {
  const first17 = `39990019600101${String(serial).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
};

let world: TestApp;
let maker: TestUser;
let checker: TestUser;
let finance: TestUser;
let cityFinance: TestUser;
let serial = 100;
beforeAll(async () => {
  world = await openTestApp();
  maker = await world.user(['county-officer'], county);
  checker = await world.user(['county-officer'], county);
  finance = await world.user(['finance-officer'], county);
  cityFinance = await world.user(['finance-officer'], '320800000000');
});
afterAll(async () => {
  expect(await listBalanceDifferences()).toEqual([]);
  await world.close();
});

interface Payee extends BuiltHousehold {
  idNumber: string;
}
async function enrol(options: { account?: string | null; programme?: string; regionCode?: string; idNumber?: string } = {}): Promise<Payee> {
  serial += 1;
  const idNumber = options.idNumber ?? numberOf(serial);
  const regionCode = options.regionCode ?? village;
  const household = await buildHousehold({ regionCode, idNumber, name: '测试甲' });
  const account = options.account === undefined ? `62220208000000${String(serial).padStart(5, '0')}` : options.account;
  await inTransaction(systemActor, async (trx) => {
    if (account !== null) await sql`UPDATE households.household SET bank_name = '农商行', account_enc = ${encryptValue('bank-account', account)}, account_key = ${new Pseudonymiser(getKeyring().pseudonymKey).ofAccount(account)} WHERE id = ${household.id}`.execute(trx);
    await enrolIn(household, options.programme ?? programmeCode);
  });
  return { ...household, idNumber };
}
const enrolIn = (household: BuiltHousehold, programme: string) =>
  inTransaction(systemActor, (trx) => sql`INSERT INTO households.enrolment (county_code, id, household_id, person_id, responsible_region_code, programme_code, valid_from) VALUES (${countyCodeOf(household.regionCode)}, ${newId()}, ${household.id}, ${household.personId}, ${household.regionCode}, ${programme}, '2026-01-01')`.execute(trx));

async function asOwner(statement: string, values: unknown[] = []): Promise<unknown[]> {
  const owner = new pg.Client({ connectionString: world.test.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query(statement, values);
  await owner.end();
  return rows;
}
const setPolicy = (code: string, value: unknown, validFrom: string, basis: string) =>
  asOwner('INSERT INTO platform.policy_value (region_code, code, value, valid_from, basis) VALUES ($1, $2, $3, $4, $5)', [county, code, JSON.stringify(value), validFrom, basis]);

let papers = 0;
/** A plan for direct benefits with its money, made by somebody who neither prepares nor pays. */
async function envelope(amountFen: number, households = 100): Promise<string> {
  papers += 1;
  const planner = await world.user(['county-officer'], county);
  const document = await finance.call(spec.recordSourceDocument, { body: { regionCode: county, number: `涟财社〔2026〕${papers}号`, title: '关于下达补助资金的通知', issuer: '涟水县财政局', issuedOn: '2026-02-10', amountFen } });
  const indicator = await finance.call(spec.createIndicator, { body: { documentId: document.body.id, fundCode: 'subsistence-allowance', purposeCode: 'direct-benefit', fiscalYear: 2026, title: '到户补助', amountFen, arrivedOn: '2026-02-10' } });
  const plan = await planner.call(spec.planUse, { params: { id: indicator.body.id }, body: { kind: 'direct-benefit', useCode: 'direct-benefit', title: '残疾人生活补贴发放', placeCode: county, households, amountFen, plannedOn: '2026-03-01', finishBy: '2026-12-31' } });
  expect(plan.status, plan.text).toBe(200);
  return plan.body.id;
}
const make = (planId: string, month: string, more: object = {}) => maker.call(spec.createPayoutBatch, { body: { planId, programmeCode, month, regionCode: village, asOf: today(), payDay: today(), ...more } });
const step = (by: TestUser, endpoint: typeof spec.confirmPayoutCheck, id: string) => by.call(endpoint, { params: { id }, body: {} });
const view = async (id: string) => (await maker.call(spec.getPayoutBatch, { params: { id } })).body;
const lines = async (id: string) => (await maker.call(spec.listPayoutLines, { params: { id }, query: { limit: 200 } })).body.items;
const proposals = async (id: string) => (await checker.call(spec.listPayoutProposals, { params: { id } })).body.items;

describe('the entitlement list', () => {
  it('shows its working for everybody enrolled on the day, and why somebody cannot be paid', async () => {
    const programme = 'disability-care';
    const paid = await enrol({ programme });
    const noAccount = await enrol({ programme, account: null });
    const died = await enrol({ programme });
    const moved = await enrol({ programme });
    const noNumber = await enrol({ programme });
    await inTransaction(systemActor, async (trx) => {
      await sql`UPDATE households.membership SET valid_to = '2026-06-30', left_reason = 'died' WHERE person_id = ${died.personId}`.execute(trx);
      await sql`UPDATE households.membership SET valid_to = '2026-06-30', left_reason = 'moved' WHERE person_id = ${moved.personId}`.execute(trx);
      await sql`UPDATE households.person SET person_key = NULL, id_number_problem = 'checksum' WHERE id = ${noNumber.personId}`.execute(trx);
    });
    const list = (await maker.call(spec.listEntitlements, { query: { programmeCode: programme, month: '2026-08', months: 3, regionCode: village, asOf: '2026-08-15' } })).body;
    const of = (household: Payee) => list.items.find((item) => item.householdId === household.id)!;
    expect(of(paid)).toMatchObject({ standardFen: 12_000, units: 1, months: 3, amountFen: 36_000, obstacle: null, payee: '测试甲' });
    expect([noAccount, died, moved, noNumber].map((one) => of(one).obstacle)).toEqual(['no-account', 'died', 'left-household', 'no-valid-id']);
    expect(list).toMatchObject({ payable: { lines: 1, households: 1, totalFen: 36_000 }, standard: { amountFen: 12_000, validFrom: '2024-01-01' } });
    const earlier = (await maker.call(spec.listEntitlements, { query: { programmeCode: programme, month: '2026-05', regionCode: village, asOf: '2026-05-15' } })).body;
    expect(earlier.payable.lines).toBe(3);
    expect(JSON.stringify(list)).not.toContain('62220208');
    const pages = [];
    for (let cursor: string | undefined; ; ) {
      const next = (await maker.call(spec.listEntitlements, { query: { programmeCode: programme, month: '2026-08', regionCode: village, limit: 2, cursor } })).body;
      pages.push(...next.items.map((item) => item.enrolmentId));
      if (next.nextCursor === null) break;
      cursor = next.nextCursor;
    }
    expect(new Set(pages).size).toBe(5);
    expect((await maker.call(spec.listEntitlements, { query: { programmeCode: 'temporary-relief', month: '2026-08' } })).body).toMatchObject({ code: 'wrong-state' });
    expect((await cityFinance.call(spec.listEntitlements, { query: { programmeCode: programme, month: '2026-08' } })).text).toContain('请选择一个县');
  });

  it('uses the standard of the nearest division on the day', async () => {
    await setPolicy('payout.standard.pension-elderly', { amountFen: 8000, perPerson: true }, '2026-07-01', '涟民发〔2026〕7号');
    await enrol({ programme: 'pension-elderly' });
    const list = async (asOf: string) => (await maker.call(spec.listEntitlements, { query: { programmeCode: 'pension-elderly', month: '2026-07', regionCode: village, asOf } })).body;
    expect(await list('2026-07-01')).toMatchObject({ standard: { amountFen: 8000, basis: '涟民发〔2026〕7号' }, payable: { totalFen: 8000 } });
    expect((await list('2026-06-30')).standard.amountFen).toBe(5000);
  });
});

describe('a benefit of the whole household', () => {
  it('is paid once, to the head, for as many persons as it has, whoever else is enrolled', async () => {
    const programme = 'destitute-support';
    const household = await enrol({ programme });
    await inTransaction(systemActor, async (trx) => {
      await sql`INSERT INTO households.enrolment (county_code, id, household_id, responsible_region_code, programme_code, valid_from) VALUES (${county}, ${newId()}, ${household.id}, ${village}, ${programme}, '2026-01-01')`.execute(trx);
      await sql`INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from) VALUES (${county}, ${newId()}, ${household.id}, ${newId()}, ${village}, '02', '2026-01-01')`.execute(trx);
    });
    const list = async () => (await maker.call(spec.listEntitlements, { query: { programmeCode: programme, month: '2026-05', regionCode: village } })).body.items.filter((item) => item.householdId === household.id).map(({ units, amountFen, obstacle }) => [units, amountFen, obstacle]);
    expect((await list()).toSorted()).toEqual([[1, 0, 'counted-once'], [2, 208_000, null]]);
    expect((await make(await envelope(1_000_000), '2026-05', { programmeCode: programme })).body).toMatchObject({ lines: 1, totalFen: 208_000 });
    expect((await list()).map(([, , obstacle]) => obstacle).toSorted()).toEqual(['already-listed', 'counted-once']);
  });
});

describe('a batch', () => {
  it('fits its envelope in number and sum, or nothing is made; a month is listed once', async () => {
    await enrol();
    await enrol();
    expect((await make(await envelope(39_999), '2026-04')).body).toMatchObject({ code: 'funds-insufficient' });
    expect((await make(await envelope(1_000_000, 1), '2026-04')).text).toContain('清单有 2 户');
    const plan = await envelope(79_999);
    const left = async () => (await maker.call(spec.listPayoutPlans, { query: { regionCode: village } })).body.items.find(({ id }) => id === plan)?.leftFen;
    expect(await left()).toBe(79_999);
    const made = await make(plan, '2026-04');
    expect(made.body).toMatchObject({ lines: 2, totalFen: 40_000 });
    expect(await left()).toBe(39_999);
    // what is listed already is committed, though nothing is paid yet
    expect((await make(plan, '2026-05')).body).toMatchObject({ code: 'funds-insufficient' });
    expect((await make(await envelope(1_000_000), '2026-04')).body).toMatchObject({ code: 'wrong-state' });
    expect((await maker.call(spec.withdrawPayoutBatch, { params: { id: made.body.id }, body: { reason: '标准有误' } })).status).toBe(200);
    expect((await lines(made.body.id)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    const both = await Promise.all([make(plan, '2026-04'), make(plan, '2026-04')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('is made, checked and approved by three people: the code and the database refuse two', async () => {
    const { id } = (await make(await envelope(1_000_000), '2026-03')).body;
    expect((await step(checker, spec.confirmPayoutCheck, id)).text).toContain('发放前核查');
    expect((await checker.call(spec.examinePayoutBatch, { params: { id }, body: {} })).status).toBe(200);
    expect((await step(maker, spec.confirmPayoutCheck, id)).body).toMatchObject({ code: 'conflict-of-interest' });
    const both = await world.user(['county-officer', 'finance-officer'], county);
    expect((await step(both, spec.approvePayoutBatch, id)).body).toMatchObject({ code: 'wrong-state' });
    expect((await step(both, spec.confirmPayoutCheck, id)).status).toBe(200);
    expect((await step(both, spec.approvePayoutBatch, id)).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await step(finance, spec.approvePayoutBatch, id)).status).toBe(200);
    expect(await view(id)).toMatchObject({ state: 'approved', checked: { by: both.actor.displayName } });
    const set = (column: string, value: string) => inTransaction(systemActor, (trx) => sql`UPDATE payouts.batch SET ${sql.ref(column)} = ${value}::uuid WHERE id = ${id}`.execute(trx));
    await expect(set('approved_by', both.actor.accountId)).rejects.toMatchObject({ constraint: 'batch_three_people' });
    await expect(set('checked_by', maker.actor.accountId)).rejects.toMatchObject({ constraint: 'batch_three_people' });
    await expect(inTransaction(systemActor, (trx) => sql`UPDATE payouts.line SET amount_fen = 1 WHERE batch_id = ${id}`.execute(trx))).rejects.toMatchObject({ code: '42501' });
  });

  it('is seen and touched by nobody of another county', async () => {
    const { id } = (await make(await envelope(1_000_000), '2026-02')).body;
    const elsewhere = await world.user(['county-officer', 'finance-officer'], '320803000000');
    for (const answer of [await elsewhere.call(spec.getPayoutBatch, { params: { id } }), await step(elsewhere, spec.confirmPayoutCheck, id), await elsewhere.call(spec.withdrawPayoutBatch, { params: { id }, body: { reason: '试试' } })]) expect(answer.status).toBe(404);
    expect((await elsewhere.call(spec.listPayoutBatches, {})).body.items).toEqual([]);
    expect((await cityFinance.call(spec.listPayoutBatches, { query: { month: '2026-02' } })).body.items).toMatchObject([{ id, totalFen: 40_000 }]);
  });
});

describe('the check before paying', () => {
  it('proposes; a named checker holds with reason, basis and days; what nobody decided is paid', async () => {
    const police = await world.user(['data-provider'], '320800000000', { departmentCode: 'civil-affairs' });
    const dead = await enrol();
    const twice = await enrol();
    const again = await enrol({ idNumber: twice.idNumber });
    const sharing = [await enrol({ account: '6222020800000077777' }), await enrol({ account: '6222020800000077777' })];
    await setPolicy('programmes.exclusive', [['disability-living', 'destitute-support']], '2026-01-01', '涟民发〔2026〕1号');
    const exclusive = await enrol();
    await enrolIn(exclusive, 'destitute-support');
    const sent = await police.upload('/api/deliveries', { name: '死亡.csv', content: Buffer.from(`身份证号,姓名,死亡日期\n${dead.idNumber},测试甲,2026-09-20\n`) }, { kind: 'death', asOf: '2026-10-31' });
    await checkDelivery(police.actor, { actorId: police.actor.accountId, subjectId: sent.body.id, taskId: sent.body.taskId });
    const [lent, kept, ahead] = [await enrol({ account: '6222020800000088881' }), await enrol({ account: '6222020800000088882' }), await enrol({ account: '6222020800000088883' })];
    const treasury = await world.user(['data-provider'], '320800000000', { departmentCode: 'finance' });
    const paidRow = (who: Payee, month: string, account: string, holder: string) => `${who.idNumber},测试甲,困难残疾人生活补贴,${month},${month}-20,200.00,${account},${holder},成功`;
    const list = ['身份证号,姓名,补贴项目,补贴月份,发放日期,发放金额,银行账号,开户名,发放状态', paidRow(lent, '2026-09', '6222020800000088881', '外人乙'), paidRow(kept, '2026-09', '6222020800000088882', '测试甲'), paidRow(ahead, '2026-10', '6222020800000088883', '测试甲')];
    const listed = await treasury.upload('/api/deliveries', { name: '发放.csv', content: Buffer.from(`${list.join('\n')}\n`) }, { kind: 'payout', asOf: '2026-10-31' });
    await checkDelivery(treasury.actor, { actorId: treasury.actor.accountId, subjectId: listed.body.id, taskId: listed.body.taskId });

    const { id } = (await make(await envelope(10_000_000), '2026-10')).body;
    expect((await checker.call(spec.examinePayoutBatch, { params: { id }, body: {} })).status).toBe(200);
    const found = await proposals(id);
    const doubtsOf = (household: Payee) => found.filter(({ line }) => line.householdId === household.id).map(({ doubt }) => doubt);
    expect(doubtsOf(dead)).toEqual(['died']);
    expect([doubtsOf(twice), doubtsOf(again)]).toEqual([['twice-in-month'], ['twice-in-month']]);
    expect(sharing.map(doubtsOf)).toEqual([['shared-account'], ['shared-account']]);
    expect(doubtsOf(exclusive)).toEqual(['exclusive']);
    expect([doubtsOf(lent), doubtsOf(kept), doubtsOf(ahead)]).toEqual([['owner-mismatch'], [], ['over-standard']]);
    expect(found.find(({ doubt }) => doubt === 'over-standard')!.fact.zh).toContain('共 400.00 元，当月标准只有 200.00 元');
    expect(JSON.stringify(found)).not.toContain('外人乙');
    expect(found).toHaveLength(8);
    expect((await view(id)).examined!.datasets).toMatchObject([{ kind: 'death', asOf: '2026-10-31' }, { kind: 'custody', asOf: null }, { kind: 'payout', asOf: '2026-10-31' }]);

    const death = found.find(({ doubt }) => doubt === 'died')!;
    expect(death.fact.zh).toContain('2026-09-20');
    const decide = (by: TestUser, body: object) => by.call(spec.decidePayoutProposal, { params: { id: death.id }, body: { decision: 'hold', reason: '殡葬登记死亡，待村核实', legalBasis: '《社会救助暂行办法》第十三条', holdDays: 10, ...body } as never });
    expect((await decide(checker, { legalBasis: undefined })).status).toBe(400);
    expect((await decide(checker, { holdDays: 31 })).text).toContain('30');
    expect((await decide(maker, {})).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await decide(finance, {})).status).toBe(403);
    // an account without a phone names the one to call
    expect((await decide(checker, {})).text).toContain('contactPhone');
    const contactPhone = '0517-82380000';
    expect((await decide(checker, { contactPhone, reason: '先按这个原因缓发' })).status).toBe(200);
    expect((await decide(checker, { contactPhone })).status).toBe(200);
    const told = (await maker.call(spec.listHouseholdPayouts, { params: { id: dead.id } })).body.items[0]!.notices;
    expect(told.map(({ withdrawn }) => withdrawn)).toEqual([true, false]);
    const notice = await maker.call(spec.getHoldNotice, { params: { id: told[1]!.id } });
    expect(notice.text).toMatch(/font:18pt/);
    for (const words of ['暂缓发放告知书', '测试甲 户', '2026-09-20', '殡葬登记死亡，待村核实', '《社会救助暂行办法》第十三条', told[1]!.until, `${checker.actor.displayName} ${contactPhone}`, '我的档案']) expect(notice.text).toContain(words);
    expect(notice.text).not.toContain(dead.idNumber);
    expect((await cityFinance.call(spec.getHoldNotice, { params: { id: told[1]!.id } })).status).toBe(200);
    expect((await (await world.user(['county-officer'], '320803000000')).call(spec.getHoldNotice, { params: { id: told[1]!.id } })).status).toBe(404);
    // run again: the decision stays
    expect((await checker.call(spec.examinePayoutBatch, { params: { id }, body: {} })).body.proposals).toBe(8);
    const before = await view(id);
    expect(before.proposals).toEqual({ open: 7, pay: 0, hold: 1 });
    expect((await step(checker, spec.confirmPayoutCheck, id)).status).toBe(200);
    const states = Object.groupBy(await lines(id), ({ state }) => state);
    expect(states.held).toMatchObject([{ householdId: dead.id }]);
    expect(states.listed).toHaveLength(before.lines - 1);
    expect((await view(id)).payable).toEqual(before.payable);
    const seen = (await maker.call(spec.listHouseholdPayouts, { params: { id: dead.id } })).body.items;
    expect(seen[0]).toMatchObject({ state: 'held', amountFen: 20_000 });
    expect(seen[0]!.notices.at(-1)).toMatchObject({ reason: '殡葬登记死亡，待村核实', withdrawn: false });
  });

  it('pays on the day what nobody decided, and takes back the notices of a batch that is taken back', async () => {
    const regionCode = '320826199201';
    const programme = 'subsistence-urban';
    for (let made = 0; made < 3; made += 1) await enrol({ programme, regionCode, account: made < 2 ? '6222020800000099999' : undefined });
    const planId = await envelope(1_000_000);
    const tomorrow = addDays(today(), 1);
    const first = (await make(planId, '2026-03', { programmeCode: programme, regionCode, payDay: tomorrow })).body;
    await checker.call(spec.examinePayoutBatch, { params: { id: first.id }, body: {} });
    const doubted = await proposals(first.id);
    expect(doubted.map(({ doubt }) => doubt)).toEqual(['shared-account', 'shared-account']);
    const hold = { decision: 'hold' as const, reason: '账号有疑问，待核实', legalBasis: '一卡通管理规定', holdDays: 5, contactPhone: '0517-82380000' };
    expect((await checker.call(spec.decidePayoutProposal, { params: { id: doubted[0]!.id }, body: hold })).status).toBe(200);
    expect((await maker.call(spec.withdrawPayoutBatch, { params: { id: first.id }, body: { reason: '清单要重做' } })).status).toBe(200);
    expect(await asOwner('SELECT 1 FROM payouts.hold_notice WHERE batch_id = $1 AND withdrawn_at IS NULL', [first.id])).toEqual([]);

    const again = (await make(planId, '2026-03', { programmeCode: programme, regionCode, payDay: tomorrow })).body;
    await toBank(again.id);
    const listed = await lines(again.id);
    expect(listed.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect((await view(again.id)).proposals).toEqual({ open: 2, pay: 0, hold: 0 });
    expect((await bring(again.id, answer(again.number, listed.map((line) => ({ line }))))).body).toMatchObject({ state: 'settled', outcomes: { paid: 3 } });
    expect((await lines(again.id)).every(({ paidOn }) => paidOn! <= tomorrow)).toBe(true);

    // once the day has passed nothing can be held any more
    const late = (await make(planId, '2026-04', { programmeCode: programme, regionCode })).body;
    await checker.call(spec.examinePayoutBatch, { params: { id: late.id }, body: {} });
    const open = (await proposals(late.id))[0]!;
    await asOwner(`UPDATE payouts.batch SET pay_day = pay_day - 1 WHERE id = $1`, [late.id]);
    expect((await checker.call(spec.decidePayoutProposal, { params: { id: open.id }, body: hold })).text).toContain('照常发放');
  });

  it('cannot hold a payment without a named person, a basis, an end and a notice, whatever the code says', async () => {
    await expect(inTransaction(systemActor, (trx) => sql`UPDATE payouts.proposal SET decision = 'hold', reason = '系统', legal_basis = '系统', hold_days = 3, hold_until = '2026-12-31', decided_by = gen_random_uuid() WHERE decision IS NULL`.execute(trx))).rejects.toMatchObject({ constraint: 'proposal_hold_has_notice' });
    await expect(inTransaction(systemActor, (trx) => sql`UPDATE payouts.proposal SET decision = 'hold', reason = '系统' WHERE decision IS NULL`.execute(trx))).rejects.toMatchObject({ constraint: /proposal_/ });
    await expect(inTransaction(systemActor, (trx) => sql`UPDATE payouts.line SET state = 'held' WHERE state = 'listed'`.execute(trx))).rejects.toMatchObject({ constraint: 'line_held_by_person' });
    await inTransaction(systemActor, async (trx) => {
      await sql`DELETE FROM payouts.proposal`.execute(trx);
      const { rows } = await sql<{ left: number }>`SELECT count(*)::int AS left FROM payouts.proposal WHERE decision IS NOT NULL`.execute(trx);
      expect(rows[0]!.left).toBe(2);
      throw new Error('undo');
    }).catch((error: Error) => expect(error.message).toBe('undo'));
  });
});

type Line = Awaited<ReturnType<typeof lines>>[number];
const referenceOf = (line: Line) => line.id.replaceAll('-', '');
const day = today();
interface Said {
  line?: Line;
  reference?: string;
  amountFen?: number;
  code?: string;
  text?: string;
}
/** An answer of the bank as its host writes it. */
function answer(number: string, said: readonly Said[], format: 'delimited' | 'fixed-width' = 'delimited'): Buffer {
  const records = said.map((one, index) => ['R', String(index + 1), one.reference ?? referenceOf(one.line!), String(one.amountFen ?? one.line!.amountFen), one.code ?? '0000', one.text ?? '', day.replaceAll('-', '')]);
  const totals = [String(records.length), String(records.reduce((sum, record) => sum + Number(record[3]), 0))];
  const rows = [['H', number, ...totals], ...records, ['T', ...totals]];
  if (format === 'fixed-width') return Buffer.concat(rows.flatMap((row) => [encodeFixed(inLayouts[row[0] as 'H' | 'R' | 'T'], row)!, Buffer.from('\n')]));
  return iconv.encode(rows.map((row) => row.join('|')).join('\r\n'), 'gb18030');
}
const returned = (line: Line): string => `<Ntry><Amt Ccy="CNY">${(line.amountFen / 100).toFixed(2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${referenceOf(line)}</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>`;
const statement = (entries: string[], count = entries.length) =>
  Buffer.from(`<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries></TtlNtries></TxsSummry>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`);
const bring = async (id: string, content: Buffer, by = finance) => {
  const reply = await by.upload(`/api/payouts/batches/${id}/results`, { name: '回盘.txt', content });
  return reply as unknown as { status: number; text: string; body: { alreadyImported: boolean; outcomes: Record<string, number>; state: string } };
};
async function toBank(id: string, format: 'delimited' | 'fixed-width' = 'delimited') {
  await checker.call(spec.examinePayoutBatch, { params: { id }, body: {} });
  await step(checker, spec.confirmPayoutCheck, id);
  await step(finance, spec.approvePayoutBatch, id);
  const sent = await finance.call(spec.sendPayoutBatch, { params: { id }, body: { format } });
  expect(sent.status, sent.text).toBe(200);
  return sent.body;
}
async function sentBatch(payees: number, month: string, format: 'delimited' | 'fixed-width' = 'delimited', place?: { programme: string; regionCode: string }) {
  const { programme, regionCode } = place ?? { programme: 'subsistence-urban', regionCode: `3208261${String(10 + serial).padStart(5, '0')}` };
  for (let made = 0; made < payees; made += 1) await enrol({ programme, regionCode });
  const planId = await envelope(10_000_000);
  const batch = (await make(planId, month, { programmeCode: programme, regionCode: place ? county : regionCode })).body;
  return { ...batch, planId, file: await toBank(batch.id, format), lines: await lines(batch.id) };
}
const paidFen = (planId: string) => inTransaction(systemActor, async (trx) => (await sql<{ fen: number }>`SELECT coalesce(sum(amount_fen), 0)::bigint AS fen FROM funds.subject_balance WHERE subject_kind = 'plan' AND subject_id = ${planId} AND account_code = 'paid'`.execute(trx)).rows[0]!.fen);
const householdFen = (id: string) => inTransaction(systemActor, async (trx) => (await sql<{ fen: number }>`SELECT coalesce(sum(amount_fen), 0)::bigint AS fen FROM funds.ledger_line WHERE household_id = ${id} AND account_code = 'paid'`.execute(trx)).rows[0]!.fen);

describe('the file to the bank', () => {
  it('carries whole accounts, control totals and a signature that breaks with the file; each download is recorded', async () => {
    for (const format of ['delimited', 'fixed-width'] as const) {
      const batch = await sentBatch(2, '2026-09', format);
      const raw = (await finance.call(spec.downloadPayoutFile, { params: { id: batch.file.fileId } })).raw;
      const rows = iconv.decode(raw, 'gb18030').split('\r\n');
      const body = raw.subarray(0, raw.lastIndexOf('\nS') + 1);
      expect(rows[4]).toBe(`S${format === 'delimited' ? '|' : ''}${signatureOf(body)}`);
      expect(signatureOf(Buffer.from(body.map((byte, index) => (index === 40 ? byte ^ 1 : byte))))).not.toBe(signatureOf(body));
      expect(rows[1]).toContain('测试甲');
      expect(rows[1]).toMatch(/62220208\d{11}/);
      if (format === 'delimited') expect(rows[3]).toBe('T|2|104000');
      else expect(raw.subarray(0, raw.indexOf('\r\n')).length).toBe(63);
    }
    expect((await maker.call(spec.downloadPayoutFile, { params: { id: newId() } })).status).toBe(403);
    expect(await asOwner(`SELECT 1 FROM audit.record WHERE action = 'payout.download'`)).toHaveLength(2);
  });
});

describe('the bank’s answer', () => {
  it('pays, fails and reports line by line; the ledger carries each household once; twice does nothing', async () => {
    const batch = await sentBatch(5, '2026-08');
    const [first, second, third, fourth, fifth] = batch.lines as [Line, Line, Line, Line, Line];
    const file = answer(batch.number, [{ line: first }, { line: second, code: 'E101', text: '账号已销户 6222020800000012345' }, { line: third, amountFen: 1 }, { line: first }, { reference: 'f'.repeat(32), amountFen: 52_000 }, { line: fourth }]);
    const result = await bring(batch.id, file);
    expect(result.body).toMatchObject({ alreadyImported: false, state: 'sent', outcomes: { paid: 2, failed: 1, 'wrong-amount': 1, duplicate: 1, unknown: 1 } });
    expect(await paidFen(batch.planId)).toBe(104_000);
    expect((await bring(batch.id, file)).body).toMatchObject({ alreadyImported: true, outcomes: { paid: 2 } });
    expect(await paidFen(batch.planId)).toBe(104_000);
    expect(await householdFen(first.householdId)).toBe(52_000);
    const records = (await maker.call(spec.listBankRecords, { params: { id: batch.id }, query: { outcome: 'failed' } })).body.items;
    expect(records[0]!.bankText).not.toContain('6222020800000012345');
    // money that was paid comes back; a return of what was never paid moves nothing
    const back = await bring(batch.id, statement([returned(fourth), returned(fifth)]));
    expect(back.body.outcomes).toEqual({ returned: 1, 'return-without-payment': 1 });
    const announced = returned(first).replace('<BookgDt>', '<Sts><Cd>PDNG</Cd></Sts><BookgDt>');
    expect((await bring(batch.id, statement([announced]))).body.outcomes).toEqual({});
    expect(await paidFen(batch.planId)).toBe(52_000);
    expect(await Promise.all([first, fourth].map((line) => householdFen(line.householdId)))).toEqual([52_000, 0]);
    expect((await bring(batch.id, answer(batch.number, [{ line: third }, { line: fifth }]))).body.state).toBe('settled');
    expect(await paidFen(batch.planId)).toBe(156_000);
  });

  it('is refused whole when it is cut off, does not add up, or is of something else', async () => {
    const batch = await sentBatch(3, '2026-07');
    const good = answer(batch.number, batch.lines.map((line) => ({ line })));
    const text = iconv.decode(good, 'gb18030');
    const bad: Buffer[] = [
      good.subarray(0, good.length - 12),
      Buffer.from(text.replace(/\r\nR\|2[^\r]*/, '')),
      Buffer.from(text.replace('T|3|156000', 'T|3|156001')),
      Buffer.from(text.replace(/(R\|1\|\w+\|)52000/, '$1-52000')),
      answer('FF202601-000000', batch.lines.map((line) => ({ line }))),
      Buffer.from(text.replaceAll(day.replaceAll('-', ''), '20991231')),
      Buffer.from('PK\u0003\u0004 not a bank file'),
      statement([returned(batch.lines[0]!)], 2),
      statement([returned(batch.lines[0]!)]).subarray(0, 300),
      answer(batch.number, batch.lines.map((line) => ({ line })), 'fixed-width').subarray(0, 400),
      Buffer.from(`<!DOCTYPE x [<!ENTITY y "z">]>${statement([]).toString()}`),
    ];
    for (const [index, content] of bad.entries()) expect((await bring(batch.id, content)).status, String(index)).toBe(422);
    expect(await paidFen(batch.planId)).toBe(0);
    expect((await lines(batch.id)).every(({ state }) => state === 'sent')).toBe(true);
    expect((await bring(batch.id, good)).body).toMatchObject({ state: 'settled', outcomes: { paid: 3 } });
    const elsewhere = await world.user(['finance-officer'], '320803000000');
    expect((await bring(batch.id, good, elsewhere)).status).toBe(404);
  });

  it('sends what failed to the work list, from where it is issued again to the corrected account, and never paid twice', async () => {
    const batch = await sentBatch(20, '2026-06', 'delimited', { programme: 'subsistence-rural', regionCode: village });
    const [late, later, gone] = batch.lines as [Line, Line, Line];
    const failed = (line: Line): Said => ({ line, code: 'E101', text: '账号已销户' });
    expect((await bring(batch.id, answer(batch.number, batch.lines.map((line, index) => (index < 3 ? failed(line) : { line }))))).body).toMatchObject({ state: 'settled', outcomes: { paid: 17, failed: 3 } });
    const work = async () => (await maker.call(spec.listPayoutWork, { query: { limit: 200 } })).body.items.filter((item) => item.batchId === batch.id).map(({ id }) => id);
    expect((await work()).toSorted()).toEqual([late, later, gone].map(({ id }) => id).toSorted());
    await inTransaction(systemActor, (trx) => sql`UPDATE households.household SET account_enc = NULL, account_key = NULL WHERE id = ${gone.householdId}`.execute(trx));
    // the village of a county's batch sees its own lines, and changes nothing
    const clerk = await world.user(['village-clerk', 'county-officer'], late.region.code);
    expect((await clerk.call(spec.listPayoutWork, { query: { programmeCode: 'subsistence-rural' } })).body.items).toHaveLength(3);
    expect((await clerk.call(spec.listHouseholdPayouts, { params: { id: late.householdId } })).body.items).toMatchObject([{ state: 'failed', bankText: '账号已销户' }]);
    expect((await clerk.call(spec.reissuePayoutLines, { params: { id: batch.id }, body: { planId: batch.planId, payDay: day } })).status).toBe(404);
    const again = (await maker.call(spec.reissuePayoutLines, { params: { id: batch.id }, body: { planId: batch.planId, payDay: day } })).body;
    expect(again).toMatchObject({ lines: 2, leftOut: 1, totalFen: 84_000 });
    expect(await work()).toEqual([gone.id]);
    // the first payment arrives after all while the second has not left: it never leaves
    expect((await bring(batch.id, answer(batch.number, [{ line: late }]))).body.outcomes).toEqual({ 'paid-after-reissue': 1 });
    await toBank(again.id, 'fixed-width');
    const second = await lines(again.id);
    expect(second.map(({ state }) => state).toSorted()).toEqual(['sent', 'withdrawn']);
    // and when both have left, it is reported and posted once
    const sent = second.find(({ state }) => state === 'sent')!;
    expect((await bring(again.id, answer(again.number, [{ line: sent, text: '入账成功' }], 'fixed-width'))).body).toMatchObject({ state: 'settled', outcomes: { paid: 1 } });
    expect((await bring(batch.id, answer(batch.number, [{ line: later }]))).body.outcomes).toEqual({ 'paid-after-reissue': 1 });
    expect(await Promise.all([late, later, gone].map((line) => householdFen(line.householdId)))).toEqual([42_000, 42_000, 0]);
    expect(await paidFen(batch.planId)).toBe(19 * 42_000);
    expect((await maker.call(spec.listHouseholdPayouts, { params: { id: later.householdId } })).body.items.map(({ state }) => state)).toEqual(['paid', 're-issued']);
    // the trail leads through the lists both ways: down to how many households, up from one of them
    const up = (await finance.call(spec.traceHousehold, { params: { id: later.householdId } })).body;
    const list = up.nodes.find(({ kind }) => kind === 'batch')!;
    expect(list).toMatchObject({ id: again.id, label: again.number, amountFen: 42_000 });
    expect(up.links).toEqual(expect.arrayContaining([expect.objectContaining({ from: batch.planId, to: again.id }), expect.objectContaining({ from: again.id, to: `household:${later.householdId}`, amountFen: 42_000 })]));
    const indicatorId = up.nodes.find(({ id }) => id === batch.planId)!.indicatorId!;
    const down = (await finance.call(spec.traceIndicator, { params: { id: indicatorId } })).body;
    expect(down.nodes.filter(({ kind }) => kind === 'batch').map(({ label, households }) => [label, households])).toEqual([[batch.number, 18], [again.number, 1]]);
    expect(down.nodes.find(({ id }) => id === `households:${batch.planId}`)).toMatchObject({ label: 'households:19', amountFen: 19 * 42_000 });
    expect(JSON.stringify(down)).not.toContain(later.householdId);
  });
});

/** A statement as SWIFT carries it, 65 characters a line, with balances that lead from one to the other. */
function mt940(entries: readonly { line: Line; mark: 'D' | 'C' | 'RD' | 'RC'; amountFen?: number }[], end = '\r\n'): string {
  const amount = (fen: number) => `${Math.trunc(fen / 100)},${String(fen % 100).padStart(2, '0')}`;
  const fenOf = (one: (typeof entries)[number]) => one.amountFen ?? one.line.amountFen;
  const date = day.slice(2).replaceAll('-', '');
  const closing = entries.reduce((sum, one) => sum + (one.mark === 'D' || one.mark === 'RC' ? -fenOf(one) : fenOf(one)), 100_000_000);
  const body = entries.flatMap((one) => [`:61:${date}${date.slice(2)}${one.mark}${amount(fenOf(one))}NTRFNONREF//8327000090031789`, `:86:166?00SEPA?20EREF+${referenceOf(one.line).slice(0, 22)}?21${referenceOf(one.line).slice(22)}?22SVWZ+一卡通发放`]);
  return [':20:STARTUMS', ':25:32081234/6222000012345678', ':28C:00049/001', `:60F:C${date}CNY${amount(100_000_000)}`, ...body, `:62F:C${date}CNY${amount(closing)}`, '-'].join(end);
}
const csv = (rows: readonly string[][], sums: readonly [string, string]) => [['记账日期', '借方金额', '贷方金额', '附言', '备注'], ...rows, ['合计', ...sums, '', '']].map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n');
const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

describe('a hold that ends before its term', () => {
  const hold = { decision: 'hold' as const, reason: '账号有疑问，待核实', legalBasis: '一卡通管理规定', holdDays: 20, contactPhone: '0517-82380000' };
  const end = (by: TestUser, noticeId: string) => by.call(spec.endPayoutHold, { params: { id: noticeId }, body: { reason: '银行已核对，账号没有问题' } });

  it('lets the payment go with a batch that is not approved, or out again from one that is; the household is told', async () => {
    const [programme, regionCode] = ['subsistence-urban', '320826199301'];
    for (let made = 0; made < 4; made += 1) await enrol({ programme, regionCode, account: made < 3 ? '6222020800000066666' : undefined });
    const planId = await envelope(4 * 52_000);
    const { id } = (await make(planId, '2026-05', { programmeCode: programme, regionCode })).body;
    await checker.call(spec.examinePayoutBatch, { params: { id }, body: {} });
    for (const one of await proposals(id)) expect((await checker.call(spec.decidePayoutProposal, { params: { id: one.id }, body: hold })).status).toBe(200);
    await step(checker, spec.confirmPayoutCheck, id);
    const [first, second, third] = (await proposals(id)).map(({ line, decision }) => ({ line, noticeId: decision!.noticeId! })) as [{ line: Line; noticeId: string }, { line: Line; noticeId: string }, { line: Line; noticeId: string }];
    const stateOf = async (line: Line) => (await lines(id)).find((one) => one.id === line.id)!;
    // neither who made the batch nor anybody of another county
    expect((await end(maker, first.noticeId)).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await end(await world.user(['county-officer'], '320803000000'), first.noticeId)).status).toBe(404);
    expect((await end(checker, first.noticeId)).status).toBe(200);
    expect((await end(checker, first.noticeId)).body).toMatchObject({ code: 'wrong-state' });
    expect(await stateOf(first.line)).toMatchObject({ state: 'listed', heldUntil: null });
    expect(await view(id)).toMatchObject({ payable: { lines: 2 }, proposals: { hold: 3 } });
    const told = (await maker.call(spec.listHouseholdPayouts, { params: { id: first.line.householdId } })).body.items[0]!.notices[0]!;
    expect(told).toMatchObject({ withdrawn: true, ended: { objection: null, by: checker.actor.displayName } });
    const page = (await maker.call(spec.getHoldEndNotice, { params: { id: first.noticeId } })).text;
    for (const words of ['解除暂缓发放告知书', told.number, told.ended!.number, '银行已核对，账号没有问题']) expect(page).toContain(words);
    expect((await maker.call(spec.getHoldEndNotice, { params: { id: second.noticeId } })).status).toBe(404);

    // who ended a hold decided about the batch: the approver is somebody else
    const both = await world.user(['county-officer', 'finance-officer'], county);
    expect((await end(both, second.noticeId)).status).toBe(200);
    expect((await step(both, spec.approvePayoutBatch, id)).body).toMatchObject({ code: 'conflict-of-interest' });
    expect((await step(finance, spec.approvePayoutBatch, id)).status).toBe(200);
    // once approved the list stays as it was approved: the line is due again, and is issued when the file has gone
    expect((await end(checker, third.noticeId)).status).toBe(200);
    expect(await stateOf(third.line)).toMatchObject({ state: 'held', heldUntil: today() });
    const sent = await finance.call(spec.sendPayoutBatch, { params: { id }, body: { format: 'delimited' } });
    expect(sent.body.lines).toBe(3);
    expect((await maker.call(spec.listPayoutWork, { query: { state: 'held', limit: 200 } })).body.items.find((item) => item.id === third.line.id)).toMatchObject({ due: true });
    const again = (await maker.call(spec.reissuePayoutLines, { params: { id }, body: { planId, payDay: day } })).body;
    expect(again).toMatchObject({ lines: 1, totalFen: 52_000 });
    await toBank(again.id);
    const [line] = (await lines(again.id)) as [Line];
    expect((await bring(again.id, answer(again.number, [{ line }]))).body).toMatchObject({ state: 'settled', outcomes: { paid: 1 } });
    expect(await householdFen(third.line.householdId)).toBe(52_000);
  });

  it('keeps the payment back where another doubt still holds it, until that one’s day', async () => {
    const [programme, regionCode] = ['subsistence-urban', '320826199401'];
    const twice = await enrol({ programme, regionCode, account: '6222020800000055555' });
    await enrol({ programme, regionCode, account: '6222020800000055555', idNumber: twice.idNumber });
    await enrol({ programme, regionCode });
    const { id } = (await make(await envelope(1_000_000), '2026-06', { programmeCode: programme, regionCode })).body;
    await checker.call(spec.examinePayoutBatch, { params: { id }, body: {} });
    const mine = (await proposals(id)).filter(({ line }) => line.householdId === twice.id);
    expect(mine.map(({ doubt }) => doubt).toSorted()).toEqual(['shared-account', 'twice-in-month']);
    for (const one of mine) await checker.call(spec.decidePayoutProposal, { params: { id: one.id }, body: { ...hold, holdDays: one.doubt === 'shared-account' ? 20 : 5 } });
    await step(checker, spec.confirmPayoutCheck, id);
    const decided = await proposals(id);
    const longer = decided.find(({ line, doubt }) => line.householdId === twice.id && doubt === 'shared-account')!;
    expect((await end(checker, longer.decision!.noticeId!)).status).toBe(200);
    expect((await lines(id)).find((line) => line.householdId === twice.id)).toMatchObject({ state: 'held', heldUntil: addDays(today(), 5) });
  });
});

describe('statements of the account', () => {
  it('in MT940 and CSV pay, return and report like any other answer', async () => {
    const batch = await sentBatch(4, '2026-02');
    const [first, second, third, fourth] = batch.lines as [Line, Line, Line, Line];
    const paid = [first, second, third].map((line) => ({ line, mark: 'D' as const }));
    expect((await bring(batch.id, Buffer.from(mt940([...paid, { line: fourth, mark: 'D', amountFen: 1 }])))).body).toMatchObject({ state: 'sent', outcomes: { paid: 3, 'wrong-amount': 1 } });
    expect((await view(batch.id)).files.at(-1)).toMatchObject({ format: 'mt940', records: 4 });
    // money back, the debit taken back, and a return that was itself taken back
    expect((await bring(batch.id, Buffer.from(mt940([{ line: first, mark: 'C' }, { line: second, mark: 'RD' }, { line: fourth, mark: 'C' }])))).body.outcomes).toEqual({ returned: 2, 'return-without-payment': 1 });
    expect((await bring(batch.id, iconv.encode(mt940([{ line: second, mark: 'RC' }], '\n'), 'gb18030'))).body.outcomes).toEqual({ paid: 1 });
    expect(await paidFen(batch.planId)).toBe(2 * 52_000);
    const table = csv([[day, '520.00', '', referenceOf(fourth), ''], [day.replaceAll('-', '/'), '', '520.00', referenceOf(third), '账号不存在']], ['520.00', '520.00']);
    expect((await bring(batch.id, iconv.encode(table, 'gb18030'))).body).toMatchObject({ state: 'settled', outcomes: { paid: 1, returned: 1 } });
    expect((await lines(batch.id)).map(({ state }) => state)).toEqual(['failed', 'paid', 'failed', 'paid']);
    expect(await paidFen(batch.planId)).toBe(2 * 52_000);
  });

  it('that return what a person had reversed before take the line back and leave the ledger as it is', async () => {
    const batch = await sentBatch(3, '2026-01');
    const [first, second] = batch.lines as [Line, Line];
    await bring(batch.id, answer(batch.number, batch.lines.map((line) => ({ line }))));
    const [posting] = (await asOwner('SELECT DISTINCT transaction_id AS id FROM payouts.line WHERE batch_id = $1', [batch.id])) as { id: string }[];
    expect((await cityFinance.call(spec.reverseTransaction, { params: { id: posting!.id }, body: { day, reason: '付款凭证有误' } })).status).toBe(200);
    expect(await paidFen(batch.planId)).toBe(0);
    expect((await bring(batch.id, statement([returned(first)]))).body.outcomes).toEqual({ 'returned-after-reversal': 1 });
    expect((await lines(batch.id)).map(({ state }) => state)).toEqual(['failed', 'paid', 'paid']);
    expect(await paidFen(batch.planId)).toBe(0);
    expect((await bring(batch.id, Buffer.from(mt940([{ line: second, mark: 'C' }, { line: first, mark: 'C' }])))).body.outcomes).toEqual({ 'returned-after-reversal': 1, 'return-without-payment': 1 });
    // what came back is issued again and then posted
    const again = (await maker.call(spec.reissuePayoutLines, { params: { id: batch.id }, body: { planId: batch.planId, payDay: day } })).body;
    await toBank(again.id);
    await bring(again.id, answer(again.number, (await lines(again.id)).map((line) => ({ line }))));
    expect(await paidFen(batch.planId)).toBe(2 * 52_000);
  });
});

describe('files of a bank that are not as they should be', () => {
  const line = { id: '01a212ba-dce9-787b-b58d-8d9b857b09b0', amountFen: 52_000 } as Line;
  const other = { id: '01a212ba-dce9-787b-b58d-8d9b857b09b1', amountFen: 42_000 } as Line;
  const good = (text = '成功') => answer('FF202610-ABCDEF', [{ line, text }, { line: other, text }]);
  const text = () => iconv.decode(good(), 'gb18030');
  const swift = () => mt940([{ line, mark: 'D' }, { line: other, mark: 'C' }]);
  const table = (sums: [string, string] = ['520.00', '420.00']) => csv([[day, '520.00', '', referenceOf(line), ''], [day, '', '420.00', referenceOf(other), '']], sums);

  it('are read where only their writing differs', () => {
    const plain = readResultFile(good());
    const bom = Buffer.from([0xef, 0xbb, 0xbf]);
    const same: Record<string, Buffer> = {
      'UTF-8': Buffer.from(text()),
      'byte order mark': Buffer.concat([bom, Buffer.from(text())]),
      'UTF-16': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text(), 'utf16le')]),
      'line feeds only': iconv.encode(text().replaceAll('\r\n', '\n'), 'gb18030'),
      'empty lines at the end': Buffer.concat([good(), Buffer.from('\r\n\r\n')]),
      'digits in full width': Buffer.from(text().replace(/R\|1\|(\w+)\|52000/, `R|${wide('1')}|$1|${wide('52000')}`)),
      'reference in capitals': Buffer.from(text().replace(referenceOf(line), referenceOf(line).toUpperCase())),
      signed: Buffer.concat([good(), Buffer.from('\r\n'), Buffer.from(`S|${signatureOf(Buffer.concat([good(), Buffer.from('\r\n')]))}\r\n`)]),
    };
    for (const [name, bytes] of Object.entries(same)) expect(readResultFile(bytes), name).toEqual(plain);
    const page = readResultFile(Buffer.from(swift()));
    expect(page.records.map(({ reference, kind, amountFen }) => [reference, kind, amountFen])).toEqual([[referenceOf(line), 'paid', 52_000], [referenceOf(other), 'returned', 42_000]]);
    expect(readResultFile(Buffer.concat([bom, Buffer.from(`{1:F01BANKCNBJAXXX0000000000}{2:O9400000}{4:\n${swift().replaceAll('\r\n', '\n')}}`)]))).toEqual(page);
    // a reference broken at 65 characters, a booking of January of a payment valued in December, several pages
    const broken = swift().replace(/\?20EREF\+(\w{22})\?21(\w{10})/, (_, a: string, b: string) => `一卡通 EREF+${a}\r\n${b}`);
    expect(readResultFile(Buffer.from(broken)).records[0]!.reference).toBe(referenceOf(line));
    expect(readResultFile(Buffer.from(swift().replace(/:61:\d{10}/, ':61:2512310102'))).records[0]!.day).toBe('2026-01-02');
    expect(readResultFile(Buffer.from(`${swift().replace(':62F:', ':62M:')}\r\n${swift().replace(':60F:', ':60M:')}`)).records).toHaveLength(4);
    const rows = readResultFile(Buffer.from(table()));
    expect(rows.records.map(({ kind, amountFen }) => [kind, amountFen])).toEqual([['paid', 52_000], ['returned', 42_000]]);
    for (const variant of [table().replaceAll('\r\n', '\n'), table().replaceAll(',', '\t'), `\uFEFF${wide(table()).replaceAll(/[０-９a-f]{32}/g, (all) => all.normalize('NFKC'))}`]) expect(readResultFile(Buffer.from(variant))).toEqual(rows);
    // as banks print it: their name above, totals, balances and names below, sums of each page, protected references
    const printed = (text: string, below = '') => Buffer.from(`某某农商行账户明细,,,,\r\n账号：****5678,,起止：${day} 至 ${day},,\r\n,,,,\r\n${text}${below}`);
    expect(readResultFile(printed(table(), '\r\n期末余额,,,"1,000.00",\r\n总笔数：2,,,,\r\n打印时间：2026-11-25 10:00,,,,\r\n'))).toEqual(rows);
    expect(readResultFile(iconv.encode(printed(table()).toString(), 'gb18030'))).toEqual(rows);
    expect(readResultFile(printed(table().replace(/合计.*$/u, '借方合计：,520.00,,,\r\n贷方合计：,420.00,,,')))).toEqual(rows);
    expect(readResultFile(printed(table().replaceAll(/([0-9a-f]{32})/g, '="$1"')))).toEqual(rows);
    expect(readResultFile(printed(table().replaceAll('520.00', '¥520.00').replace('420.00', '420.00元')))).toEqual(rows);
    const [head, first, second, sums] = table().split('\r\n') as [string, string, string, string];
    expect(readResultFile(printed([head, first, '本页小计,520.00,,,', head, second, '本页小计,,420.00,,', sums].join('\r\n')))).toEqual(rows);
    expect(readResultFile(Buffer.from(csv([[day, '1,520.00', '', referenceOf(line), '']], ['1,520.00', '']))).totalFen).toBe(152_000);
  });

  it('are refused whole where something is missing, changed or makes no sense', () => {
    const changed = Buffer.from(text().replaceAll('52000', '62000').replaceAll('94000', '104000'));
    const signed = (bytes: Buffer, signature: string) => Buffer.concat([bytes, Buffer.from(`\r\nS|${signature}\r\n`)]);
    const bad: Record<string, Buffer | string> = {
      empty: '',
      'cut off in the last row': good().subarray(0, good().length - 4),
      'cut off before the last row': Buffer.from(text().slice(0, text().lastIndexOf('\r\nT'))),
      'a record lost': text().replace(/\r\nR\|2[^\r]*/, ''),
      'a total that does not fit': text().replace('T|2|94000', 'T|2|94001'),
      'head and tail that differ': text().replace('|2|94000', '|3|94000'),
      'an amount below zero': text().replace('|52000|', '|-52000|'),
      'an amount of nothing': text().replace('|52000|', '|0|').replaceAll('|94000', '|42000'),
      'an amount beyond any number': text().replace('|52000|', '|9999999999999999|'),
      'a day that is none': text().replace(day.replaceAll('-', ''), '20260231'),
      'a field too many': text().replace('|0000|', '|0000|x|'),
      'changed after it was signed': signed(changed, signatureOf(Buffer.concat([good(), Buffer.from('\r\n')]))),
      'a signature of somebody else': signed(good(), 'f'.repeat(64)),
      'more after the signature': Buffer.concat([signed(good(), signatureOf(Buffer.concat([good(), Buffer.from('\r\n')]))), Buffer.from('R|3|x')]),
      'garbled text': Buffer.concat([Buffer.from(swift().slice(0, 250)), Buffer.from([0xff, 0xff, 0x80]), Buffer.from(swift().slice(250))]),
      'a workbook': 'PK\u0003\u0004',
      'MT940 cut off': swift().slice(0, swift().indexOf(':62F:')),
      'MT940 with more pages to come': swift().replace(':62F:', ':62M:'),
      'MT940 whose balances do not fit': swift().replace(/(:62F:C\d{6}CNY)\d+/, '$1999999'),
      'MT940 in dollars': swift().replaceAll('CNY', 'USD'),
      'MT940 with an entry nobody understands': swift().replace(/:61:\d{6}/, ':61:2026XX'),
      'MT940 without a statement': '{1:F01BANKCNBJAXXX0000000000}{4:\n-}',
      'CSV without its sums': table().slice(0, table().indexOf('合计')),
      'CSV whose sums do not fit': table(['520.00', '421.00']),
      'CSV with both sides in one row': table().replace('520.00,,', '520.00,520.00,'),
      'CSV with an amount in words': table().replace('520.00,,', '五百二十,,'),
      'CSV with an open quotation mark': table().replace(referenceOf(line), `"${referenceOf(line)}`),
      'CSV without a reference': table().replace('附言', '网点'),
      'CSV with a title and no sums': `某某银行账户明细,,,,\r\n${table().slice(0, table().indexOf('合计'))}`,
      'CSV whose sums are of one side only': table().replace(/合计.*$/u, '借方合计,520.00,,,'),
      'CSV with payments below its sums': `${table()}\r\n${day},520.00,,${referenceOf(other)},`,
      'CSV with a page whose sum does not fit': table().replace('合计', '本页小计,521.00,,,\r\n合计'),
      'CSV with a line nobody understands': table().replace('合计', '以下空白,,520.00,,\r\n合计'),
      'CSV whose row was cut': table().replace(`,,${referenceOf(line)},`, `,,${referenceOf(line)}`),
      'XML cut off': statement([returned(line)]).subarray(0, 200),
    };
    for (const [name, bytes] of Object.entries(bad)) expect(() => readResultFile(Buffer.from(bytes)), name).toThrow(expect.objectContaining({ code: 'file-refused' }));
  });
});
