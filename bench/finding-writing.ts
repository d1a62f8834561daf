import { newId } from '@sunlit/kernel';
import pg from 'pg';
import { defaultFindingBatch, fingerprintOf, type FindingCandidate } from '../apps/server/src/analytics/rule-runner/index.ts';
import { openFindings } from '../apps/server/src/modules/supervision/findings/index.ts';
import { getRuleLibrary } from '../apps/server/src/modules/supervision/rule-catalogue/index.ts';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { inTransaction } from '../apps/server/src/platform/database/transaction.ts';
import { rounded, withBenchDatabase } from './bench-database.ts';
import type { BenchResult } from './intake.ts';

const tables = ['finding', 'evidence'] as const;
const actor: Actor = { ...systemActor, permissions: new Set(['finding.read-officials']) };

export interface WritingComparison {
  readonly written: number;
  readonly writeSeconds: number;
  readonly bareInsertSeconds: number;
  readonly writeRatio: number;
}

/**
 * Writes findings with their evidence as a run does, then inserts the same rows, prepared beforehand, into copies of the
 * tables with the same indexes. Both sides commit and start with empty tables; the fastest of three rounds counts.
 */
export async function compareFindingWriting(ownerUrl: string, candidates: readonly FindingCandidate[]): Promise<WritingComparison> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    let [writeSeconds, bareInsertSeconds] = [Infinity, Infinity];
    for (let round = 0; round < 3; round += 1) {
      await owner.query('TRUNCATE supervision.finding, supervision.evidence CASCADE');
      await owner.query('DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench');
      writeSeconds = Math.min(writeSeconds, await secondsOf(() => writeFindings(candidates)));
      bareInsertSeconds = Math.min(bareInsertSeconds, await secondsOfBareInsert(owner, candidates.length));
    }
    return { written: candidates.length, writeSeconds: rounded(writeSeconds), bareInsertSeconds: rounded(bareInsertSeconds), writeRatio: rounded(writeSeconds / bareInsertSeconds) };
  } finally {
    await owner.query('DROP SCHEMA IF EXISTS bench CASCADE').catch(() => undefined);
    await owner.end();
  }
}

async function writeFindings(candidates: readonly FindingCandidate[]): Promise<void> {
  const library = await getRuleLibrary();
  const runId = newId();
  await inTransaction(actor, async (trx) => {
    for (const rule of library.rules) {
      const own = candidates.filter(({ ruleCode }) => ruleCode === rule.code);
      for (let start = 0; start < own.length; start += defaultFindingBatch) await openFindings(trx, runId, rule, own.slice(start, start + defaultFindingBatch));
    }
  });
}

async function secondsOfBareInsert(owner: pg.Client, expected: number): Promise<number> {
  for (const table of tables) {
    await owner.query(`CREATE TABLE bench.${table} (LIKE supervision.${table} INCLUDING ALL)`);
    await owner.query(`CREATE TABLE bench.${table}_rows AS SELECT * FROM supervision.${table}`);
  }
  const { rows } = await owner.query<{ count: string }>('SELECT count(*) FROM bench.finding_rows');
  if (Number(rows[0]!.count) !== expected) throw new Error('Findings were lost');
  return secondsOf(async () => {
    await owner.query('BEGIN');
    for (const table of tables) await owner.query(`INSERT INTO bench.${table} SELECT * FROM bench.${table}_rows`);
    await owner.query('COMMIT');
  });
}

/** The writing alone, with made-up hits of the rules spread over counties. */
export async function benchFindingWriting(count = 20_000): Promise<BenchResult> {
  const library = await getRuleLibrary();
  const candidates = Array.from({ length: count }, (_, index): FindingCandidate => {
    const rule = library.rules[index % library.rules.length]!;
    const [subjectId, period, county] = [newId(), '2026-10', ['320803', '320812', '320826', '320831'][index % 4]!];
    const evidence = { subjectId, householdId: subjectId, personId: subjectId, countyCode: `${county}000000`, regionCode: `${county}101201`, period, dataset: 'vehicle', deliveryId: newId(), sourceRow: index, fact: 'owns-vehicle', observedOn: '2026-10-01', amountFen: 100_000 + index, detail: null };
    return { ruleCode: rule.code, ruleVersion: rule.version, subjectKind: rule.subjectKind, subjectId, householdId: subjectId, personId: subjectId, countyCode: `${county}000000`, regionCode: `${county}101201`, period, fingerprint: fingerprintOf(rule.code, subjectId, period), evidence: [evidence, evidence].slice(0, 1 + (index % 2)) };
  });
  return withBenchDatabase(async ({ superuserUrl }) => {
    const { written, writeSeconds, bareInsertSeconds, writeRatio } = await compareFindingWriting(superuserUrl, candidates);
    return { name: 'finding-writing', scale: String(count), rows: written, seconds: writeSeconds, baseline: 'bare INSERT of the same rows, same indexes', baselineSeconds: bareInsertSeconds, ratio: writeRatio, peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024) };
  });
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

if (import.meta.main) console.log(JSON.stringify(await benchFindingWriting(Number(process.argv[2] ?? 20_000))));
