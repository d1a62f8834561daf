import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCity } from '@sunlit/demo';
import { listHouseholds } from '@sunlit/api-spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#testing/test-app.ts';
import { importHouseholdsFile } from '../index.ts';

let world: TestApp;
let folder: string;
beforeAll(async () => {
  world = await openTestApp();
  folder = await mkdtemp(join(tmpdir(), 'sunlit-import-test-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

it('takes in the county template of a whole sample city without a single error, and nothing the second time', { timeout: 120_000 }, async () => {
  const city = await generateCity({ scale: 1000, seed: 7, outFolder: folder });
  const officer = await world.user(['county-officer'], '320800000000');
  const options = { asOf: city.asOf, mode: 'all-or-nothing' as const };
  const first = await importHouseholdsFile(officer.actor, join(folder, city.householdFile), city.householdFile, options);
  expect(first.firstProblems).toEqual([]);
  expect(first.view).toMatchObject({ state: 'applied', unresolvedCodes: [], counts: { rows: city.persons, goodRows: city.persons, problemRows: 0, newHouseholds: city.households, newPersons: city.persons } });
  expect((await officer.call(listHouseholds)).body.total).toBe(city.households);
  const again = await importHouseholdsFile(officer.actor, join(folder, city.householdFile), city.householdFile, options);
  expect(again.view.counts).toMatchObject({ newHouseholds: 0, changedHouseholds: 0, unchangedHouseholds: city.households, missingHouseholds: 0 });
});
