import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { approveChange, changeRegistry } from '#testing/change-registry.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { netIncome, periodOf, totalsOf } from './net-income.ts';

const village = '320826101201';
const formula = { counted: ['wage', 'business', 'property', 'transfer'], subtracted: ['cost'], excluded: ['transfer-relief'], periodStartMonth: 1 } as const;

describe('net income per head', () => {
  it('counts what the formula counts, leaves out what it excludes, subtracts costs and divides by the members', () => {
    const items = [{ item: 'wage-away', fen: 30_000_00 }, { item: 'transfer-pension', fen: 2_400_00 }, { item: 'transfer-relief', fen: 1_000_00 }, { item: 'business-planting', fen: 6_000_00 }, { item: 'cost-planting', fen: 2_000_00 }, { item: 'medical-self-paid', fen: 9_000_00 }];
    const net = netIncome(formula, { totals: totalsOf(items), items }, 3);
    expect(net).toMatchObject({ netFen: 36_400_00, perCapitaFen: 12_133_33, excluded: [{ item: 'transfer-relief' }] });
    expect(net.terms.map(({ kind, sign, fen }) => `${sign}${kind} ${fen}`)).toEqual(['+wage 3000000', '+business 600000', '+property 0', '+transfer 240000', '-cost 200000']);
    expect(netIncome({ ...formula, subtracted: ['cost', 'medical'] }, { totals: totalsOf(items), items }, 3).netFen).toBe(27_400_00);
    expect(netIncome(formula, { totals: totalsOf(items), items }, 0).perCapitaFen).toBeNull();
  });

  it('an accounting year may begin in the autumn before', () => {
    expect([periodOf({ periodStartMonth: 1 }, 2025), periodOf({ periodStartMonth: 10 }, 2025)]).toEqual([{ from: '2025-01-01', to: '2025-12-31' }, { from: '2024-10-01', to: '2025-09-30' }]);
  });
});

describe('the income ledger of a household', () => {
  let world: TestApp;
  let officer: TestUser;
  let helper: TestUser;
  beforeAll(async () => {
    world = await openTestApp();
    officer = await world.user(['county-officer'], '320826000000');
    helper = await world.user(['helper'], village);
  });
  afterAll(() => world.close());

  let serial = 0;
  const build = (): Promise<BuiltHousehold> => {
    serial += 1;
    const first17 = `399900198${serial}0101001`;
    return buildHousehold({ regionCode: village, idNumber: first17 + idCardCheckCharacter(first17) });
  };
  const ledger = async (id: string, knownAt?: string) => (await officer.call(spec.getIncomeLedger, { params: { id }, query: { knownAt } })).body.years;
  const statement = (source: 'helper' | 'town', items: Record<string, number>, year = 2025) => ({ kind: 'income' as const, year, source, items: Object.entries(items).map(([item, yuan]) => ({ item, amountFen: yuan * 100 })) });
  const record = (household: BuiltHousehold, change: ReturnType<typeof statement>, by = officer) => changeRegistry(world, by, { householdId: household.id, effectiveOn: '2026-01-15', reason: '入户采集', change });

  it('takes what the helper collected once somebody approves it, item by item, with the working of the figure', async () => {
    const household = await build();
    const proposed = (await helper.call(spec.proposeChange, { body: { householdId: household.id, effectiveOn: '2026-01-15', reason: '入户采集', change: statement('helper', { 'wage-away': 20_000, 'transfer-relief': 800, 'cost-planting': 1_000 }) } })).body;
    expect(await ledger(household.id)).toEqual([]);
    expect((await officer.call(spec.getChangeRequest, { params: { id: proposed.id } })).body.fields.map(({ label, after }) => [label.zh, after])).toContainEqual(['人均纯收入', '19,000.00 元']);
    expect(await approveChange(world, proposed.id)).toBe('applied');
    const [year] = await ledger(household.id);
    expect(year).toMatchObject({ year: 2025, period: { from: '2025-01-01', to: '2025-12-31' }, divergences: [] });
    expect(year!.formula.basis.zh).toContain('人均纯收入');
    const [own] = year!.statements;
    expect(own).toMatchObject({ source: { code: 'helper' }, observedOn: '2026-01-15', working: { netFen: 19_000_00, members: 1, perCapitaFen: 19_000_00 } });
    expect(own!.working.excluded.map(({ item }) => item.code)).toEqual(['transfer-relief']);
    expect((await officer.call(spec.listHouseholds, { query: { q: household.number } })).body.items[0]!.incomePerCapitaFen).toBe(19_000_00);
  });

  it('keeps two sources side by side, the recognised one first, and says where they are too far apart; nothing recorded is lost', async () => {
    const household = await build();
    await record(household, statement('helper', { 'wage-away': 20_000 }));
    await record(household, statement('town', { 'wage-away': 12_000, 'business-planting': 300 }));
    const [year] = await ledger(household.id);
    expect(year!.statements.map(({ source }) => source.code)).toEqual(['town', 'helper']);
    expect(year!.divergences.map(({ of, differenceFen }) => [of.zh, differenceFen])).toEqual([['人均纯收入', 7_700_00], ['工资性收入', 8_000_00]]);
    expect((await officer.call(spec.getHousehold, { params: { id: household.id } })).body.summary).toContain('12,300.00');
    const before = new Date().toISOString();
    await record(household, statement('town', { 'wage-away': 19_500 }));
    const [now] = await ledger(household.id);
    expect(now!.divergences).toEqual([]);
    expect(now!.statements[0]!.items.map(({ item, fen }) => [item.code, fen])).toEqual([['wage-away', 19_500_00]]);
    expect((await ledger(household.id, before))[0]!.statements[0]!.items).toHaveLength(2);
  });

  it('refuses an unknown item, one twice, a year ahead; two officers’ statements of one source meet', async () => {
    const household = await build();
    const propose = (change: object) => officer.call(spec.proposeChange, { body: { householdId: household.id, effectiveOn: '2026-01-15', reason: '采集', change: change as never } });
    expect((await propose(statement('helper', { 'wage-magic': 1 }))).status).toBe(400);
    expect((await propose({ ...statement('helper', {}), items: [{ item: 'wage-away', amountFen: 1 }, { item: 'wage-away', amountFen: 2 }] })).status).toBe(400);
    expect((await propose(statement('helper', { 'wage-away': 1 }, 2090))).status).toBe(400);
    expect((await propose({ ...statement('helper', {}), items: [{ item: 'wage-away', amountFen: -5 }] })).status).toBe(400);
    expect((await propose(statement('helper', { 'wage-away': 1 }))).status).toBe(200);
    expect((await propose(statement('helper', { 'wage-local': 2 }))).body).toMatchObject({ code: 'already-exists' });
    expect((await propose(statement('town', { 'wage-local': 2 }))).status).toBe(200);
  });

  it('prints the form of a household, and stands beside what a file said', async () => {
    const household = await build();
    await inTransaction(systemActor, (trx) => sql`INSERT INTO households.income (county_code, id, household_id, responsible_region_code, year, source, wage_fen, per_capita_fen) VALUES ('320826000000', gen_random_uuid(), ${household.id}, ${village}, 2025, 'import', 1500000, 1600000)`.execute(trx));
    const [year] = await ledger(household.id);
    expect(year!.statements[0]).toMatchObject({ source: { code: 'import' }, statedPerCapitaFen: 1_600_000, working: { perCapitaFen: 1_500_000 } });
    const paper = await helper.call(spec.printIncomeForm, { params: { id: household.id }, query: {} });
    expect(paper.text).toContain('养老金');
    expect(paper.text).toContain(household.number);
  });
});
