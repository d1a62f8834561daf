import { symbolicId } from '@sunlit/rule-kit';
import { afterEach, expect, it } from 'vitest';
import { attachContext, attachTables } from './attach-tables.ts';
import type { SnapshotSources } from './attach-tables.ts';
import { checkSubjects } from './check-subjects.ts';
import { openRuleDatabase, ruleMemoryLimit } from './duckdb-session.ts';
import type { FindingCandidate } from './finding-candidate.ts';
import { loadRuleLibrary, parametersPerCounty } from './rule-library.ts';
import { runRules } from './run-rules.ts';

const library = await loadRuleLibrary();
const county = '320826000000';
const asOf = '2026-10-31';
const id = symbolicId;
const place = { county_code: county, region_code: '320826100201' };
const household = (name: string) => ({
  ...place,
  household_id: id('household', name),
  status_code: 'unstable',
  member_count: 1,
});
const person = (name: string, home: string) => ({
  ...place,
  person_id: id('person', name),
  household_id: id('household', home),
  person_key: id('key', name),
  name_key: id('name', name),
  birth_date: '1970-01-01',
  labour_code: 'ordinary',
  resident_medical_insured: true,
});
const payment = (payee: string, account: string, month: string) => ({
  delivery_id: id('delivery', 'd'),
  source_row: 1,
  payee_key: id('key', payee),
  payee_name_key: id('name', payee),
  programme_code: 'subsistence-rural',
  pay_month: month,
  paid_on: `${month}-20`,
  amount_fen: 70000,
  account_key: id('account', account),
  account_holder_key: id('name', payee),
  result: 'paid',
});
const sources: SnapshotSources = {
  registry: {
    households: { rows: ['h1', 'h2', 'h3'].map(household) },
    persons: { rows: [person('zhang', 'h1'), person('li', 'h2'), person('wang', 'h3')] },
    enrolments: { rows: [] },
    exclusive_programmes: { rows: [] },
    fund_indicators: { rows: [] },
    fund_plans: { rows: [] },
    identified_households: { rows: [] },
    policy_lines: { rows: [] },
  },
  datasets: {
    payout: {
      source: {
        rows: [
          payment('zhang', 'card', '2026-09'),
          payment('li', 'card', '2026-09'),
          payment('wang', 'own', '2026-09'),
          payment('wang', 'own', '2026-08'),
        ],
      },
      latestAsOf: '2026-06-30',
    },
    death: {
      source: {
        rows: [
          { delivery_id: id('delivery', 'd'), source_row: 7, person_key: id('key', 'wang'), died_on: '2026-05-02' },
        ],
      },
    },
  },
};
const parametersOf = parametersPerCounty(library, [county], asOf);
let close: (() => void) | undefined;
afterEach(() => close?.());

async function attached() {
  const database = await openRuleDatabase({ threads: 1, memoryLimit: '256MB' });
  close = database.close;
  await attachTables(database.connection, sources, library.datasetTables);
  await attachContext(database.connection, asOf);
  return {
    connection: database.connection,
    rules: library.rules,
    datasets: sources.datasets,
    datasetTables: library.datasetTables,
    parametersOf,
    asOf,
  };
}

it('groups evidence into findings, keeps fingerprints over runs and says which rules did not run, and why', async () => {
  const options = await attached();
  const runs: FindingCandidate[][] = [];
  for (let run = 0; run < 2; run += 1) {
    const found: FindingCandidate[] = [];
    const outcomes = await runRules({ ...options, batchSize: 1, onFindings: (_, batch) => void found.push(...batch) });
    runs.push(found);
    expect(outcomes.find(({ ruleCode }) => ruleCode === 'O01')).toMatchObject({
      status: 'not-run',
      reason: { code: 'dataset-missing', datasets: ['vehicle'] },
    });
    expect(outcomes.find(({ ruleCode }) => ruleCode === 'F01')).toMatchObject({
      status: 'done',
      findings: 1,
      evidenceRows: 2,
      staleDatasets: ['payout'],
    });
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  }
  expect(runs[0]?.map(({ ruleCode, subjectId, evidence }) => [ruleCode, subjectId, evidence.length])).toEqual([
    ['F01', id('account', 'card'), 2],
    ['O09', id('person', 'wang'), 3],
  ]);
  expect(runs[0]).toEqual(runs[1]);
});

it('stops between rules when cancelled', async () => {
  const options = await attached();
  const cancel = new AbortController();
  const outcomes = await runRules({
    ...options,
    signal: cancel.signal,
    onFindings: () => {},
    onProgress: () => cancel.abort(),
  });
  expect(outcomes.slice(1).every(({ status }) => status === 'cancelled')).toBe(true);
});

it('answers for one household what the whole run says about it, shared account included', async () => {
  const options = await attached();
  const all: FindingCandidate[] = [];
  await runRules({ ...options, onFindings: (_, batch) => void all.push(...batch) });
  for (const name of ['h1', 'h2', 'h3']) {
    const householdId = id('household', name);
    const { findings } = await checkSubjects({
      rules: library.rules,
      parametersOf,
      asOf,
      datasetTables: library.datasetTables,
      sources,
      householdId,
    });
    expect(findings).toEqual(all.filter(({ evidence }) => evidence.some((row) => row.householdId === householdId)));
  }
});

it('checks a household as it stands in hand, before any snapshot knows it', async () => {
  const householdId = id('household', 'new');
  const { findings } = await checkSubjects({
    rules: library.rules,
    parametersOf,
    asOf,
    datasetTables: library.datasetTables,
    sources,
    householdId,
    inHand: { household: household('new'), persons: [{ ...person('wang', 'new') }], enrolments: [] },
  });
  expect(findings.map(({ ruleCode }) => ruleCode)).toEqual(['O09']);
});

it('gives a city one gigabyte, more data more, and never more than a quarter of the machine', () => {
  const gigabytes = (count: number) => count * 1024 ** 3;
  expect(ruleMemoryLimit(4_200_000, gigabytes(16))).toBe('1024MiB');
  expect(ruleMemoryLimit(25_165_824, gigabytes(16))).toBe('3072MiB');
  expect(ruleMemoryLimit(400_000_000, gigabytes(16))).toBe('4096MiB');
  expect(ruleMemoryLimit(400_000_000, gigabytes(2))).toBe('1024MiB');
});
