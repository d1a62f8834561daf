import { newId } from '@sunlit/kernel';
import type { Scale } from '@sunlit/demo';
import pg from 'pg';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { getKeyring } from '../apps/server/src/platform/personal-data/keyring.ts';
import { Pseudonymiser } from '../apps/server/src/platform/personal-data/pseudonymiser.ts';
import { checkEntry } from '../apps/server/src/modules/registries/record-linkage/index.ts';
import type { BenchResult } from './intake.ts';
import { rounded, withBenchDatabase, withPeakMemory } from './bench-database.ts';
import { generatePersons } from './linkage-persons.ts';

export interface EntryCheckBench extends BenchResult {
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
}

const checks = 400;
const batch = 20_000;
const actor: Actor = { ...systemActor, kind: 'staff', accountId: newId(), displayName: 'bench', regionCode: '320800000000', permissions: new Set(['household.change']) };

/** One look-up before a person is entered (every second number mistyped) against a bare look-up of one key by its index. */
export function benchEntryCheck(persons: number, scale: Scale): Promise<EntryCheckBench> {
  return withBenchDatabase(async ({ superuserUrl }) => {
    const { records } = generatePersons(persons);
    const admin = new pg.Client({ connectionString: superuserUrl });
    await admin.connect();
    const pseudonymiser = new Pseudonymiser(getKeyring().pseudonymKey);
    const keyOf = (number: string | null) => (number?.length === 18 ? pseudonymiser.ofIdNumber(number) : null);
    for (let from = 0; from < records.length; from += batch) {
      const part = records.slice(from, from + batch);
      await admin.query(
        `WITH person AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::date[]) AS t (id, household_id, region, name, key, birth)),
          household AS (INSERT INTO households.household (county_code, id, number, responsible_region_code, head_name, status_code, member_count) SELECT left(region, 6) || '000000', household_id, household_id::text, region, name, 'lifted', 1 FROM person),
          membership AS (INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from) SELECT left(region, 6) || '000000', id, household_id, id, region, '01', '2024-01-01' FROM person)
        INSERT INTO households.person (county_code, id, household_id, responsible_region_code, name, name_key, person_key, birth_date) SELECT left(region, 6) || '000000', id, household_id, region, name, id, key, birth FROM person`,
        [part.map(() => newId()), part.map(() => newId()), part.map(({ regionCode }) => regionCode), part.map(({ name }) => name), part.map(({ idNumber }) => keyOf(idNumber)), part.map(({ birthDate }) => birthDate)],
      );
    }
    await admin.query('ANALYZE');
    const began = performance.now();
    const { result: times, peakMemoryMiB } = await withPeakMemory(async () => {
      const all: number[] = [];
      for (let index = 0; index < checks; index += 1) {
        const { name, idNumber, birthDate } = records[(index * 7919) % records.length]!;
        const typed = idNumber !== null && index % 2 === 0 ? idNumber.slice(0, 15) + String((Number(idNumber[15]) + 1) % 10) + idNumber.slice(16) : idNumber;
        const start = performance.now();
        await checkEntry(actor, { name, ...(typed === null ? {} : { idNumber: typed }), ...(birthDate === null ? {} : { birthDate }) });
        // The first ones fill caches.
        if (index >= 20) all.push(performance.now() - start);
      }
      return all.toSorted((a, b) => a - b);
    });
    const seconds = (performance.now() - began) / 1000;
    const bareBegan = performance.now();
    for (let index = 0; index < checks; index += 1) await admin.query('SELECT id FROM households.person WHERE person_key = $1', [keyOf(records[(index * 7919) % records.length]!.idNumber)]);
    const baselineSeconds = (performance.now() - bareBegan) / 1000;
    await admin.end();
    return {
      name: 'entry-check',
      scale: String(scale),
      rows: records.length,
      seconds: rounded(seconds),
      baseline: 'as many bare look-ups of one blind index',
      baselineSeconds: rounded(baselineSeconds),
      ratio: rounded(seconds / baselineSeconds),
      peakMemoryMiB,
      p50Milliseconds: rounded(times[Math.floor(times.length * 0.5)]!),
      p95Milliseconds: rounded(times[Math.floor(times.length * 0.95)]!),
    };
  });
}

if (import.meta.main) {
  console.log(JSON.stringify(await benchEntryCheck(Number(process.argv[2] ?? 100_000), 'sample')));
  process.exit(0);
}
