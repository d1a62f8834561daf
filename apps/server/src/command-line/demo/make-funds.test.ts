import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAsOf, fundTruthSchema, generateFunds, villagesOf } from '@sunlit/demo';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isPublicMatter, openRuleDatabase, parametersPerCounty, runRules, type FindingCandidate } from '#analytics/rule-runner/index.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { listBalanceDifferences } from '#modules/registries/funds/ledger/check-ledger.ts';
import { openRunTables } from '#modules/supervision/cross-checks/open-run-tables.ts';
import { getRuleLibrary } from '#modules/supervision/rule-catalogue/index.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';
import { makeFunds } from './make-funds.ts';

let world: TestApp;
const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'sunlit-funds-')));
beforeAll(async () => {
  world = await openTestApp();
});
afterAll(async () => {
  await world.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

it('tells a fiscal year whose wrongs the rules find, all of them and nothing else', async () => {
  const [folder, again] = folders as [string, string];
  const generate = (outFolder: string) => generateFunds({ seed: 2026, outFolder, share: 0.02, villages: villagesOf('3208'), householdsOf: new Map(), cadres: [] });
  const funds = generate(folder);
  generate(again);
  for (const file of [funds.file, funds.truth]) expect(readFileSync(join(again, file))).toEqual(readFileSync(join(folder, file)));

  await makeFunds(folder, 'test', { funds }, () => undefined);
  const balances = () => inTransaction(systemActor, (trx) => sql`SELECT indicator_id, account_code, amount_fen FROM funds.balance ORDER BY 1, 2`.execute(trx));
  const before = await balances();
  // after an interruption the same file goes on where it stopped
  await makeFunds(folder, 'test', { funds }, () => undefined);
  expect(await balances()).toEqual(before);
  expect(await listBalanceDifferences()).toEqual([]);

  const found = await findInFunds();
  const places = await inTransaction(systemActor, (trx) => sql<{ id: string; place: string }>`SELECT id, document_number || ' ' || region_code AS place FROM funds.indicator UNION ALL SELECT id, title || ' ' || region_code FROM projects.project UNION ALL SELECT id, title || ' ' || region_code FROM projects.asset`.execute(trx));
  const placeOf = new Map(places.rows.map((row) => [row.id, row.place]));
  const truth = readFileSync(join(folder, funds.truth), 'utf8').split('\n').filter(Boolean).map((line) => fundTruthSchema.parse(JSON.parse(line)));
  const planted = truth.filter(({ label }) => label === 'planted').map(({ rule, documentNumber, regionCode, period }) => `${rule} ${documentNumber} ${regionCode} ${period}`);
  expect(found.map(({ ruleCode, subjectId, period }) => `${ruleCode} ${placeOf.get(subjectId)} ${period}`).sort()).toEqual(planted.sort());
}, 240_000);

/** As a cross-check does, the rules about public money only. */
async function findInFunds(): Promise<FindingCandidate[]> {
  const library = await getRuleLibrary();
  return withPrivateFolder(async (folder) => {
    const { connection, close } = await openRuleDatabase({ memoryLimit: '500MB', temporaryFolder: join(folder, 'spill') });
    const tables = await openRunTables(connection, systemActor, demoAsOf, folder, [], []);
    const findings: FindingCandidate[] = [];
    const outcomes = await runRules({
      connection,
      // those that also read what departments deliver are tried with the whole demo city
      rules: library.rules.filter(({ subjectKind, datasets }) => isPublicMatter(subjectKind) && datasets.required.length === 0),
      datasets: tables.datasets,
      datasetTables: library.datasetTables,
      parametersOf: parametersPerCounty(library, tables.counties, demoAsOf),
      asOf: demoAsOf,
      onFindings: (_rule, batch) => void findings.push(...batch),
    });
    close();
    expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(25);
    return findings;
  });
}
