import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter, type Id } from '@sunlit/kernel';
import { writeXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { deliverDueEvents } from '#platform/events/deliver-events.ts';
import { changeRegistry } from '#testing/change-registry.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { checkImport } from '../households/import/check-import.job.ts';
import { writeImport } from '../households/import/apply-import.job.ts';
import { startNightlySweeps } from './start-sweep.ts';
import { sweepQuality } from './sweep.job.ts';

const county = '320826000000';
const titles = ['县', '乡', '村', '户编号', '姓名', '证件类型', '证件号码', '与户主关系', '户联系电话', '户类型', '监测对象类别', '识别监测时间', '致贫/返贫风险1', '风险是否已消除', '劳动技能', '健康状况', '在校生状况', '文化程度', '健康帮扶', '社会帮扶', '耕地面积（亩）', '人均纯收入（元）'];
let serial = 0;
const idNumber = (birth: string): string => {
  serial += 1;
  const first17 = `399900${birth}${String(serial * 2 + 1).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
};
const base: Record<string, string> = {
  县: '涟水县', 乡: '高沟镇', 村: '高西村委会', 证件类型: '居民身份证', 与户主关系: '户主', 户联系电话: '13800000001', 户类型: '一般农户', 监测对象类别: '边缘易致贫户', 识别监测时间: '2023-02', '致贫/返贫风险1': '因病', 风险是否已消除: '否',
  劳动技能: '普通劳动力', 健康状况: '患有大病', 在校生状况: '非在校生', 文化程度: '初中', 健康帮扶: '大病救治', '耕地面积（亩）': '3', '人均纯收入（元）': '9000',
};
/** The same person in every file. */
const second = idNumber('19700101');
const row = (number: string, name: string, birth: string, changes: Record<string, string> = {}) => titles.map((title) => ({ ...base, 户编号: number, 姓名: name, 证件号码: idNumber(birth), ...changes })[title] ?? '');
/** As the national system exports it: two rows of title and note, names in the third. */
const nationalFile = async (rows: string[][]) => Buffer.from(await writeXlsx({ sheets: [{ name: 'Sheet1', rows: [['监测对象信息'], ['导出说明'], titles, ...rows] }] }));

let world: TestApp;
let officer: TestUser;
beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], county);
});
afterAll(() => world.close());

async function importFile(rows: string[][], asOf: string): Promise<spec.ImportView> {
  const sent = await officer.upload('/api/household-imports', { name: '监测对象信息.xlsx', content: await nationalFile(rows) }, { asOf });
  expect(sent.status, sent.text).toBe(200);
  await checkImport(officer.actor, { subjectId: sent.body.id, taskId: sent.body.taskId });
  const checked = (await officer.call(spec.getImport, { params: { id: sent.body.id } })).body;
  const applied = await officer.call(spec.applyImport, { params: { id: sent.body.id }, body: { mode: 'good-rows' } });
  expect(applied.status, applied.text).toBe(200);
  await writeImport(officer.actor, { subjectId: sent.body.id, taskId: applied.body.taskId });
  return checked;
}
const waitingSweeps = () => inTransaction(systemActor, async (trx) => (await sql<{ id: Id; region_code: string }>`SELECT id, region_code FROM data_quality.sweep WHERE finished_at IS NULL ORDER BY id`.execute(trx)).rows);
async function sweepAll(): Promise<void> {
  await deliverDueEvents();
  for (const { id } of await waitingSweeps()) await sweepQuality(systemActor, { subjectId: id });
}
const items = async (query: Partial<spec.QueryOf<typeof spec.listQualityItems>> = {}, by = officer) => (await by.call(spec.listQualityItems, { query: { limit: 100, ...query } })).body.items;
const open = async (check: string, by = officer) => items({ check }, by);

describe('last month’s national export', () => {
  it('says before importing what does not add up, keeps every row, and becomes a work list by itself', async () => {
    const checked = await importFile(
      [
        row('0001', '甲一', '19800101', { '致贫/返贫风险1': '', '耕地面积（亩）': '300', 健康状况: '健康' }),
        row('0001', '甲二', '20150101', { 与户主关系: '之子', 劳动技能: '普通劳动力', 健康状况: '健康', 在校生状况: '小学', 文化程度: '' }),
        row('0002', '乙一', '', { 证件号码: second }),
      ],
      '2026-03-31',
    );
    expect(checked.quality).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'risk-empty', count: 1 }), expect.objectContaining({ code: 'arable-land-range-monitored', count: 1 }), expect.objectContaining({ code: 'under-16-not-none-monitored', count: 1 })]));
    expect(checked.counts).toMatchObject({ rows: 3, goodRows: 3 });
    await sweepAll();
    const list = await items();
    expect(new Set(list.map(({ check }) => check.code))).toEqual(new Set(checked.quality.map(({ code }) => code)));
    const child = list.find(({ check }) => check.code === 'under-16-not-none-monitored')!;
    expect(child).toMatchObject({ household: { number: '0001' }, person: { name: '甲二' }, correctable: { fields: expect.arrayContaining(['labour']), columns: [] }, state: 'open' });
    // Not a value of the record, only where to look.
    expect(JSON.stringify(list)).not.toMatch(/399900|13800000001|300/u);
    const { items: checks, sweptAt } = (await officer.call(spec.listQualityChecks, { query: {} })).body;
    expect(checks.find(({ code }) => code === 'risk-empty')).toMatchObject({ open: 1, sourceRef: null });
    expect(checks.length).toBeGreaterThanOrEqual(100);
    expect(sweptAt).not.toBeNull();
    const trend = (await officer.call(spec.getQualityTrend, { query: {} })).body.items;
    expect(trend.at(-1)?.open).toBe(list.length);
  });

  it('is put right in place: the item goes at once, and comes back when it is wrong again', async () => {
    const child = (await open('under-16-not-none-monitored'))[0]!;
    const change = (labour: string) => changeRegistry(world, officer, { householdId: child.household.id, effectiveOn: '2026-04-01', reason: '按户口簿更正', change: { kind: 'person-facts', personId: child.person!.id, labour } });
    expect((await change('none')).state).toBe('applied');
    const hints = (await officer.call(spec.checkHouseholdQuality, { params: { id: child.household.id } })).body.items;
    expect(hints.map(({ check }) => check.code)).not.toContain('under-16-not-none-monitored');
    await deliverDueEvents();
    expect(await open('under-16-not-none-monitored')).toEqual([]);
    const wrong = { householdId: child.household.id, effectiveOn: '2026-04-01', change: { kind: 'person-facts' as const, personId: child.person!.id, labour: 'ordinary' } };
    const ahead = await officer.call(spec.previewChange, { body: wrong });
    expect(ahead.body.hints.map(({ code }) => code)).toContain('under-16-not-none-monitored');
    expect((await change('ordinary')).state).toBe('applied');
    await deliverDueEvents();
    expect((await open('under-16-not-none-monitored')).map(({ id }) => id)).toEqual([child.id]);
  });

  it('corrects a column of the county’s own table in place, until the next file', async () => {
    const item = (await open('arable-land-range-monitored'))[0]!;
    const { members } = (await officer.call(spec.getHousehold, { params: { id: item.household.id } })).body;
    const head = members.find(({ relation }) => relation?.code === '01')!.personId;
    const cells = async () => (await officer.call(spec.listPersonCells, { params: { id: head } })).body.items.find(({ title }) => title.startsWith('耕地'));
    expect(await cells()).toMatchObject({ value: '300', corrected: null });
    const correction = (value: string, title = '耕地面积（亩）') => ({ householdId: item.household.id, effectiveOn: '2026-04-01', reason: '按承包合同更正', change: { kind: 'person-cells' as const, personId: head, cells: [{ title, value }] } });
    const correct = (value: string) => changeRegistry(world, officer, correction(value));
    for (const refused of [correction('3', '没有的列'), correction('399900198001010018')]) expect((await officer.call(spec.proposeChange, { body: refused })).status).toBe(400);
    expect((await correct('3')).state).toBe('applied');
    await deliverDueEvents();
    expect(await open('arable-land-range-monitored')).toEqual([]);
    expect(await cells()).toMatchObject({ value: '3', corrected: { reason: '按承包合同更正' } });
    expect((await correct('300')).state).toBe('applied');
    await deliverDueEvents();
    expect((await open('arable-land-range-monitored')).map(({ id }) => id)).toEqual([item.id]);
  });

  it('accepts what is right as it stands, with who and why, until the record changes', async () => {
    const item = (await open('arable-land-range-monitored'))[0]!;
    const accept = (reason: string) => officer.call(spec.acceptQualityItem, { params: { id: item.id }, body: { reason } });
    expect((await accept('')).status).toBe(400);
    expect((await accept('承包荒滩，已看合同')).status).toBe(200);
    expect((await accept('再来一次')).status).toBe(409);
    await sweepAll();
    expect(await open('arable-land-range-monitored')).toEqual([]);
    expect(await items({ check: 'arable-land-range-monitored', state: 'accepted' })).toMatchObject([{ accepted: { by: officer.actor.displayName, reason: '承包荒滩，已看合同' } }]);
    expect((await officer.call(spec.reopenQualityItem, { params: { id: item.id }, body: {} })).status).toBe(200);
    expect(await open('arable-land-range-monitored')).toHaveLength(1);
  });

  it('next month’s corrected file takes items off the list', async () => {
    await importFile([row('0002', '乙一', '', { 证件号码: second, 健康帮扶: '' })], '2026-04-30');
    await sweepAll();
    expect(await open('illness-unanswered')).toHaveLength(1);
    await importFile([row('0002', '乙一', '', { 证件号码: second, 健康帮扶: '大病救治' })], '2026-05-31');
    await sweepAll();
    expect(await open('illness-unanswered')).toEqual([]);
  });
});

describe('who sees the work list', () => {
  it('nobody of another county; masked names for those who only read', async () => {
    const elsewhere = await world.user(['county-officer'], '320831000000');
    expect(await items({}, elsewhere)).toEqual([]);
    const item = (await items())[0]!;
    expect((await elsewhere.call(spec.acceptQualityItem, { params: { id: item.id }, body: { reason: '不该能' } })).status).toBe(404);
    expect((await elsewhere.call(spec.refreshQuality, { body: { regionCode: county } })).status).toBe(403);
    const helper = await world.user(['helper'], county);
    expect((await items({}, helper))[0]!.household.headName).toContain('*');
    expect((await helper.call(spec.acceptQualityItem, { params: { id: item.id }, body: { reason: '不该能' } })).status).toBe(403);
  });

  it('exports it marked and recorded', async () => {
    const file = await officer.call(spec.exportQualityItems, { query: { purpose: '逐村整改' } });
    expect(file.status).toBe(200);
    expect(file.text).toContain('逐村整改');
    expect(file.text).not.toMatch(/399900\d{6}/u);
  });
});

it('sweeps every county each night, once', async () => {
  await inTransaction(systemActor, (trx) => sql`UPDATE data_quality.sweep SET day = day - 1`.execute(trx));
  await startNightlySweeps(1);
  expect(await waitingSweeps()).toEqual([]);
  await startNightlySweeps(2);
  await startNightlySweeps(23);
  expect(await waitingSweeps()).toEqual([expect.objectContaining({ region_code: county })]);
});
