import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter, type Id } from '@sunlit/kernel';
import { writeXlsx, readXlsx } from 'hucre/xlsx';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { today } from '#platform/clock/today.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { extractStoredFile } from '#platform/files/stored-files.ts';
import { keepHouse } from '#platform/jobs/housekeeping.ts';
import { endAbandonedTasks, jobLock } from '#platform/jobs/jobs.ts';
import { encodeGb18030 } from '#testing/encode-gb18030.ts';
import { changeRegistry } from '#testing/change-registry.ts';
import { approveChange } from '#testing/change-registry.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { writeImport } from './apply-import.job.ts';
import { registerHouseholdReferences } from './household-references.ts';
import { checkImport } from './check-import.job.ts';
import { openDrafts, removeDrafts } from './kept-drafts.ts';
import { takeBackImport } from './undo-import.job.ts';

const county = '320826000000';
const titles = ['县', '乡', '村', '户编号', '姓名', '证件号码', '与户主关系', '户类型', '劳动技能', '健康状况', '享受低保政策情况', '工资性收入', '备注'];
let serial = 0;
/** Nobody's number: the prefix is assigned to no division. */
function idNumber(birth = '19800101', sex: 1 | 2 = 1): string {
  serial += 1;
  const first17 = `399900${birth}${String((serial % 499) * 2 + (sex === 1 ? 1 : 0)).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
}
const village = ['涟水县', '高沟镇', '高西村委会'];
const member = (number: string, name: string, id: string, relation = '户主', changes: Partial<Record<string, string>> = {}): string[] => {
  const cells: Record<string, string> = { 县: village[0]!, 乡: village[1]!, 村: village[2]!, 户编号: number, 姓名: name, 证件号码: id, 与户主关系: relation, 户类型: '脱贫户', 劳动技能: '普通劳动力', 健康状况: '健康', 享受低保政策情况: '未享受', 工资性收入: '30000', 备注: '', ...changes };
  return titles.map((title) => cells[title] ?? '');
};
const csv = (rows: string[][], header = titles): Buffer => Buffer.from([header, ...rows].map((row) => row.join(',')).join('\r\n'), 'utf8');

let world: TestApp;
let officer: TestUser;
beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], county);
});
afterAll(() => world.close());

async function upload(content: Buffer, options: { asOf?: string; by?: TestUser; name?: string } = {}) {
  const by = options.by ?? officer;
  const sent = await by.upload('/api/household-imports', { name: options.name ?? '名册.csv', content }, { asOf: options.asOf ?? '2026-03-31' });
  expect(sent.status, sent.text).toBe(200);
  await checkImport(by.actor, { subjectId: sent.body.id, taskId: sent.body.taskId });
  return view(sent.body.id, by);
}
const view = async (id: Id, by = officer) => (await by.call(spec.getImport, { params: { id } })).body;
const problems = async (id: Id) => (await officer.call(spec.listImportProblems, { params: { id }, query: { limit: 200 } })).body.items.map((item) => [item.row, item.column, item.code] as const);
const withoutMissing = async (id: Id) => (await problems(id)).filter(([, , code]) => code !== 'missing-household');
async function apply(id: Id, mode: 'good-rows' | 'all-or-nothing' = 'good-rows', by = officer) {
  const answer = await by.call(spec.applyImport, { params: { id }, body: { mode } });
  if (answer.status !== 200) return { answer, view: await view(id) };
  await writeImport(by.actor, { subjectId: id, taskId: answer.body.taskId });
  return { answer, view: await view(id) };
}
async function undo(id: Id) {
  const answer = await officer.call(spec.undoImport, { params: { id }, body: { reason: '导错了文件' } });
  expect(answer.status, answer.text).toBe(200);
  await takeBackImport(officer.actor, { subjectId: id, taskId: answer.body.taskId });
  return view(id);
}
async function find(q: string) {
  return (await officer.call(spec.listHouseholds, { query: { q } })).body.items;
}
const household = async (id: Id) => (await officer.call(spec.getHousehold, { params: { id } })).body;

describe('files as officers have them', () => {
  it('reads GB18030 with full-width digits, a lower-case x and rare characters, and finds the rare name again', async () => {
    let id = idNumber();
    while (!id.endsWith('X')) id = idNumber();
    const wide = [...id.slice(0, 17)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    const checked = await upload(encodeGb18030(csv([member('G1', '𠮷田𤭢', `${wide}x`), member('G1', '阿依古丽·买买提', idNumber('19850505', 2), '配偶')]).toString('utf8')));
    expect(checked).toMatchObject({ state: 'checked', encoding: 'gb18030', counts: { rows: 2, goodRows: 2, problemRows: 0, newHouseholds: 1, newPersons: 2 } });
    await apply(checked.id);
    const [found] = await find('田𤭢');
    expect(found).toMatchObject({ number: 'G1', headName: '𠮷田𤭢', memberCount: 2 });
    expect((await find(id.slice(-4))).map((one) => one.id)).toContain(found!.id);
  });

  it('reads the national export: title, note, names in row 3, a merged title, repeated columns kept as source rows', async () => {
    const names = [...['县', '乡', '村', '户编号', '姓名', '证件类型', '证件号码', '与户主关系', '户类型', '监测对象类别', '识别监测时间', '健康状况', '劳动技能'], '风险是否已消除', '风险是否已消除'];
    const row = [...village, 'N1', '钱多', '居民身份证', idNumber(), '户主', '脱贫户', '脱贫不稳定户', '2023-05', '长期慢性病,残疾', '弱劳动力或半劳动力', '否', '是'];
    const content = Buffer.from(await writeXlsx({ sheets: [{ name: '监测对象', rows: [['监测对象信息'], ['说明：截至本月'], names, row], merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: names.length - 1 }] }] }));
    const checked = await upload(content, { name: '（自定义）监测对象信息 (22).xlsx' });
    expect(checked).toMatchObject({ state: 'checked', template: '全国防返贫监测系统：监测对象信息', sheet: '监测对象', counts: { rows: 1, problemRows: 0 } });
    expect(checked.columns.filter((column) => column.field === null).map((column) => column.title)).toEqual(['风险是否已消除', '风险是否已消除_2']);
    await apply(checked.id);
    const stored = await household((await find('N1'))[0]!.id);
    expect(stored.status.code).toBe('unstable');
    expect(stored.statusHistory[0]!.from).toBe('2023-05-01');
    expect(stored.members[0]!.health?.map(({ code }) => code)).toEqual(['chronic', 'disabled']);
    expect(stored.sourceRows[0]).toMatchObject({ row: 4, unmapped: { 风险是否已消除: '否', 风险是否已消除_2: '是' } });
  });

  it('never joins households whose numbers lost digits, nor takes 万元 for 元, nor guesses a month', async () => {
    const header = [...titles.filter((title) => title !== '工资性收入'), '工资性收入（万元）', '识别监测时间', '收入年度', '村代码', '合规自付支出（元）'];
    const line = (number: string, more: Partial<Record<string, string>>) => {
      const cells = member(number, '卫一', idNumber());
      return header.map((title) => more[title] ?? (titles.includes(title) ? cells[titles.indexOf(title)]! : ''));
    };
    const checked = await upload(csv([
      line('3.20826E+15', { 备注: 'x'.repeat(9000) }), line('3.20826E+15', {}), line('9'.repeat(5000), {}), line('U1', { 姓名: '名'.repeat(300) }),
      line('U2', { '合规自付支出（元）': '1234.56', '工资性收入（万元）': '3.2', 识别监测时间: '2023.1' }), line('U3', { 识别监测时间: '2099-01', 收入年度: '2099', '工资性收入（万元）': '5000元', 备注: 'a\0b', 姓名: '卫\0三' }), line('U4', { 村代码: '320826999999' }), line(idNumber(), {}),
    ], header));
    expect((await withoutMissing(checked.id)).map(([row, , code]) => [row, code])).toEqual([
      [2, 'number-lost-digits'], [3, 'number-lost-digits'], [3, 'head-several'], [4, 'too-long'], [5, 'too-long'], [6, 'date-format'], [7, 'date-later'], [7, 'year-format'], [8, 'region-code-unknown'], [9, 'number-personal'],
    ]);
    const { view: applied } = await apply(checked.id);
    expect(applied).toMatchObject({ state: 'applied', counts: { goodRows: 3, newHouseholds: 3 } });
    const [first, second] = await Promise.all(['U2', 'U3'].map(async (number) => household((await find(number))[0]!.id)));
    const amounts = async (id: string, code: string) => {
      const [year] = (await officer.call(spec.getIncomeLedger, { params: { id }, query: {} })).body.years;
      return [year!.year, year!.statements[0]!.totals.find(({ kind }) => kind.code === code)!.fen];
    };
    expect(await amounts(first!.id, 'wage')).toEqual([2025, 3_200_000]);
    expect(await amounts(first!.id, 'medical')).toEqual([2025, 1_234_56]);
    expect(await amounts(second!.id, 'wage')).toEqual([2025, 500_000]);
    expect(second).toMatchObject({ members: [{ name: '卫三' }] });
    await undo(checked.id);
  });

  it('says that a table has no rows, and writes nothing when no row is good', async () => {
    expect(await upload(csv([]))).toMatchObject({ state: 'failed', failure: expect.stringContaining('没有一行数据') });
    const checked = await upload(csv([member('Z1', '', idNumber())]));
    expect((await apply(checked.id)).answer).toMatchObject({ status: 409 });
  });

  it('reads a two-line header and reports digits that a spreadsheet lost, never guessing them', async () => {
    const rows = [
      ['基本情况', '', '', '', '人员', '', '', '', '', ''],
      ['县', '乡', '村', '户编号', '姓名', '证件号码', '与户主关系', '户类型', '劳动技能', '健康状况'],
      [...village, 'D1', '孙一', Number(idNumber().slice(0, 17)) * 10, '户主', '脱贫户', '普通劳动力', '健康'],
      [...village, 'D2', '孙二', '1.23E+17', '户主', '脱贫户', '普通劳动力', '健康'],
      [...village, 'D3', '孙三', '399900800101123', '户主', '脱贫户', '普通劳动力', '健康'],
    ];
    const checked = await upload(Buffer.from(await writeXlsx({ sheets: [{ name: 'Sheet1', rows }] })), { name: '名册.xlsx' });
    expect(checked).toMatchObject({ state: 'checked', counts: { rows: 3, goodRows: 1, problemRows: 2, newHouseholds: 1 } });
    expect((await withoutMissing(checked.id)).map(([row, , code]) => [row, code])).toEqual([[3, 'id-lost-digits'], [4, 'id-lost-digits'], [5, 'id-upgraded']]);
  });

  it('refuses an old spreadsheet with the remedy, and a table without its columns until they are mapped', async () => {
    const old = await upload(Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'), { name: '名册.xls' });
    expect(old).toMatchObject({ state: 'failed' });
    expect(old.failure).toContain('.xlsx');
    const odd = csv([member('M1', '李丽', idNumber())], titles.map((title) => (title === '证件号码' ? '号码（二代）' : title)));
    const failed = await upload(odd);
    expect(failed).toMatchObject({ state: 'failed', failure: '缺少必需的列：证件号码' });
    const mapped = await officer.call(spec.mapImport, { params: { id: failed.id }, body: { columns: { '号码(二代)': 'idNumber' }, codes: [] } });
    await checkImport(officer.actor, { subjectId: failed.id, taskId: mapped.body.taskId });
    expect(await view(failed.id)).toMatchObject({ state: 'checked', counts: { goodRows: 1 } });
    // remembered for the next file
    expect(await upload(odd)).toMatchObject({ state: 'checked' });
  });
});

describe('checking', () => {
  it('reports row by row what is wrong, and holds households together whose rows lie apart', async () => {
    const twice = idNumber();
    const wrong = idNumber().replace(/.$/u, (last) => (last === '1' ? '2' : '1'));
    const checked = await upload(csv([
      member('C1', '周一', twice, '户主'),
      member('C2', '吴二', wrong),
      member('C1', '周妻', idNumber('19820202', 2), '配偶', { 工资性收入: '31000' }),
      member('C3', '郑?', idNumber()),
      member('C4', '王四', twice),
      member('C5', '冯五', idNumber(), '配偶', { 工资性收入: '三万' }),
      member('C6', '陈六', '', '户主', { 村: '不存在的村' }),
    ]));
    expect(await withoutMissing(checked.id)).toEqual([
      [2, '工资性收入', 'household-differs'],
      [3, '证件号码', 'id-checksum'],
      [5, '姓名', 'name-lost-character'],
      [6, '证件号码', 'duplicate-person'],
      [7, '工资性收入', 'amount-format'],
      [7, '与户主关系', 'head-missing'],
      [8, '村', 'region-unknown'],
      [8, '证件号码', 'id-empty'],
    ]);
    expect(checked.counts).toMatchObject({ rows: 7, goodRows: 2, households: 6, newHouseholds: 1 });
    const marked = (await world.app.inject({ method: 'GET', url: `/api/household-imports/${checked.id}/marked-file`, headers: { cookie: officer.cookie } })).rawPayload;
    const sheet = (await readXlsx(marked)).sheets[0]!;
    expect(sheet.rows[2]!.at(-1)).toContain('校验位不对');
    expect(sheet.rows[1]![5]).toBe(twice);
    const page = await officer.call(spec.listImportProblems, { params: { id: checked.id }, query: { severity: 'error', limit: 2 } });
    expect(page.body).toMatchObject({ total: 5, items: [{ value: expect.stringMatching(/^\*{4}.{4}$/u) }, {}] });
  });

  it('lists unknown code values, learns them once, and takes them ever after', async () => {
    const file = csv([member('K1', '蒋一', idNumber(), '户主', { 劳动技能: '壮劳力', 享受低保政策情况: '是' })]);
    const checked = await upload(file);
    expect(checked).toMatchObject({ counts: { goodRows: 0 }, unresolvedCodes: [{ field: 'labour', value: '壮劳力', rows: 1 }] });
    const mapped = await officer.call(spec.mapImport, { params: { id: checked.id }, body: { codes: [{ field: 'labour', value: '壮劳力', code: 'ordinary' }] } });
    await checkImport(officer.actor, { subjectId: checked.id, taskId: mapped.body.taskId });
    expect(await view(checked.id)).toMatchObject({ state: 'checked', unresolvedCodes: [], counts: { goodRows: 1 } });
    await apply(checked.id, 'all-or-nothing');
    const stored = await household((await find('K1'))[0]!.id);
    expect(stored).toMatchObject({ members: [{ labour: { code: 'ordinary' } }], enrolments: [{ programme: { code: 'subsistence-rural' } }] });
  });

  it('accepts old codes through their successors and refuses villages of other counties', async () => {
    const city = await world.user(['county-officer'], '320800000000');
    const header = ['村代码', ...titles.slice(3)];
    const old = csv([['320811003002', ...member('S1', '韩一', idNumber()).slice(3)]], header);
    const checked = await upload(old, { by: city });
    expect(checked.counts).toMatchObject({ goodRows: 1, warnings: 1 });
    const outside = await upload(old);
    expect(outside.counts).toMatchObject({ goodRows: 0, problemRows: 1 });
    expect((await problems(outside.id)).map(([, , code]) => code)).toEqual(['outside-region']);
  });
});

describe('writing', () => {
  it('writes good households or, as chosen, nothing at all', async () => {
    const checked = await upload(csv([member('W1', '杨一', idNumber()), member('W2', '杨二', '123')]));
    const refused = await apply(checked.id, 'all-or-nothing');
    expect(refused.answer).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    expect(await find('W1')).toEqual([]);
    expect((await apply(checked.id)).view).toMatchObject({ state: 'applied', counts: { newHouseholds: 1 } });
    expect(await find('W1')).toHaveLength(1);
    expect(await find('W2')).toEqual([]);
  });

  it('lets next month\'s file change what changed, keep history, name what is missing, and be undone', async () => {
    const [a, wife, b, c] = [idNumber(), idNumber('19830303', 2), idNumber(), idNumber()];
    const place = { 村: '七里村委会' };
    const march = csv([member('T1', '朱一', a, '户主', place), member('T1', '朱妻', wife, '配偶', place), member('T2', '秦二', b, '户主', place)]);
    const first = await upload(march, { asOf: '2026-03-31' });
    await apply(first.id);
    const same = await upload(march, { asOf: '2026-04-30' });
    expect(same.counts).toMatchObject({ newHouseholds: 0, changedHouseholds: 0, unchangedHouseholds: 2, missingHouseholds: 0 });
    const april = csv([member('T1', '朱一', a, '户主', { ...place, 户类型: '一般农户', 劳动技能: '丧失劳动力', 享受低保政策情况: '农村低保' }), member('T3', '尤三', c, '户主', place)]);
    const next = await upload(april, { asOf: '2026-04-30' });
    expect(next.counts).toMatchObject({ newHouseholds: 1, changedHouseholds: 1, unchangedHouseholds: 0, missingHouseholds: 1, newPersons: 1, changedPersons: 1 });
    expect((await problems(next.id)).map(([row, , code]) => [row, code])).toEqual([[0, 'missing-household'], [2, 'missing-person']]);
    expect((await apply(next.id)).view).toMatchObject({ state: 'applied', counts: { newHouseholds: 1, changedHouseholds: 1 } });
    const id = (await find('T1'))[0]!.id;
    const now = await household(id);
    expect(now.members.map((one) => one.labour?.code)).toEqual(['lost', 'ordinary']);
    expect(now.statusHistory.map(({ status, from, to }) => [status.code, from, to])).toEqual([['ordinary', '2026-04-30', null], ['lifted', '2026-03-31', '2026-04-30']]);
    expect(now.enrolments).toMatchObject([{ programme: { code: 'subsistence-rural' }, from: '2026-04-30' }]);
    const before = (await officer.call(spec.getHousehold, { params: { id }, query: { asOf: '2026-04-01' } })).body;
    expect(before).toMatchObject({ status: { code: 'lifted' }, members: [{ labour: { code: 'ordinary' } }, {}] });
    expect(await find('T2')).toHaveLength(1);
    // an older file changes nothing
    expect((await upload(march, { asOf: '2026-03-31' })).counts).toMatchObject({ changedHouseholds: 0 });
    expect(await undo(next.id)).toMatchObject({ state: 'undone' });
    const restored = await household(id);
    expect(restored).toMatchObject({ status: { code: 'lifted' }, enrolments: [], statusHistory: [{ to: null }], members: [{ labour: { code: 'ordinary' } }, {}] });
    expect(await find('T3')).toEqual([]);
    // the first import can still be taken back
    await undo(first.id);
    expect(await find('T1')).toEqual([]);
    expect(await find(a.slice(-4))).not.toContainEqual(expect.objectContaining({ number: 'T1' }));
  });

  it('keeps who somebody was and how they were reached before a file said otherwise, and forgets the later word when it is undone', async () => {
    const a = idNumber();
    const file = (name: string, phone: string) => csv([[...member('TD1', name, a), phone]], [...titles, '联系电话']);
    await apply((await upload(file('吴旧一', '13900000011'), { asOf: '2026-03-31' })).id);
    const before = new Date().toISOString();
    const next = await upload(file('吴新一', '13900000022'), { asOf: '2026-04-30' });
    await apply(next.id);
    const [found] = await find('吴旧一');
    const shown = async (query: { asOf?: string; knownAt?: string }) => {
      const { members, phoneMasked } = (await officer.call(spec.getHousehold, { params: { id: found!.id }, query })).body;
      return [members[0]?.name, members[0]?.phoneMasked?.slice(-4) ?? phoneMasked?.slice(-4)];
    };
    expect(await shown({})).toEqual(['吴新一', '0022']);
    expect(await shown({ asOf: '2026-04-29' })).toEqual(['吴旧一', '0011']);
    expect(await shown({ asOf: '2026-05-01', knownAt: before })).toEqual(['吴旧一', '0011']);
    expect(await undo(next.id)).toMatchObject({ state: 'undone' });
    expect(await shown({})).toEqual(['吴旧一', '0011']);
    expect(await shown({ asOf: '2026-05-01' })).toEqual(['吴旧一', '0011']);
  });

  it('meets a proposal under way: what the file says stands, the proposal becomes a conflict that a person puts anew', async () => {
    const a = idNumber();
    const file = (labour: string, phone: string) => csv([[...member('PC1', '俞待批', a, '户主', { 劳动技能: labour }), phone]], [...titles, '联系电话']);
    await apply((await upload(file('普通劳动力', '13900000031'), { asOf: '2026-03-31' })).id);
    const [found] = await find('俞待批');
    const { members } = await household(found!.id);
    const propose = async (change: object) => (await officer.call(spec.proposeChange, { body: { householdId: found!.id, effectiveOn: '2026-04-15', reason: '核实', change: change as never } })).body.id;
    const contested = await propose({ kind: 'household-contact', phone: '13900000032' });
    const untouched = await propose({ kind: 'person-facts', personId: members[0]!.personId, education: 'junior' });
    await apply((await upload(file('普通劳动力', '13900000033'), { asOf: '2026-04-30' })).id);
    expect(await approveChange(world, contested)).toBe('conflict');
    expect((await household(found!.id)).phoneMasked).toBe('****0033');
    const [field] = (await officer.call(spec.getChangeRequest, { params: { id: contested } })).body.fields;
    expect([field?.before?.slice(-4), field?.after?.slice(-4), field?.meanwhile?.slice(-4)]).toEqual(['0031', '0032', '0033']);
    expect(await approveChange(world, untouched)).toBe('applied');
    expect((await officer.call(spec.answerChange, { params: { id: contested }, body: { action: 'rebase', reason: '本人确认新号码' } })).body.state).toBe('proposed');
    expect(await approveChange(world, contested)).toBe('applied');
    expect((await household(found!.id)).phoneMasked).toBe('****0032');
  });

  it('writes what checking kept, from the file again when that is lost, and keeps nothing afterwards', async () => {
    const [id, other] = [idNumber(), idNumber()];
    const checked = await upload(csv([member('KD1', '施一', id, '户主', { 备注: '低洼\\地带' }), member('KD1', '施二', other, '子女')]));
    const kept = await openDrafts(checked.id);
    const first = await kept!.drafts.next();
    expect(first.value).toMatchObject({ number: 'KD1', headName: '施一', firstRow: 2, persons: [{ row: 2, name: '施一', idNumber: id, unmapped: { 备注: '低洼\\地带' } }, { row: 3, name: '施二', idNumber: other }] });
    expect(first.value!.hash).toHaveLength(16);
    await kept!.drafts.return(undefined);
    expect((await apply(checked.id)).view).toMatchObject({ state: 'applied', counts: { newPersons: 2 } });
    expect(await openDrafts(checked.id)).toBeUndefined();
    const next = await upload(csv([member('KD2', '施三', idNumber())]));
    await removeDrafts(next.id);
    expect((await apply(next.id)).view).toMatchObject({ state: 'applied', counts: { newPersons: 1 } });
    expect((await household((await find('KD1'))[0]!.id)).members).toHaveLength(2);
    expect(await find('KD2')).toHaveLength(1);
  });

  it('undoes what nobody touched and lists what somebody changed since', async () => {
    const checked = await upload(csv([member('U1', '许一', idNumber()), member('U2', '何二', idNumber())]));
    await apply(checked.id);
    const touched = (await find('U1'))[0]!.id;
    await changeRegistry(world, officer, { householdId: touched, effectiveOn: '2026-05-01', reason: '入户核实', change: { kind: 'household-status', status: 'marginal' } });
    await undo(checked.id);
    expect(await find('U1')).toHaveLength(1);
    expect(await find('U2')).toEqual([]);
    expect((await withoutMissing(checked.id)).map(([, , code]) => code)).toEqual(['undo-blocked']);
  });

  it('does not bring back who left by an approved change into another household', async () => {
    const [father, son] = [idNumber(), idNumber('19900101', 2)];
    await apply((await upload(csv([member('SP1', '时父', father), member('SP1', '时子', son, '之子')]))).id);
    const { id } = (await find('SP1'))[0]!;
    const personId = (await household(id)).members.find(({ name }) => name === '时子')!.personId;
    await changeRegistry(world, officer, { householdId: id, effectiveOn: today(), change: { kind: 'split', number: 'SP1-2', members: [{ personId, relation: '01' }] } });
    await apply((await upload(csv([member('SP1', '时父', father, '户主', { 健康状况: '长期慢性病' }), member('SP1', '时子', son, '之子')]), { asOf: today() })).id);
    expect((await household(id)).members.map(({ name, health }) => [name, health?.[0]?.code])).toEqual([['时父', 'chronic']]);
    expect((await household((await find('SP1-2'))[0]!.id)).members.map(({ personId: own }) => own)).toEqual([personId]);
  });

  it('keeps rows of the other national sheets with the household they are about, once', async () => {
    const id = idNumber();
    await apply((await upload(csv([member('A1', '吕一', id)]))).id);
    const work = csv([[...village, 'A1', id, '是', '昆山市', '5200']], ['县', '乡', '行政村', '户编号', '证件号码', '是否已务工', '务工所在县', '务工月收入']);
    const checked = await upload(work);
    expect(checked).toMatchObject({ template: expect.stringContaining('务工'), counts: { changedHouseholds: 1, problemRows: 0 } });
    await apply(checked.id);
    const stored = await household((await find('A1'))[0]!.id);
    expect(stored.sourceRows[0]!.unmapped).toMatchObject({ 务工月收入: '5200', 证件号码: '[隐去]' });
    expect((await upload(work)).counts).toMatchObject({ changedHouseholds: 0, unchangedHouseholds: 1 });
  });
});

describe('taking data out to enter it nowhere twice', () => {
  const exportOf = (numbers: 'whole' | 'masked') => officer.call(spec.exportHouseholds, { query: { purpose: '回填上级系统', regionCode: '320826101201', numbers } });

  it('gives whole numbers as text cells to those who may unmask; the file coming back changes nothing until somebody changes a household', async () => {
    const [first, second] = [idNumber(), idNumber('19850505', 2)];
    const checked = await upload(csv([member('X1', '金一', first), member('X1', '金二', second, '配偶', { 备注: '=特别' }), member('X2', '金三', '', '户主', { 健康状况: '长期慢性病', 享受低保政策情况: '是' })]));
    await apply(checked.id);
    const exported = await exportOf('whole');
    expect(exported.headers['content-type']).toContain('spreadsheetml');
    const [sheet] = (await readXlsx(exported.raw)).sheets;
    expect(sheet!.rows.flat()).toEqual(expect.arrayContaining([first, second]));
    expect(sheet!.rows.flat().filter((cell) => cell !== null && typeof cell !== 'string')).toEqual([]);
    const again = await upload(exported.raw, { asOf: today(), name: 'households.xlsx' });
    const households = new Set(sheet!.rows.slice(1).map((row) => row[4])).size;
    expect(again).toMatchObject({ state: 'checked', counts: { problemRows: 0, newHouseholds: 0, changedHouseholds: 0, unchangedHouseholds: households, newPersons: 0, changedPersons: 0 } });
    expect((await apply(again.id)).view.counts).toMatchObject({ changedHouseholds: 0, unchangedHouseholds: households });
    const [item] = await find('X2');
    await changeRegistry(world, officer, { householdId: item!.id, effectiveOn: '2026-04-01', reason: '家中失火', change: { kind: 'household-status', status: 'sudden' } });
    expect((await upload(exported.raw, { asOf: today(), name: 'households.xlsx' })).counts).toMatchObject({ changedHouseholds: 1, unchangedHouseholds: households - 1 });
  });

  it('hides an identity number that stands in an address, and warns about it', async () => {
    const stray = idNumber();
    const checked = await upload(csv([[...member('Z1', '金四', idNumber()), `高西村3组户主${stray}`]], [...titles, '家庭住址']));
    expect((await problems(checked.id)).map(([, column, code]) => [column, code])).toContainEqual(['家庭住址', 'personal-number']);
    await apply(checked.id);
    const { id } = (await find('Z1'))[0]!;
    await changeRegistry(world, officer, { householdId: id, effectiveOn: today(), reason: `与${stray}合户`, change: { kind: 'household-status', status: 'sudden' } });
    expect((await household(id)).address).toBe('高西村3组户主[隐去]');
    const everything = [await household(id), (await officer.call(spec.listHouseholdHistory, { params: { id } })).body, (await exportOf('masked')).text];
    expect(JSON.stringify(everything)).not.toContain(stray);
  });

  it('refuses a masked export coming back: no mask becomes a number, a phone or a name', async () => {
    const masked = await upload(Buffer.from((await exportOf('masked')).text, 'utf8'), { asOf: today(), name: 'households.csv' });
    expect(masked.state).toBe('checked');
    expect((await problems(masked.id)).filter(([, , code]) => code === 'masked-value').length).toBeGreaterThan(0);
    const before = await household((await find('X1'))[0]!.id);
    await apply(masked.id);
    expect(await household((await find('X1'))[0]!.id)).toMatchObject({ members: before.members, accountMasked: before.accountMasked, phoneMasked: before.phoneMasked });
  });
});

describe('what must not be lost or hang', () => {
  it('does not take away a household that a finding or another sheet is about', async () => {
    const checked = await upload(csv([member('F1', '何一', idNumber()), member('F2', '何二', idNumber()), member('F3', '何三', idNumber())]));
    await apply(checked.id);
    const [first] = await find('F1');
    registerHouseholdReferences(async (ids) => ids.filter((id) => id === first!.id));
    const work = await upload(Buffer.from([['县', '乡', '行政村', '户编号', '证件号码', '是否已务工'], [...village, 'F2', idNumber(), '是']].map((row) => row.join(',')).join('\n')));
    await apply(work.id);
    const undone = await undo(checked.id);
    expect(undone.state).toBe('undone');
    expect((await problems(checked.id)).filter(([, , code]) => code === 'undo-blocked')).toHaveLength(2);
    expect((await Promise.all(['F1', 'F2', 'F3'].map(find))).map((found) => found.length)).toEqual([1, 1, 0]);
  });

  it('forgets what was checked and never written, after its term and not before', async () => {
    const [old, young] = [await upload(csv([member('V1', '吕二', idNumber())])), await upload(csv([member('V2', '吕三', idNumber())]))];
    const owner = new pg.Client({ connectionString: world.test.superuserUrl });
    await owner.connect();
    await owner.query(`UPDATE households.import_batch SET created_at = now() - CASE id WHEN $1 THEN interval '31 days' ELSE interval '29 days' END WHERE id IN ($1, $2)`, [old.id, young.id]);
    const { rows } = await owner.query<{ file_id: string }>('SELECT file_id FROM households.import_batch WHERE id = $1', [old.id]);
    await owner.end();
    await keepHouse();
    expect(await view(old.id)).toMatchObject({ state: 'cancelled', failure: expect.stringContaining('保存期') as string });
    expect(await openDrafts(old.id)).toBeUndefined();
    await expect(extractStoredFile(rows[0]!.file_id, '/dev/null')).rejects.toThrow();
    expect((await officer.call(spec.mapImport, { params: { id: old.id }, body: { columns: { 备注: null } } })).status).toBe(409);
    expect((await view(young.id)).state).toBe('checked');
    const drafts = await openDrafts(young.id);
    expect(drafts).toBeDefined();
    await drafts!.drafts.return(undefined);
  });

  it('ends what a dead process left open, and nothing that somebody works on', async () => {
    const owner = new pg.Client({ connectionString: world.test.superuserUrl });
    await owner.connect();
    const sent = await officer.upload('/api/household-imports', { name: 'a.csv', content: csv([member('L1', '吕一', idNumber())]) }, { asOf: '2026-03-31' });
    await owner.query(`UPDATE platform.task SET state = 'running', created_at = now() - interval '1 hour' WHERE id = $1`, [sent.body.taskId]);
    await endAbandonedTasks();
    expect((await view(sent.body.id)).state).toBe('checking');
    await owner.query(`UPDATE jobs.job SET state = 'failed' WHERE data ->> 'taskId' = $1`, [sent.body.taskId]);
    await owner.end();
    await withExclusiveLock(jobLock('household-import-check', sent.body.id), endAbandonedTasks);
    expect((await view(sent.body.id)).state).toBe('checking');
    await endAbandonedTasks();
    expect(await view(sent.body.id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('处理中断') });
  });
});

describe('who may not', () => {
  it('lets nobody without the duty import, look or export, and nobody of another county see', async () => {
    const checked = await upload(csv([member('P1', '=SUM(A1)', idNumber())]));
    await apply(checked.id);
    const clerk = await world.user(['village-clerk'], '320826101201');
    expect((await clerk.upload('/api/household-imports', { name: 'a.csv', content: csv([]) }, { asOf: '2026-03-31' })).status).toBe(403);
    expect((await clerk.call(spec.applyImport, { params: { id: checked.id }, body: { mode: 'good-rows' } })).status).toBe(403);
    expect((await clerk.call(spec.exportHouseholds, { query: { purpose: '核对名册' } })).status).toBe(403);
    const elsewhere = await world.user(['county-officer'], '320830000000');
    expect((await elsewhere.call(spec.getImport, { params: { id: checked.id } })).status).toBe(404);
    expect((await elsewhere.call(spec.undoImport, { params: { id: checked.id }, body: { reason: '试试' } })).status).toBe(404);
    const exported = await officer.call(spec.exportHouseholds, { query: { purpose: '核对名册' } });
    expect(exported.status).toBe(200);
    expect(exported.text).toMatch(/^\uFEFF县,乡,村,村代码,户编号/u);
    expect(exported.text).toContain("P1,'=SUM(A1)");
    expect(exported.text).not.toMatch(/\d{17}[\dX]/u);
  });
});
