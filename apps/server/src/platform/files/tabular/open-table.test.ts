import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { parseIdCardNumber } from '@sunlit/kernel';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGb18030 } from '#testing/encode-gb18030.ts';
import type { SourceRow } from './read-delimited.ts';
import { openTable, type OpenTableOptions } from './open-table.ts';

let workFolder: string;
beforeAll(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'sunlit-tabular-'));
});
afterAll(() => rm(workFolder, { recursive: true, force: true }));

async function read(content: Uint8Array | string, options: Partial<OpenTableOptions> = {}) {
  const path = join(workFolder, `file-${Math.random()}`);
  await writeFile(path, content);
  const table = await openTable({ path, fileName: '数据.xls' }, { workFolder, ...options });
  const rows: SourceRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  await table.close();
  return { ...table, titles: table.columns.map(({ title }) => title), cells: rows.map(({ cells }) => cells), rowNumbers: rows.map(({ rowNumber }) => rowNumber) };
}

/** A zip archive, written by hand so that its flags can be wrong. */
function zip(files: Record<string, Buffer>, flags = 0x800): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content, { level: 9 });
    const nameBytes = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(flags, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, nameBytes, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), facts, place, nameBytes]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}

const csv = '姓名,身份证号,金额\r\n𠮷田,11010519491231002X,"1,200.50"\r\n\r\n李四,110105194912310038,3\r\n合计,,1203.5\r\n填表人：王五,,\r\n';
const expected = [
  ['𠮷田', '11010519491231002X', '1,200.50'],
  ['李四', '110105194912310038', '3'],
];

describe('text files', () => {
  it.each([['\r\n'], ['\n'], ['\r']])('counts the lines of a long file ending in %j, also after the first quoted cell', async (ending) => {
    const line = (row: number): string => `名${row},11010519491231002X,${row === 45_000 ? '"1,200.50"' : row}`;
    const lines = Array.from({ length: 50_000 }, (_, index) => line(index + 2));
    const table = await read(['姓名,身份证号,金额', ...lines, ''].join(ending));
    expect(table.cells).toHaveLength(50_000);
    expect(table.rowNumbers).toEqual(lines.map((_, index) => index + 2));
    expect(table.cells[44_998]).toEqual(['名45000', '11010519491231002X', '1,200.50']);
    expect(table.cells.at(-1)).toEqual(['名50001', '11010519491231002X', '50001']);
  });

  it.each([
    ['GB18030', encodeGb18030(csv), 'gb18030'],
    ['UTF-8', Buffer.from(csv), 'utf-8'],
    ['UTF-8 with mark', Buffer.from(`\uFEFF${csv}`), 'utf-8'],
    ['UTF-16', Buffer.from(`\uFEFF${csv}`, 'utf16le'), 'utf-16le'],
    ['tabs', Buffer.from(csv.replaceAll(',', '\t').replace('"1\t200.50"', '"1,200.50"')), 'utf-8'],
  ])('reads %s', async (_, content, encoding) => {
    const table = await read(content);
    expect(table).toMatchObject({ format: 'delimited', encoding, titles: ['姓名', '身份证号', '金额'], cells: expected });
    expect(table.rowNumbers).toEqual([2, 4]);
  });

  it('reads GB18030 that begins with a megabyte of ASCII', async () => {
    const ascii = `1,${'x'.repeat(1000)}\n`.repeat(5000);
    const table = await read(Buffer.concat([Buffer.from(`id,name\n${ascii}`), encodeGb18030('1,张三\n')]));
    expect(table.encoding).toBe('gb18030');
    expect(table.cells.at(-1)).toEqual(['1', '张三']);
  });

  it('reads JSON Lines without losing digits', async () => {
    const table = await read('{"姓名":"张三","身份证号":110105194912310038}\n{"姓名":"李四","电话":"1"}\n');
    expect(table).toMatchObject({ titles: ['姓名', '身份证号', '电话'], cells: [['张三', '110105194912310038'], ['李四', '', '1']].map((row) => [...row, ''].slice(0, 3)) });
  });

  it('reads the one table in a zip', async () => {
    const table = await read(zip({ '车辆/车辆.csv': encodeGb18030(csv), '__MACOSX/._车辆.csv': Buffer.from('x') }));
    expect(table).toMatchObject({ fileName: '车辆.csv', cells: expected });
  });
});

describe('workbooks', () => {
  it('reads the national export: names in row 3, repeated columns', async () => {
    const rows = [['监测对象信息'], ['导出时间：2026-03-01'], ['县', '乡', '村', '户编号', '姓名', '户编号'], ['涟水县', '朱码镇', '王庄', '001', '张三', '001']];
    const file = await writeXlsx({ sheets: [{ name: '监测对象信息', rows, merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 5 }, { startRow: 1, startCol: 0, endRow: 1, endCol: 5 }] }] });
    const table = await read(file);
    expect(table).toMatchObject({ format: 'workbook', sheetName: '监测对象信息', titles: ['县', '乡', '村', '户编号', '姓名', '户编号_2'], rowNumbers: [4] });
  });

  it('finds the names below a unit and a date of export that are merged over the whole width', async () => {
    const rows = [['监测对象信息'], ['单位：元', '导出时间 2026-03-01'], ['县', '乡', '村', '户编号', '姓名', '证件号码'], ['涟水县', '朱码镇', '王庄', '001', '张三', '1'], ['总计：', '', '', '1']];
    const merge = (row: number, startCol: number) => ({ startRow: row, startCol, endRow: row, endCol: 5 });
    const table = await read(await writeXlsx({ sheets: [{ name: 'sheet0', rows, merges: [merge(0, 0), merge(1, 1)] }] }));
    expect(table).toMatchObject({ titles: ['县', '乡', '村', '户编号', '姓名', '证件号码'], rowNumbers: [4] });
  });

  it('joins two-line headers, fills merged cells and shows lost digits', async () => {
    const rows = [
      ['某县低保家庭花名册'],
      ['户编号', '基本信息', null, null, '收入', null],
      [null, '姓名', '身份证号', '出生日期', '工资性收入', '转移性收入'],
      ['1', '2', '3', '4', '5', '6'],
      ['001', '张三', 320811199001011234, new Date(Date.UTC(1990, 0, 1)), 1200.5, null],
      [null, '李四', '320811199001011234', '1990-01-01', 3, 4],
      ['合计', null, null, null, 1203.5, 4],
    ];
    const merges = [
      { startRow: 0, startCol: 0, endRow: 0, endCol: 5 },
      { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
      { startRow: 1, startCol: 1, endRow: 1, endCol: 3 },
      { startRow: 1, startCol: 4, endRow: 1, endCol: 5 },
      { startRow: 4, startCol: 0, endRow: 5, endCol: 0 },
    ];
    for (const withMerges of [merges, []]) {
      const cells = new Map([['4,3', { style: { numFmt: 'yyyy-mm-dd' } }]]);
      const table = await read(await writeXlsx({ sheets: [{ name: 'Sheet1', rows, merges: withMerges, cells }] }));
      expect(table.titles).toEqual(['户编号', '基本信息 / 姓名', '基本信息 / 身份证号', '基本信息 / 出生日期', '收入 / 工资性收入', '收入 / 转移性收入']);
      expect(table.cells[0]).toEqual(['001', '张三', '3.20811199001011e+17', '1990-01-01', '1200.5', '']);
      expect(table.cells[1]![0]).toBe(withMerges.length > 0 ? '001' : '');
      expect(table.cells).toHaveLength(2);
      expect(parseIdCardNumber(table.cells[0]![2]!)).toEqual({ ok: false, problem: 'lost-digits' });
    }
  });

  it('joins three lines, and a name of one column that the line below says more closely', async () => {
    const names = ['县', '乡', '户编号', '姓名', '证件号码', '是否参保'];
    const rows = [
      ['基本情况', null, null, null, null, '保障'],
      ['所在地', null, '户编号', '成员', null, '医保'],
      ['县', '乡', null, '姓名', '证件号码', '是否参保'],
      ['涟水县', '朱码镇', '001', '张三', '11010519491231002X', '是'],
    ];
    const merges = [
      { startRow: 0, startCol: 0, endRow: 0, endCol: 4 },
      { startRow: 1, startCol: 0, endRow: 1, endCol: 1 },
      { startRow: 1, startCol: 2, endRow: 2, endCol: 2 },
      { startRow: 1, startCol: 3, endRow: 1, endCol: 4 },
    ];
    for (const withMerges of [merges, []]) {
      const table = await read(await writeXlsx({ sheets: [{ name: 'Sheet1', rows, merges: withMerges }] }));
      expect(table.titles.map((title) => title.split(' / ').at(-1))).toEqual(names);
      expect(table.titles[0]).toBe(withMerges.length > 0 ? '基本情况 / 所在地 / 县' : '所在地 / 县');
      expect(table.cells).toEqual([rows[3]]);
    }
    const two = await read(await writeXlsx({ sheets: [{ name: 'S', rows: rows.slice(1) }] }));
    expect(two.titles).toEqual(['所在地 / 县', '所在地 / 乡', '户编号', '成员 / 姓名', '成员 / 证件号码', '医保 / 是否参保']);
  });

  it('does not take a row of words for a second line of names', async () => {
    expect(await read('姓名,性别,关系,备注,\n张三,男,户主,\n李四,女,配偶,新增,x\n')).toMatchObject({ cells: [['张三', '男', '户主', ''], ['李四', '女', '配偶', '新增']] });
  });

  it('leaves hidden sheets alone while there is another', async () => {
    const sheet = (name: string, person: string, hidden: boolean) => ({ name, rows: [['姓名', '性别'], [person, '男']], ...(hidden ? { hidden } : {}) });
    expect(await read(await writeXlsx({ sheets: [sheet('去年', '张旧', true), sheet('今年', '张三', false)] }), { fit: () => 2 })).toMatchObject({ sheetName: '今年', cells: [['张三', '男']] });
  });

  it('takes the sheet that is asked for, else the first with a header', async () => {
    const file = await writeXlsx({ sheets: [{ name: '封面', rows: [] }, { name: '数据', rows: [['姓名', '性别'], ['张三', '男']] }] });
    expect(await read(file)).toMatchObject({ sheetName: '数据', sheetNames: ['封面', '数据'], cells: [['张三', '男']] });
    const behind = await writeXlsx({ sheets: [{ name: '填表说明', rows: [['请按实际情况填写', '不要合并单元格'], ['一', '二']] }, { name: '数据', rows: [['姓名', '性别'], ['张三', '男']] }] });
    expect(await read(behind)).toMatchObject({ sheetName: '填表说明' });
    expect(await read(behind, { fit: (columns) => columns.filter(({ title }) => title === '姓名').length })).toMatchObject({ sheetName: '数据', cells: [['张三', '男']] });
    await expect(read(file, { sheetName: '别的' })).rejects.toMatchObject({ code: 'sheet-missing' });
  });
});

describe('what is refused, with the reason', () => {
  it.each([
    ['old-spreadsheet', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])],
    ['encrypted', zip({ 'a.csv': Buffer.from(csv) }, 0x801)],
    ['archive-format', Buffer.from('Rar!\x1a\x07\x00')],
    ['archive-several-files', zip({ 'a.csv': Buffer.from(csv), 'b.csv': Buffer.from(csv) })],
    ['web-page', Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>')],
    ['unsupported', Buffer.from('%PDF-1.7')],
    ['damaged', zip({ 'a.csv': Buffer.from(csv) }).subarray(0, 90)],
    ['empty', Buffer.alloc(0)],
    ['empty', Buffer.from('\n\n')],
    ['no-header', Buffer.from('1,2,3\n4,5,6\n')],
  ])('%s', async (code, content) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'TabularFileError', code });
  });

  it('an encrypted workbook', async () => {
    const file = await writeXlsx({ sheets: [{ name: 'S', rows: [['姓名'], ['张三']] }], encryption: { password: 'x', spinCount: 1000 } });
    await expect(read(file)).rejects.toMatchObject({ code: 'encrypted' });
  });

  it('a bomb, before it is unpacked', async () => {
    const bomb = zip({ 'a.csv': Buffer.alloc(150 * 1024 ** 2, '0') });
    await expect(read(bomb)).rejects.toMatchObject({ code: 'too-large' });
    await expect(read(zip({ 'a.csv': Buffer.from(csv) }), { maximumUnpackedBytes: 10 })).rejects.toMatchObject({ code: 'too-large' });
  });
});

it('keeps to UTF-8 when a few characters of it are broken, so that their rows can be named', async () => {
  const whole = Buffer.from('姓名,性别,村\n张三,男,王庄\n李四,女,王庄\n');
  const at = whole.indexOf('李四');
  const table = await read(Buffer.concat([whole.subarray(0, at + 2), whole.subarray(at + 3)]));
  expect(table).toMatchObject({ encoding: 'utf-8', titles: ['姓名', '性别', '村'], cells: [['张三', '男', '王庄'], ['\uFFFD四', '女', '王庄']] });
  expect(await read(whole.subarray(0, -3))).toMatchObject({ encoding: 'utf-8', titles: ['姓名', '性别', '村'] });
});

it('reads UTF-16 with and without a byte-order mark', async () => {
  const little = Buffer.from(csv, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const [content, encoding] of [[Buffer.concat([Buffer.from([0xff, 0xfe]), little]), 'utf-16le'], [little, 'utf-16le'], [Buffer.concat([Buffer.from([0xfe, 0xff]), big]), 'utf-16be'], [big, 'utf-16be']] as const) {
    const table = await read(content);
    expect(table).toMatchObject({ encoding, titles: ['姓名', '身份证号', '金额'], cells: [['𠮷田', '11010519491231002X', '1,200.50'], ['李四', '110105194912310038', '3']] });
  }
  await expect(read(Buffer.from([1, 0, 2, 0, 0, 0, 65, 0]))).rejects.toMatchObject({ code: 'unsupported' });
});

it.each(['合计：2户，2人', '备注：数据截至 2025 年底', '合计,2人,3元,2户'])('leaves out a closing line of any length: %s', async (line) => {
  expect((await read(`姓名,身份证号,金额,备注,说明\n张三,110105194912310038,3,,\n${line}\n`)).cells).toHaveLength(1);
});

it('refuses a workbook with formulas that nobody calculated, and takes calculated ones', async () => {
  const cell = (reference: string, formula: string, result: number | null) => [reference, { formula, ...(result === null ? {} : { formulaResult: result }) }] as const;
  const book = (result: number | null) => writeXlsx({ sheets: [{ name: '表', rows: [['姓名', '金额'], ['张三', 3]], cells: new Map([cell('2,1', 'SUM(B2)', result), cell('2,0', '"李"&"四"', 1)]) }] });
  expect((await read(await book(3))).cells).toEqual([['张三', '3'], ['1', '3']]);
  await expect(read(await book(null))).rejects.toMatchObject({ code: 'formula-without-value' });
});

it('keeps the place of a broken line of JSON, and refuses a file of nothing else', async () => {
  const lines = ['{"姓名":"张三","金额":1}', '{"姓名":"李', '{"姓名":"王五","金额":2}'];
  expect(await read(lines.join('\n'))).toMatchObject({ rowNumbers: [1, 2, 3], cells: [['张三', '1'], ['\uFFFD?', '\uFFFD?'], ['王五', '2']] });
  await expect(read('{"姓名":"李\n{"')).rejects.toMatchObject({ code: 'damaged' });
});
