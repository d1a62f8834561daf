import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idCardCheckCharacter, newId, parseIdCardNumber } from '@sunlit/kernel';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packUuids, Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { encodeGb18030 } from '#testing/encode-gb18030.ts';
import { loadDatasetKinds, snapshotTableOf } from '../dataset-kinds/load-dataset-kinds.ts';
import { withDuckDb } from '../duckdb/with-duckdb.ts';
import { sqlText } from '../duckdb/sql-text.ts';
import { checkIdNumber } from './id-number-check.ts';
import { intakeFile, type IntakeRequest } from './intake-file.ts';
import { judgeDelivery } from './judge-delivery.ts';
import { mapColumns, recogniseKind } from './map-columns.ts';

const kinds = await loadDatasetKinds(new URL('../../../../../regions/_base/dataset-kinds', import.meta.url).pathname);
const pseudonymiser = new Pseudonymiser(Buffer.alloc(32, 7));
const idNumber = (serial: number): string => {
  const first17 = `9999991990${String((serial % 12) + 1).padStart(2, '0')}11${String(serial % 1000).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
};

let workFolder: string;
beforeAll(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'sunlit-intake-'));
});
afterAll(() => rm(workFolder, { recursive: true, force: true }));

async function intake(kindCode: string, content: Uint8Array | string, known: readonly string[], options: Partial<IntakeRequest> = {}) {
  const path = join(workFolder, `${newId()}.csv`);
  await writeFile(path, content);
  const parquetPath = `${path}.parquet`;
  const knownPersonKeys = packUuids(known.map((id) => pseudonymiser.ofIdNumber(id)));
  const kind = kinds.get(kindCode)!;
  const result = await intakeFile({ path, fileName: '数据.csv', kind, deliveryId: newId(), pseudonymiser, knownPersonKeys, workFolder, parquetPath, ...options });
  const rows = await withDuckDb({ workFolder }, async (connection) => {
    const read = await connection.runAndReadAll(`SELECT * EXCLUDE (delivery_id) FROM ${sqlText(parquetPath)} ORDER BY source_row`);
    return read.getRowObjectsJson();
  });
  return { ...result, rows, parquetPath };
}

const header = '身份证号,所有人,号牌种类,车辆类型,品牌型号,初次登记日期,购置价（元）,机动车状态';

describe('intakeFile', () => {
  it('takes 万元 from the name of the column, unless the cell names its own unit', async () => {
    const people = [1, 2, 3].map(idNumber);
    const content = [header.replace('购置价（元）', '购置价（万元）'), ...['12.5', '80000元', '3万'].map((price, index) => `${people[index]},张三,,小型轿车,吉利,2019-01-01,${price},正常`)].join('\n');
    expect((await intake('vehicle', content, people)).rows.map((row) => row['value_fen'])).toEqual(['12500000', '8000000', '3000000']);
  });

  it('refuses a file with a quote that never ends, without repeating a line of it', async () => {
    const lines = Array.from({ length: 20_000 }, (_, serial) => `${serial === 9000 ? '"' : ''}${idNumber(serial % 900)},张三,,小型轿车,大众朗逸,2020-03-05,120000,正常`);
    const refused = await intake('vehicle', [header, ...lines].join('\n'), []).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'damaged' });
    expect(String((refused as Error).stack)).not.toContain('张三');
  });

  it('never loses rows to a line that is no row: at the end, in the middle, in any encoding', async () => {
    const line = (serial: number) => `${idNumber(serial)},张三,,小型轿车,大众朗逸,2020-03-05,120000,正常`;
    const people = Array.from({ length: 30 }, (_, serial) => idNumber(serial));
    const good = people.map((_, serial) => line(serial));
    const long = `${idNumber(1)},${'张'.repeat(2_500_000)},,小型轿车,大众朗逸,2020-03-05,120000,正常`;
    for (const rows of [[...good, long], [...good.slice(0, 5), long, ...good.slice(5)]]) {
      for (const encode of [(text: string) => Buffer.from(text), encodeGb18030]) {
        await expect(intake('vehicle', encode([header, ...rows].join('\n')), people)).rejects.toMatchObject({ code: 'line-too-long' });
      }
    }
    const open = await intake('vehicle', [header, ...good.slice(0, 25), `"${good[25]}`, ...good.slice(26)].join('\n'), people).catch((error: unknown) => error as { code: string });
    expect('code' in open ? open.code : open.report.rows).toBe('damaged');
    const carriage = await intake('vehicle', [header, ...good].join('\r'), people);
    expect(carriage.report).toMatchObject({ rows: 30, kept: 30 });
  });

  it('keeps no identity number that stands inside a text, and says where one stood', async () => {
    const people = [1, 2, 3, 4].map(idNumber);
    const models = [`大众 车主${people[0]}`, '五菱　９９９９９９１９９００２１１００２Ｘ', '订单20250101000000001234', '吉利'];
    const result = await intake('vehicle', [header, ...models.map((model, index) => `${people[index]},张三,,小型轿车,${model},2019-01-01,1,正常`)].join('\n'), people);
    expect(result.rows.map((row) => row['model'])).toEqual(['大众 车主[隐去]', '五菱 [隐去]', '订单20250101000000001234', '吉利']);
    expect(JSON.stringify(result.rows)).not.toMatch(/9999991990|１９９０/u);
    expect(result.report.problemCounts).toEqual([{ field: 'model', code: 'personal-number', count: 2 }]);
    expect(result.report).toMatchObject({ accepted: 4, kept: 4 });
  });

  it('takes a GB18030 vehicle file with the usual mess', async () => {
    const [one, two, stranger] = [idNumber(1), idNumber(2), idNumber(3)];
    const content = [
      '机动车登记信息,,,,,,,',
      header,
      `${one},张三,小型汽车,小型轿车,大众朗逸,2020-03-05,"120,000.50",正常`,
      `${two.toLowerCase()}\t,李 四,,ＳＵＶ,比亚迪,2021/3/5,80000,正常`,
      `${stranger},王五,,轿车,吉利,2019-01-01,50000,正常`,
      `1.23E+17,赵六,,轿车,吉利,2019-01-01,50000,正常`,
      `${one.slice(0, 17)}${one[17] === '1' ? '2' : '1'},赵六,,轿车,吉利,2019-01-01,50000,正常`,
      `${one},张三,,房车,五菱,20200101,,正常`,
      `${one},张三,,轿车,五菱,2020-02-30,3,正常`,
      '合计,,,,,,250000,',
    ].join('\r\n');
    const { report, rows, mapping, encoding } = await intake('vehicle', encodeGb18030(content), [one, two]);
    expect(encoding).toBe('gb18030');
    expect(mapping.missing).toEqual([]);
    const owner_key = pseudonymiser.ofIdNumber(one);
    expect(rows).toEqual([
      { source_row: '3', owner_key, owner_name_key: pseudonymiser.ofName('张三'), plate_type: '小型汽车', vehicle_class: 'car', model: '大众朗逸', use_nature: null, registered_on: '2020-03-05', value_fen: '12000050', state: 'normal' },
      { source_row: '4', owner_key: pseudonymiser.ofIdNumber(two), owner_name_key: pseudonymiser.ofName('李四'), plate_type: null, vehicle_class: 'car', model: '比亚迪', use_nature: null, registered_on: '2021-03-05', value_fen: '8000000', state: 'normal' },
      { source_row: '8', owner_key, owner_name_key: pseudonymiser.ofName('张三'), plate_type: null, vehicle_class: 'other', model: '五菱', use_nature: null, registered_on: '2020-01-01', value_fen: null, state: 'normal' },
    ]);
    expect(report).toMatchObject({ rows: 7, accepted: 4, rejected: 3, kept: 3, duplicates: 0, matchRate: 0.75 });
    expect(report.problems.map(({ row, field, code }) => [row, field, code])).toEqual([
      [6, 'owner_id_number', 'lost-digits'],
      [7, 'owner_id_number', 'checksum'],
      [8, 'vehicle_class', 'unknown-code'],
      [9, 'registered_on', 'impossible'],
    ]);
    expect(JSON.stringify(report)).not.toMatch(/999999|张三/u);
  });

  it('takes a workbook, keeps its row numbers and the rows about strangers where a rule needs them', async () => {
    const rows = [
      ['惠民惠农补贴发放明细'],
      ['身份证号', '姓名', '补贴项目', '补贴月份', '发放日期', '发放金额', '银行账号', '开户名', '发放状态'],
      [idNumber(1), '张三', '农村低保', '202603', '2026年3月5日', 560.1, '6228480000000000001', '张三', '成功'],
      [idNumber(2), '李四', '农村低保', '2026-03', '2026-03-05', 560, 6228480000000000001, '张三', '成功'],
    ];
    const result = await intake('payout', await writeXlsx({ sheets: [{ name: '发放', rows }] }), []);
    expect(result).toMatchObject({ format: 'workbook', sheetName: '发放' });
    expect(result.rows).toMatchObject([
      { source_row: '3', programme_code: 'subsistence-rural', pay_month: '2026-03', paid_on: '2026-03-05', amount_fen: '56010', account_key: pseudonymiser.ofAccount('6228480000000000001'), account_holder_key: pseudonymiser.ofName('张三') },
    ]);
    expect(result.report.problems).toEqual([{ row: 4, field: 'account_number', code: 'lost-digits', sample: expect.any(String) as string }]);
  });

  it('gives every row of a large file the pseudonym of its own number', async () => {
    const people = Array.from({ length: 30_000 }, (_, index) => {
      const first17 = `99999919${String(50 + (index % 50))}0${(index % 9) + 1}1${index % 10}${String(Math.floor(index / 50) % 1000).padStart(3, '0')}`;
      return first17 + idCardCheckCharacter(first17);
    });
    const lines = people.map((id, index) => `${id},张三${index},小型汽车,轿车,${id.slice(0, 9)}号${id.slice(9)},2020-03-05,${index},正常`);
    const { rows, report } = await intake('vehicle', `${header}\n${lines.join('\n')}\n`, people);
    expect(report).toMatchObject({ rows: 30_000, kept: 30_000, rejected: 0, matchRate: 1 });
    expect(rows.every((row) => row['owner_key'] === pseudonymiser.ofIdNumber(String(row['model']).replace('号', '')))).toBe(true);
    expect(rows[777]).toMatchObject({ source_row: '779', owner_name_key: pseudonymiser.ofName('张三777'), value_fen: '77700' });
  });

  it('writes exactly the columns that rules read, for every kind', async () => {
    for (const kind of kinds.values()) {
      const sample: Record<string, string> = { idNumber: idNumber(1), personName: '张三', bankAccount: '6228480000000000', creditCode: '91350100M000100Y43', text: '甲', month: '2026-01', date: '2026-01-01', money: '1', integer: '2', decimal: '1.5', flag: '是' };
      const cells = kind.fields.map((field) => (field.values ? Object.values(field.values)[0]![0]! : sample[field.type]!));
      const { parquetPath, report } = await intake(kind.code, `${kind.fields.map(({ titles }) => titles[0]).join(',')}\n${cells.join(',')}\n`, [idNumber(1)]);
      expect(report, kind.code).toMatchObject({ kept: 1, problems: [] });
      const columns = await withDuckDb({ workFolder }, async (connection) =>
        (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${sqlText(parquetPath)}`)).getRows().map(([name, type]) => [name, type]),
      );
      expect(columns).toEqual(Object.entries(snapshotTableOf(kind)));
    }
  });

  it('refuses a file without the columns that say whom a row is about', async () => {
    await expect(intake('vehicle', '姓名,性别\n张三,男\n', [])).rejects.toMatchObject({ name: 'ColumnsMissingError' });
  });
});

describe('columns', () => {
  it('recognises the kind of a file by its columns', () => {
    const columns = header.split(',').map((title, index) => ({ index, title }));
    const [best, next] = recogniseKind(columns, kinds.values());
    expect(best!.code).toBe('vehicle');
    expect(best!.confidence).toBeGreaterThan(0.9);
    expect(next!.confidence).toBeLessThan(0.7);
  });

  it('prefers what an officer chose before', () => {
    const kind = kinds.get('death')!;
    const columns = ['身份证号', '姓名', '注销时间'].map((title, index) => ({ index, title }));
    expect(mapColumns(columns, kind).missing).toEqual(['died_on']);
    expect(mapColumns(columns, kind, { 注销时间: 'died_on' }).missing).toEqual([]);
    expect(mapColumns(columns, kind, { 姓名: null }).missing).toEqual(['name', 'died_on']);
  });
});

describe('judgeDelivery', () => {
  const kind = kinds.get('vehicle')!;
  const mapping = { columns: [], missing: [], confidence: 1 };
  const report = { rows: 100, accepted: 100, rejected: 0, kept: 40, duplicates: 0, matchRate: 0.4, fields: [], problemCounts: [], problems: [], unknownValues: [] };

  it('accepts the usual and holds the far-off', () => {
    const delivery = { asOf: '2026-03-01', report, mapping };
    expect(judgeDelivery(delivery, undefined, kind)).toEqual({ decision: 'accept' });
    expect(judgeDelivery(delivery, { asOf: '2026-02-01', rows: 110, matchRate: 0.41 }, kind)).toEqual({ decision: 'accept' });
    const held = judgeDelivery(delivery, { asOf: '2026-04-01', rows: 300, matchRate: 0.9 }, kind);
    expect(held.decision === 'hold' && held.reasons.map(({ code }) => code)).toEqual(['fewer-rows', 'older-period', 'match-rate']);
  });
});

it('judges identity numbers on integers exactly as the kernel does', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }).map((list) => list.join(''));
  const birth = fc.tuple(fc.integer({ min: 1790, max: 2030 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }));
  const check = fc.constantFrom(...'0123456789X', 'right', 'right', 'right');
  fc.assert(
    fc.property(digits, birth, check, (rest, [year, month, day], last) => {
      const first17 = `${rest.slice(0, 6)}${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${rest.slice(6)}`;
      const number = first17 + (last === 'right' ? idCardCheckCharacter(first17) : last);
      const card = parseIdCardNumber(number);
      const code = number[17] === 'X' ? 10 : Number(number[17]);
      expect(checkIdNumber(Number(number.slice(0, 9)), Number(number.slice(9, 17)), code)).toBe(card.ok ? undefined : card.problem);
    }),
    { numRuns: 3000 },
  );
});

it('takes the official name of the number, and never another person’s number for the owner’s', async () => {
  const vehicle = (await loadDatasetKinds(join(import.meta.dirname, '../../../../../regions/_base/dataset-kinds'))).get('vehicle')!;
  const fieldOf = (...titles: string[]) => mapColumns(titles.map((title, index) => ({ index, title })), vehicle).columns.map((column) => column.field);
  expect(fieldOf('公民身份号码', '姓名')).toEqual(['owner_id_number', 'owner_name']);
  expect(fieldOf('配偶身份证号', '联系人姓名', '监护人证件号码')).toEqual([null, null, null]);
});
