import { generateCity, readTruth, syntheticIdPrefix, verifyFindings } from '@sunlit/demo';
import type { ReportedFinding } from '@sunlit/demo';
import { newId } from '@sunlit/kernel';
import { symbolicId } from '@sunlit/rule-kit';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadDatasetKinds } from '#analytics/dataset-kinds/load-dataset-kinds.ts';
import { intakeFile } from '#analytics/intake/intake-file.ts';
import { packUuids, Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { attachContext, attachTables } from './attach-tables.ts';
import type { DatasetSource, SnapshotSources } from './attach-tables.ts';
import { checkSubjects } from './check-subjects.ts';
import { openRuleDatabase } from './duckdb-session.ts';
import type { FindingCandidate } from './finding-candidate.ts';
import { loadRuleLibrary, parametersPerCounty } from './rule-library.ts';
import { runRules } from './run-rules.ts';

const library = await loadRuleLibrary();
const kinds = await loadDatasetKinds(new URL('../../../../../regions/_base/dataset-kinds', import.meta.url).pathname);
const pseudonymiser = new Pseudonymiser(Buffer.alloc(32, 3));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sunlit-demo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes the same bytes for the same seed, and others for another', async () => {
  const hashes = [];
  for (const [name, seed] of [
    ['a', 5],
    ['b', 5],
    ['c', 6],
  ] as const) {
    await generateCity({ scale: 400, seed, outFolder: join(folder, name) });
    const hash = createHash('sha256');
    for (const file of (await readdir(join(folder, name))).toSorted())
      hash.update(await readFile(join(folder, name, file)));
    hashes.push(hash.digest('hex'));
  }
  expect(hashes[0]).toBe(hashes[1]);
  expect(hashes[0]).not.toBe(hashes[2]);
});

const readsProcedures = new Set(['B09', 'B10']);

it('finds everything planted in a sample city and nothing else, through the ordinary intake', async () => {
  const city = join(folder, 'sample');
  const manifest = await generateCity({ scale: 'sample', seed: 2026, outFolder: city });
  const registry = await readRegistry(join(city, manifest.householdFile));
  const datasets: Record<string, DatasetSource> = {};
  for (const { kind, file, rows } of manifest.departmentFiles) {
    const parquetPath = join(folder, `${kind}.parquet`);
    const workFolder = join(folder, 'work');
    await mkdir(workFolder, { recursive: true });
    const { report } = await intakeFile({
      path: join(city, file),
      fileName: file,
      kind: kinds.get(kind)!,
      deliveryId: newId(),
      pseudonymiser,
      knownPersonKeys: packUuids(registry.personKeys),
      workFolder,
      parquetPath,
    });
    expect({ kind, rows: report.rows, rejected: report.rejected, problems: report.problems.slice(0, 3) }).toEqual({
      kind,
      rows,
      rejected: 0,
      problems: [],
    });
    datasets[kind] = { source: { parquet: [parquetPath] }, latestAsOf: manifest.asOf };
  }
  const sources: SnapshotSources = { registry: await asParquet(registry.tables, folder), datasets };
  const parametersOf = parametersPerCounty(library, registry.counties, manifest.asOf);
  const { connection, close } = await openRuleDatabase({
    memoryLimit: '512MB',
    temporaryFolder: join(folder, 'spill'),
  });
  const findings: FindingCandidate[] = [];
  await attachTables(connection, sources, library.datasetTables);
  await attachContext(connection, manifest.asOf);
  const outcomes = await runRules({
    connection,
    rules: library.rules,
    datasets,
    datasetTables: library.datasetTables,
    parametersOf,
    asOf: manifest.asOf,
    onFindings: (_, batch) => void findings.push(...batch),
  });
  close();
  expect(outcomes.filter(({ status, staleDatasets }) => status !== 'done' || staleDatasets.length > 0)).toEqual([]);

  const verification = verifyFindings(
    readTruth(join(city, manifest.truth.file)),
    findings.map((finding) => registry.reported(finding)),
  );
  expect(verification.map(({ ruleCode }) => ruleCode)).toEqual(
    // rules about help read procedures, which no file of the city holds
    // the rules about public money read the ledger, which stands in no file of the city
    library.rules.filter(({ code, topic }) => !readsProcedures.has(code) && !['funds', 'projects', 'procurement', 'assets'].includes(topic)).map(({ code }) => code),
  );
  for (const { ruleCode, planted, missed, unexpected, precision, recall } of verification) {
    expect({ ruleCode, missed, unexpected, precision, recall }).toEqual({
      ruleCode,
      missed: [],
      unexpected: [],
      precision: 1,
      recall: 1,
    });
    expect(planted).toBeGreaterThanOrEqual(3);
  }
  expect(manifest.truth.lookAlikes).toBeGreaterThan(80);

  const one = findings[0]!;
  const began = performance.now();
  const answer = await checkSubjects({
    rules: library.rules,
    parametersOf,
    asOf: manifest.asOf,
    datasetTables: library.datasetTables,
    sources,
    householdId: one.householdId!,
  });
  expect(performance.now() - began).toBeLessThan(5000);
  expect(answer.findings).toEqual(
    findings.filter(({ evidence }) => evidence.some(({ householdId }) => householdId === one.householdId)),
  );
});

/** As a snapshot export leaves them. */
async function asParquet(tables: SnapshotSources['registry'], into: string): Promise<SnapshotSources['registry']> {
  const { connection, close } = await openRuleDatabase();
  await attachTables(connection, { registry: tables, datasets: {} }, new Map());
  const files = Object.keys(tables).map((name) => [name, join(into, `registry-${name}.parquet`)] as const);
  for (const [name, path] of files) await connection.run(`COPY ${name} TO '${path}' (FORMAT parquet)`);
  close();
  return Object.fromEntries(
    files.map(([name, path]) => [name, { parquet: [path] }]),
  ) as unknown as SnapshotSources['registry'];
}

/** The county's file as registry tables; the ordinary import does this in the product, with its own tests. */
async function readRegistry(path: string) {
  const lines = (await readFile(path, 'utf8'))
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const titles = lines[0]!;
  const rows = lines
    .slice(1)
    .map(
      (cells) =>
        Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? ''])) as Record<string, string>,
    );
  const labour: Record<string, string> = {
    普通劳动力: 'ordinary',
    技能劳动力: 'skilled',
    弱劳动力或半劳动力: 'weak',
    丧失劳动力: 'lost',
    无劳动力: 'none',
  };
  const status: Record<string, string> = {
    脱贫不稳定户: 'unstable',
    边缘易致贫户: 'marginal',
    突发严重困难户: 'sudden',
  };
  const members = Map.groupBy(rows, (row) => row['户编号']!);
  const householdId = (number: string) => symbolicId('household', number);
  const place = (row: Record<string, string>) => ({
    county_code: `${row['村代码']!.slice(0, 6)}000000`,
    region_code: row['村代码']!,
  });
  const persons = rows.map((row) => {
    expect(row['证件号码']).toMatch(new RegExp(`^${syntheticIdPrefix}`));
    return {
      ...place(row),
      person_id: symbolicId('person', row['证件号码']!),
      household_id: householdId(row['户编号']!),
      person_key: pseudonymiser.ofIdNumber(row['证件号码']!),
      name_key: pseudonymiser.ofName(row['姓名']!),
      birth_date: row['出生日期']!,
      labour_code: labour[row['劳动技能']!]!,
      resident_medical_insured: row['是否参加城乡居民基本医疗保险'] === '是',
      employee_medical_insured: row['是否参加城镇职工基本医疗保险'] === '是',
    };
  });
  const enrolments = rows.flatMap((row, index) => {
    const programme =
      row['享受低保政策情况'] === '农村低保'
        ? 'subsistence-rural'
        : row['享受特困供养政策情况'] === '农村特困'
          ? 'destitute-support'
          : undefined;
    const person = persons[index]!;
    if (!programme) return [];
    const { county_code, region_code, household_id, person_id, person_key } = person;
    return [
      {
        county_code,
        region_code,
        household_id,
        person_id,
        person_key,
        programme_code: programme,
        valid_from: '2024-01-01',
      },
    ];
  });
  const households = [...members].map(([number, group]) => {
    const first = group[0]!;
    return {
      ...place(first),
      household_id: householdId(number),
      status_code: status[first['监测对象类别']!] ?? (first['户类型'] === '脱贫户' ? 'lifted' : 'ordinary'),
      member_count: group.length,
      income_year: 2026,
      income_per_capita_fen: Number(first['人均纯收入（元）']) * 100,
    };
  });
  const counties = [...new Set(households.map(({ county_code }) => county_code))];
  const numbers = new Map([...members.keys()].map((number) => [householdId(number), number]));
  const dated = (value: object) => counties.map((county_code) => ({ county_code, valid_from: '2020-01-01', ...value }));
  const ordinals = new Map(
    [...Map.groupBy(persons, ({ household_id }) => household_id).values()].flatMap((group) =>
      group
        .toSorted((a, b) => (a.birth_date < b.birth_date ? -1 : 1))
        .map(({ person_id }, index) => [person_id, index + 1] as const),
    ),
  );
  return {
    counties,
    personKeys: persons.map(({ person_key }) => person_key),
    tables: {
      households: { rows: households },
      persons: { rows: persons },
      enrolments: { rows: enrolments },
      fund_indicators: { rows: [] },
      fund_plans: { rows: [] },
      identified_households: { rows: [] },
      exclusive_programmes: { rows: dated({ programme_a: 'subsistence-rural', programme_b: 'destitute-support' }) },
      policy_lines: {
        rows: [
          ...dated({ line_code: 'subsistence-rural-month', amount_fen: 80_000 }),
          ...dated({ line_code: 'monitoring-year', amount_fen: 1_056_000 }),
        ],
      },
    },
    reported: (finding: FindingCandidate): ReportedFinding => ({
      ruleCode: finding.ruleCode,
      householdNumbers: [...new Set(finding.evidence.flatMap((row) => numbers.get(row.householdId ?? '') ?? []))],
      personOrdinal: finding.personId === null ? null : (ordinals.get(finding.personId) ?? null),
      period: finding.period,
    }),
  };
}
