import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { generateCity } from '@sunlit/demo';
import { newId } from '@sunlit/kernel';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { importHouseholdsFile } from '../apps/server/src/modules/registries/households/index.ts';
import { rounded, withBenchDatabase, withPeakMemory } from './bench-database.ts';
import type { BenchResult } from './intake.ts';

const tables = ['household', 'person', 'membership', 'person_fact', 'household_status', 'income', 'enrolment', 'search_token', 'source_row', 'import_undo'];

/** Imports the households of a city of so many persons, as a service account that may. */
export async function importCity(folder: string, persons: number): Promise<{ city: Awaited<ReturnType<typeof generateCity>>; seconds: number; checkSeconds: number; peakMemoryMiB: number }> {
  const city = await generateCity({ scale: persons, seed: 2026, outFolder: join(folder, 'city') });
  const actor: Actor = { ...systemActor, kind: 'service', accountId: newId(), permissions: new Set(['household.import']) };
  const began = performance.now();
  let checked = began;
  const { result, peakMemoryMiB } = await withPeakMemory(() =>
    importHouseholdsFile(actor, join(folder, 'city', city.householdFile), city.householdFile, {
      asOf: city.asOf,
      mode: 'all-or-nothing',
      onProgress: (step) => {
        if (step === 'check') checked = performance.now();
      },
    }),
  );
  const ended = performance.now();
  if (result.view.state !== 'applied' || result.view.counts?.newPersons !== city.persons) throw new Error(`The import lost rows: ${JSON.stringify(result.firstProblems)}`);
  return { city, seconds: rounded((ended - began) / 1000), checkSeconds: rounded((checked - began) / 1000), peakMemoryMiB };
}

/** A file of so many persons, uploaded, checked and written, against bare COPY of all rows finally written into the same tables with the same indexes. */
export async function benchImport(persons = 100_000): Promise<BenchResult & { checkSeconds: number; writeSeconds: number }> {
  return withBenchDatabase(async ({ folder, superuserUrl }) => {
    const { city, seconds, checkSeconds, peakMemoryMiB } = await importCity(folder, persons);
    const { rows, seconds: baselineSeconds } = await bareCopy(superuserUrl, folder);
    return {
      name: 'import',
      scale: String(city.persons),
      rows,
      seconds,
      baseline: 'bare COPY of all rows written, same tables and indexes, as superuser',
      baselineSeconds,
      ratio: rounded(seconds / baselineSeconds),
      peakMemoryMiB,
      checkSeconds,
      writeSeconds: rounded(seconds - checkSeconds),
    };
  });
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

if (import.meta.main) console.log(JSON.stringify(await benchImport(Number(process.argv[2] ?? 100_000))));
