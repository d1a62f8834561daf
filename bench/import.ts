import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCity } from '@sunlit/demo';
import { newId } from '@sunlit/kernel';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { bootstrapCluster } from '../apps/server/src/platform/database/bootstrap.ts';
import { connectDatabase, setDatabase } from '../apps/server/src/platform/database/database.ts';
import { startEmbeddedCluster } from '../apps/server/src/platform/database/embedded-cluster.ts';
import { migrate } from '../apps/server/src/platform/database/migrate.ts';
import { setFileFolder } from '../apps/server/src/platform/files/stored-files.ts';
import { openKeyring, setKeyring } from '../apps/server/src/platform/personal-data/keyring.ts';
import { loadReferenceData } from '../apps/server/src/modules/organisation/index.ts';
import { importHouseholdsFile } from '../apps/server/src/modules/registries/households/index.ts';
import type { BenchResult } from './intake.ts';

const tables = ['household', 'person', 'membership', 'person_fact', 'household_status', 'income', 'enrolment', 'search_token', 'source_row', 'import_undo'];

/** A county's file of so many persons, uploaded, checked and written, against bare COPY of all rows finally written into the same tables with the same indexes. */
export async function benchImport(persons = 100_000): Promise<BenchResult & { checkSeconds: number; writeSeconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'sunlit-bench-import-'));
  chmodSync(folder, 0o755);
  const cluster = await startEmbeddedCluster({ folder, password: 'bench', throwaway: true });
  try {
    const urls = await bootstrapCluster(cluster, { database: 'bench', ownerPassword: 'bench', appPassword: 'bench' });
    await migrate(urls.ownerUrl, 'sunlit_app');
    await loadReferenceData(urls.ownerUrl);
    setKeyring(openKeyring(join(folder, 'keys'), { dataExists: false }));
    setFileFolder(join(folder, 'files'));
    const database = connectDatabase(urls.appUrl);
    setDatabase(database);
    const city = await generateCity({ scale: persons, seed: 2026, outFolder: join(folder, 'city') });
    const actor: Actor = { ...systemActor, kind: 'service', accountId: newId(), permissions: new Set(['household.import']) };
    const begin = performance.now();
    let writing = begin;
    let memory = 0;
    const watch = setInterval(() => (memory = Math.max(memory, process.memoryUsage().rss)), 200);
    const { view, firstProblems } = await importHouseholdsFile(actor, join(folder, 'city', city.householdFile), city.householdFile, {
      asOf: city.asOf,
      mode: 'all-or-nothing',
      onProgress: (step) => {
        if (step === 'check') writing = performance.now();
      },
    });
    const end = performance.now();
    clearInterval(watch);
    if (view.state !== 'applied' || view.counts?.newPersons !== city.persons) throw new Error(`The import lost rows: ${JSON.stringify(firstProblems)}`);
    const { rows, seconds: baselineSeconds } = await bareCopy(cluster.superuserUrl('bench'), folder);
    const seconds = rounded((end - begin) / 1000);
    setDatabase(undefined);
    await database.close();
    return {
      name: 'import', scale: String(city.persons), rows, seconds, baseline: 'bare COPY of all rows written, same tables and indexes, as superuser', baselineSeconds, ratio: rounded(seconds / baselineSeconds),
      peakMemoryMiB: Math.round(memory / 1024 / 1024), checkSeconds: rounded((writing - begin) / 1000), writeSeconds: rounded((end - writing) / 1000),
    };
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function bareCopy(url: string, folder: string): Promise<{ rows: number; seconds: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let rows = 0;
  for (const table of tables) {
    const out = client.query(copyTo(`COPY households.${table} TO STDOUT`));
    await pipeline(out, createWriteStream(join(folder, table)));
    rows += out.rowCount;
  }
  await client.query(`TRUNCATE ${tables.map((table) => `households.${table}`).join(', ')}`);
  await client.query('CHECKPOINT');
  const begin = performance.now();
  await client.query('BEGIN');
  for (const table of tables) await pipeline(createReadStream(join(folder, table)), client.query(copyFrom(`COPY households.${table} FROM STDIN`)));
  await client.query('COMMIT');
  const seconds = rounded((performance.now() - begin) / 1000);
  await client.end();
  return { rows, seconds };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

if (import.meta.main) console.log(JSON.stringify(await benchImport(Number(process.argv[2] ?? 100_000))));
