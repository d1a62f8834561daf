import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { idCardCheckCharacter, newId } from '@sunlit/kernel';
import { loadDatasetKinds } from '../apps/server/src/analytics/dataset-kinds/load-dataset-kinds.ts';
import { withDuckDb } from '../apps/server/src/analytics/duckdb/with-duckdb.ts';
import { sqlText } from '../apps/server/src/analytics/duckdb/sql-text.ts';
import { intakeFile } from '../apps/server/src/analytics/intake/intake-file.ts';
import { packUuids, Pseudonymiser } from '../apps/server/src/platform/personal-data/pseudonymiser.ts';
import { encodeGb18030 } from '../apps/server/src/testing/encode-gb18030.ts';

export interface BenchResult {
  readonly name: string;
  readonly scale: string;
  readonly rows: number;
  readonly seconds: number;
  readonly baseline: string;
  readonly baselineSeconds: number;
  readonly ratio: number;
  readonly peakMemoryMiB: number;
}

/** A department's vehicle file in GB18030 to an accepted snapshot, against bare DuckDB UTF-8 CSV → Parquet. */
export async function benchIntake(rows = 1_000_000): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'sunlit-bench-intake-'));
  try {
    const [utf8, gb18030] = [join(folder, 'utf8.csv'), join(folder, 'gb18030.csv')];
    await pipeline(Readable.from(vehicleLines(rows)), createWriteStream(utf8));
    await pipeline(Readable.from(encoded(rows)), createWriteStream(gb18030));
    const baselineSeconds = await best(3, () =>
      withDuckDb({ workFolder: folder }, async (connection) => {
        await connection.run(`COPY (SELECT * FROM read_csv(${sqlText(utf8)})) TO ${sqlText(join(folder, 'bare.parquet'))} (FORMAT parquet, COMPRESSION zstd)`);
      }),
    );
    const pseudonymiser = new Pseudonymiser(randomBytes(32));
    const kind = (await loadDatasetKinds(fileURLToPath(new URL('../regions/_base/dataset-kinds', import.meta.url)))).get('vehicle')!;
    // Four in ten vehicles belong to somebody in the registry.
    const knownPersonKeys = packUuids(Array.from({ length: Math.round(rows * 0.4) }, (_, index) => pseudonymiser.ofIdNumber(idNumber(index))));
    const request = { path: gb18030, fileName: '车辆.csv', kind, deliveryId: newId(), pseudonymiser, knownPersonKeys, workFolder: folder };
    let run = 0;
    const seconds = await best(3, async () => {
      const { report } = await intakeFile({ ...request, parquetPath: join(folder, `${(run += 1)}.parquet`) });
      if (report.rows !== rows || report.rejected !== 0) throw new Error('The intake lost rows');
    });
    const peakMemoryMiB = Math.round(process.resourceUsage().maxRSS / 1024);
    const ratio = Math.round((seconds / baselineSeconds) * 100) / 100;
    return { name: 'intake', scale: String(rows), rows, seconds, baseline: 'bare DuckDB UTF-8 CSV to Parquet', baselineSeconds, ratio, peakMemoryMiB };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function best(times: number, work: () => Promise<void>): Promise<number> {
  let fastest = Infinity;
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return Math.round(fastest) / 1000;
}

function* encoded(rows: number): Generator<Buffer> {
  for (const text of vehicleLines(rows)) yield encodeGb18030(text);
}

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const models = ['大众朗逸', '比亚迪秦', '五菱宏光', '吉利帝豪', '东风', '福田'];
const classes = ['小型轿车', '小型普通客车', '重型货车', '普通二轮摩托车', '电动自行车'];

function* vehicleLines(rows: number): Generator<string> {
  let text = '身份证号,所有人,号牌种类,车辆类型,品牌型号,使用性质,初次登记日期,购置价（元）,机动车状态\n';
  for (let row = 0; row < rows; row += 1) {
    const name = surnames[row % 20]! + surnames[(row * 7) % 19]! + surnames[(row * 11) % 17]!;
    const day = `20${String(10 + (row % 15))}-${String((row % 12) + 1).padStart(2, '0')}-${String((row % 28) + 1).padStart(2, '0')}`;
    text += `${idNumber(row)},${name},小型汽车,${classes[row % 5]},${models[row % 6]},非营运,${day},${20_000 + ((row * 37) % 300_000)}.00,正常\n`;
    if (text.length > 1_000_000) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function idNumber(serial: number): string {
  const year = 1940 + (serial % 70);
  const month = String((Math.floor(serial / 70) % 12) + 1).padStart(2, '0');
  const day = String((Math.floor(serial / 840) % 28) + 1).padStart(2, '0');
  const first17 = `999999${year}${month}${day}${String(Math.floor(serial / 23_520) % 1000).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
}

if (import.meta.main) console.log(JSON.stringify(await benchIntake(Number(process.argv[2] ?? 1_000_000))));
