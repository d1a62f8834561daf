import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newId } from '@sunlit/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadDatasetKinds, snapshotTableOf } from '../dataset-kinds/load-dataset-kinds.ts';
import { sqlText } from '../duckdb/sql-text.ts';
import { withDuckDb } from '../duckdb/with-duckdb.ts';
import { chooseDeliveries, composedTableSql } from './compose-deliveries.ts';
import { DatasetStore } from './dataset-store.ts';

const kinds = await loadDatasetKinds(new URL('../../../../../regions/_base/dataset-kinds', import.meta.url).pathname);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sunlit-store-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function store(kindCode: string, asOf: string, rows: readonly string[], into: DatasetStore) {
  const kind = kinds.get(kindCode)!;
  const deliveryId = newId();
  const path = join(folder, `${deliveryId}.parquet`);
  const columns = snapshotTableOf(kind);
  await withDuckDb({ workFolder: folder }, async (connection) => {
    const values = Object.entries(columns).map(([name, type]) => {
      if (name === 'delivery_id') return `CAST('${deliveryId}' AS UUID) AS delivery_id`;
      if (name === 'source_row') return 'row_number() OVER () AS source_row';
      return type === 'VARCHAR' ? `x AS ${name}` : `CAST(NULL AS ${type}) AS ${name}`;
    });
    await connection.run(`COPY (SELECT ${values.join(', ')} FROM unnest([${rows.map(sqlText).join(', ')}]) AS t(x)) TO ${sqlText(path)}`);
  });
  return into.add(path, { deliveryId, kind: kindCode, asOf, rows: rows.length, columns });
}

async function compose(kindCode: string, asOf: string, from: DatasetStore): Promise<string[]> {
  const kind = kinds.get(kindCode)!;
  const deliveries = (await from.list(kindCode)).map((manifest) => ({ ...manifest, regionCode: '320800000000' }));
  return from.open(chooseDeliveries(kind, deliveries, asOf), (paths, workFolder) =>
    withDuckDb({ workFolder }, async (connection) => {
      const column = Object.entries(snapshotTableOf(kind)).find(([, type]) => type === 'VARCHAR')![0];
      const result = await connection.runAndReadAll(`SELECT ${column} FROM (${composedTableSql(kind, paths)}) ORDER BY 1`);
      return result.getRows().map(([value]) => String(value));
    }),
  );
}

it('keeps snapshots encrypted, whole and unchanged, and opens them only for a while', async () => {
  const datasets = new DatasetStore(join(folder, 'a'), Buffer.alloc(32, 1));
  const manifest = await store('vehicle', '2026-03-01', ['沃尔沃重卡'], datasets);
  const files = (await readdir(join(folder, 'a'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const file of files) expect((await readFile(join(file.parentPath, file.name))).includes('沃尔沃')).toBe(false);
  let opened = '';
  await datasets.open([manifest], async ([path]) => {
    opened = path!;
    expect((await readFile(opened)).subarray(0, 4).toString()).toBe('PAR1');
  });
  await expect(readdir(dirname(opened))).rejects.toMatchObject({ code: 'ENOENT' });
  const plain = join(folder, `${manifest.deliveryId}.parquet`);
  await expect(datasets.add(plain, manifest)).rejects.toMatchObject({ name: 'DeliveryExistsError' });
});

it('notices a snapshot passed off as another day’s', async () => {
  const datasets = new DatasetStore(join(folder, 'b'), Buffer.alloc(32, 1));
  const manifest = await store('vehicle', '2026-03-01', ['x'], datasets);
  const path = join(folder, 'b', 'vehicle', manifest.deliveryId, 'manifest.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('2026-03-01', '2026-04-01'));
  await expect(datasets.open([manifest], async () => {})).rejects.toMatchObject({ name: 'EncryptedFileError' });
});

it('composes the newest full delivery up to the day of the run', async () => {
  const datasets = new DatasetStore(join(folder, 'c'), Buffer.alloc(32, 1));
  await store('vehicle', '2026-03-01', ['march'], datasets);
  await store('vehicle', '2026-02-01', ['february, sent late'], datasets);
  await store('vehicle', '2026-04-01', ['april'], datasets);
  await store('vehicle', '2026-04-01', ['april, again'], datasets);
  expect(await compose('vehicle', '2026-01-31', datasets)).toEqual([]);
  expect(await compose('vehicle', '2026-03-31', datasets)).toEqual(['march']);
  expect(await compose('vehicle', '2026-12-31', datasets)).toEqual(['april, again']);
});

it('composes all deltas without repeating what they share', async () => {
  const datasets = new DatasetStore(join(folder, 'd'), Buffer.alloc(32, 1));
  await store('payout', '2026-03-01', ['a', 'b', 'b'], datasets);
  await store('payout', '2026-04-01', ['b', 'c'], datasets);
  await store('payout', '2026-05-01', ['d'], datasets);
  expect(await compose('payout', '2026-04-30', datasets)).toEqual(['a', 'b', 'b', 'c']);
});
