import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import { writeXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { changeRegistry } from '#testing/change-registry.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { writeImport } from '../import/apply-import.job.ts';
import { checkImport } from '../import/check-import.job.ts';
import { takeBackImport } from '../import/undo-import.job.ts';
import { readSections } from './read-sections.ts';
import { columnOf, sectionForms, tableOf } from './section-forms.ts';

const titles = ['县', '乡', '村', '户编号', '姓名', '证件号码', '与户主关系', '户类型', '健康状况', '是否危房户', '住房面积', '耕地面积（亩）', '是否解决安全饮用水', '务工所在地', '公益性岗位(月数)', '是否参加大病保险', '失学或辍学原因'];
const idOf = (first17: string) => first17 + idCardCheckCharacter(first17);
const base: Record<string, string> = { 县: '涟水县', 乡: '高沟镇', 村: '高西村委会', 户编号: '0100', 姓名: '乔一', 证件号码: idOf('39990019700101011'), 与户主关系: '户主', 户类型: '一般农户', 健康状况: '患有大病', 是否危房户: '否', 住房面积: '120', '耕地面积（亩）': '3.5', 是否解决安全饮用水: '是', 务工所在地: '昆山市', 是否参加大病保险: '是' };
const row = (changes: Record<string, string> = {}) => titles.map((title) => ({ ...base, ...changes })[title] ?? '');

let world: TestApp;
let officer: TestUser;
beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], '320826000000');
});
afterAll(() => world.close());

async function importFile(rows: string[][], asOf: string): Promise<string> {
  const content = Buffer.from(await writeXlsx({ sheets: [{ name: 'Sheet1', rows: [['监测对象信息'], ['导出说明'], titles, ...rows] }] }));
  const sent = await officer.upload('/api/household-imports', { name: '监测对象信息.xlsx', content }, { asOf });
  await checkImport(officer.actor, { subjectId: sent.body.id, taskId: sent.body.taskId });
  const applied = await officer.call(spec.applyImport, { params: { id: sent.body.id }, body: { mode: 'good-rows' } });
  expect(applied.status, applied.text).toBe(200);
  await writeImport(officer.actor, { subjectId: sent.body.id, taskId: applied.body.taskId });
  return sent.body.id;
}
const household = async () => (await officer.call(spec.listHouseholds, { query: { q: '0100' } })).body.items[0]!.id;
const sections = async (query: { asOf?: string } = {}) => (await officer.call(spec.getRecordSections, { params: { id: await household() }, query })).body.items;
const field = async (section: string, code: string, query: { asOf?: string } = {}) => (await sections(query)).find((one) => one.code === section)?.fields.find((one) => one.code === code);

it('every field of the form has a column of its kind, and every column a field', async () => {
  const { rows } = await inTransaction(systemActor, (trx) => sql<{ table_name: string; column_name: string; data_type: string }>`SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'households' AND table_name LIKE 'section%'`.execute(trx));
  const kinds: Record<string, string> = { boolean: 'flag', numeric: 'number', text: 'text' };
  const own = new Set(['county_code', 'id', 'household_id', 'person_id', 'responsible_region_code', 'source', 'observed_on', 'recorded_at', 'superseded_at', 'superseded_by_import', 'import_id']);
  const inDatabase = rows.filter(({ column_name: name }) => !own.has(name)).map((one) => `${one.table_name}.${one.column_name} ${kinds[one.data_type]}`);
  expect(inDatabase.toSorted()).toEqual(sectionForms().flatMap((section) => section.fields.map((one) => `${tableOf(section)}.${columnOf(one)} ${one.kind}`)).toSorted());
});

it('reads what a cell says and nothing that it does not say', () => {
  const said = (cells: Record<string, string>) => readSections(cells, 'household').map(({ section, values }) => [section.code, values]);
  expect(said({ 住房面积: '约120', 是否危房户: '不清楚' })).toEqual([]);
  expect(said({ 住房面积: ' 120.456 ', '耕地面积（亩）': '99999' })).toEqual([['housing', [null, 120.46]]]);
});

it('fills from the national export, keeps an earlier day, adds only what changed, and is undone with its file', async () => {
  await importFile([row()], '2026-03-31');
  expect(await field('housing', 'area')).toMatchObject({ value: 120, source: { code: 'import' }, observedOn: '2026-03-31', others: [] });
  expect((await sections()).map(({ code, person }) => [code, person?.name ?? null])).toEqual([['housing', null], ['living', null], ['land', null], ['employment', '乔一'], ['insurance', '乔一']]);
  const second = await importFile([row({ 住房面积: '90' })], '2026-06-30');
  expect([(await field('housing', 'area'))?.value, (await field('housing', 'area', { asOf: '2026-05-01' }))?.value]).toEqual([90, 120]);
  expect(await field('land', 'arable')).toMatchObject({ value: 3.5, observedOn: '2026-03-31' });
  const undone = await officer.call(spec.undoImport, { params: { id: second }, body: { reason: '文件不对' } });
  await takeBackImport(officer.actor, { subjectId: second, taskId: undone.body.taskId });
  expect((await field('housing', 'area'))?.value).toBe(120);
});

it('believes the source that the form names first, shows what others say, and takes a word back', async () => {
  const id = await household();
  const person = (await officer.call(spec.getHousehold, { params: { id } })).body.members[0]!.personId;
  const state = (source: 'helper' | 'town' | 'department', fields: Record<string, string | number | boolean | null>, effectiveOn = '2026-07-01') => changeRegistry(world, officer, { householdId: id, effectiveOn, change: { kind: 'section', section: 'housing', source, fields } });
  await state('helper', { dangerous: true });
  expect(await field('housing', 'dangerous')).toMatchObject({ value: true, source: { code: 'helper' }, others: [{ value: false, source: { code: 'import' } }] });
  await state('department', { dangerous: false });
  expect(await field('housing', 'dangerous')).toMatchObject({ value: false, source: { code: 'department' }, others: [{ value: true, source: { code: 'helper' } }] });
  expect((await field('housing', 'dangerous', { asOf: '2026-06-30' }))?.source.code).toBe('import');
  const done = await state('helper', { dangerous: false }, '2026-08-01');
  expect((await field('housing', 'dangerous'))?.others).toEqual([]);
  const shown = (await officer.call(spec.getChangeRequest, { params: { id: done.id } })).body.fields;
  expect(shown).toMatchObject([{ label: { zh: '是否危房户（帮扶责任人采集）' }, before: '是', after: '否' }]);
  const propose = (change: object) => officer.call(spec.proposeChange, { body: { householdId: id, effectiveOn: '2026-07-01', reason: '核实', change: { kind: 'section', source: 'helper', ...change } as never } });
  expect((await propose({ section: 'housing', fields: { area: 5000 } })).status).toBe(400);
  expect((await propose({ section: 'housing', fields: { area: '很大' } })).status).toBe(400);
  expect((await propose({ section: 'employment', fields: { channel: '村委会介绍' } })).status).toBe(400);
  expect((await propose({ section: 'employment', personId: person, fields: { channel: idOf('39990019700101011') } })).status).toBe(400);
  expect((await propose({ section: 'employment', personId: person, fields: { channel: '村委会介绍' } })).status).toBe(200);
});

it('believes whom the county names from a day on, decided by two people; the household speaks for itself', async () => {
  const id = await household();
  await changeRegistry(world, officer, { householdId: id, effectiveOn: '2026-07-01', change: { kind: 'section', section: 'living', source: 'department', fields: { electricity: false } } });
  await changeRegistry(world, officer, { householdId: id, effectiveOn: '2026-07-01', change: { kind: 'section', section: 'living', source: 'household', fields: { electricity: true } } });
  const shipped = await field('living', 'electricity');
  expect(shipped).toMatchObject({ value: false, source: { code: 'department' }, others: [{ value: true, source: { code: 'household', label: '本户申报' } }] });
  expect(shipped?.authority.map(({ code }) => code)).toEqual(['helper', 'town', 'department', 'household', 'import']);
  const rest = Object.fromEntries(sectionForms().find(({ code }) => code === 'living')!.fields.map(({ code }) => [code, 'town,department']));
  const proposal = { regionCode: '320826000000', code: 'record.authority.living', validFrom: '2026-09-01', basis: '涟乡振发〔2026〕9号' };
  expect((await officer.call(spec.proposePolicy, { body: { ...proposal, value: { ...rest, electricity: 'household,neighbour' } } })).status).toBe(400);
  const proposed = await officer.call(spec.proposePolicy, { body: { ...proposal, value: { ...rest, electricity: 'household,department' } } });
  expect(proposed.status, proposed.text).toBe(200);
  expect((await officer.call(spec.decidePolicy, { params: { id: proposed.body.id }, body: { action: 'approve', reason: '同意' } })).status).toBe(403);
  const second = await world.user(['county-officer'], '320826000000');
  expect((await second.call(spec.decidePolicy, { params: { id: proposed.body.id }, body: { action: 'approve', reason: '同意' } })).status).toBe(200);
  expect(await field('living', 'electricity')).toMatchObject({ value: true, source: { code: 'household' }, others: [{ source: { code: 'department' } }] });
  expect(await field('living', 'electricity', { asOf: '2026-08-31' })).toMatchObject({ value: false, source: { code: 'department' } });
  expect((await sections()).find(({ code }) => code === 'living')?.authorityRule).toEqual({ basis: '涟乡振发〔2026〕9号', validFrom: '2026-09-01' });
});

it('shows health only to who works with the people', async () => {
  const id = await household();
  const auditor = await world.user(['auditor'], '320826000000');
  const health = async (by: TestUser) => (await by.call(spec.getHousehold, { params: { id } })).body.members[0]!.health;
  expect(await health(officer)).toMatchObject([{ code: 'major-illness' }]);
  expect(await health(auditor)).toBeNull();
  const { id: change } = await changeRegistry(world, officer, { householdId: id, effectiveOn: '2026-07-01', despiteConflict: '另一项', change: { kind: 'person-facts', personId: (await officer.call(spec.getHousehold, { params: { id } })).body.members[0]!.personId, health: ['chronic'] } });
  expect((await auditor.call(spec.getChangeRequest, { params: { id: change } })).body.fields[0]).toMatchObject({ before: '***', after: '***' });
});
