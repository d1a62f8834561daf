import type { Scale } from '@sunlit/demo';
import { encodeRecords } from '../apps/server/src/modules/registries/record-linkage/linkage-model/encode-records.ts';
import { expectedErrors } from '../apps/server/src/modules/registries/record-linkage/linkage-model/expected-errors.ts';
import { linkRecords } from '../apps/server/src/modules/registries/record-linkage/linkage-model/link-records.ts';
import type { BenchResult } from './intake.ts';
import { rounded, withPeakMemory } from './bench-database.ts';
import { generatePersons, type PersonsWithTruth } from './linkage-persons.ts';

interface AtThreshold {
  readonly probability: number;
  readonly precision: number;
  readonly recall: number;
  /** what the model itself expects, without the truth */
  readonly expectedPrecision: number;
  readonly expectedRecall: number;
}

export interface LinkageBench extends BenchResult {
  readonly truePairs: number;
  readonly pairs: number;
  readonly pairsPerSecond: number;
  readonly thresholds: readonly AtThreshold[];
  /** the same valid identity number, and nothing else */
  readonly exactKey: { readonly precision: number; readonly recall: number };
}

const thresholds = [0.5, 0.9, 0.99];

/** Who is who among persons whose truth is known, from decrypted records to weighed pairs; against a plain match on one key. */
export function benchLinkage(persons: number, scale: Scale): Promise<LinkageBench> {
  const truth = generatePersons(persons);
  return benchTruth(truth, scale);
}

async function benchTruth(truth: PersonsWithTruth, scale: Scale): Promise<LinkageBench> {
  const exact = exactKeyMatch(truth);
  const began = performance.now();
  const { result, peakMemoryMiB } = await withPeakMemory(async () => {
    const records = encodeRecords(truth.records, truth.records.length);
    return linkRecords(records);
  });
  const seconds = (performance.now() - began) / 1000;
  const { candidates, weights } = result;
  const compared = candidates.rules.reduce((sum, { pairs }) => sum + pairs, 0);
  const same = (index: number) => truth.person[candidates.a[index]!] === truth.person[candidates.b[index]!];
  return {
    name: 'linkage',
    scale: String(scale),
    rows: truth.records.length,
    seconds: rounded(seconds),
    baseline: 'plain match on the whole valid identity number',
    baselineSeconds: rounded(exact.seconds),
    ratio: rounded(seconds / exact.seconds),
    peakMemoryMiB: Math.max(peakMemoryMiB, Math.round(process.memoryUsage().rss / 1024 / 1024)),
    truePairs: truth.truePairs,
    pairs: compared,
    pairsPerSecond: Math.round(compared / seconds),
    thresholds: thresholds.map((probability) => {
      const least = Math.log2(probability / (1 - probability));
      let found = 0;
      let right = 0;
      for (let index = 0; index < candidates.count; index += 1) {
        if (weights[index]! < least) continue;
        found += 1;
        if (same(index)) right += 1;
      }
      const expected = expectedErrors(weights, probability);
      return { probability, precision: share(right, found), recall: share(right, truth.truePairs), expectedPrecision: share(expected.precision, 1), expectedRecall: share(expected.recall, 1) };
    }),
    exactKey: { precision: share(exact.right, exact.found), recall: share(exact.right, truth.truePairs) },
  };
}

function exactKeyMatch({ records, person }: PersonsWithTruth): { found: number; right: number; seconds: number } {
  const began = performance.now();
  const seen = new Map<string, number>();
  let found = 0;
  let right = 0;
  for (const [index, { idNumber }] of records.entries()) {
    if (idNumber === null) continue;
    const earlier = seen.get(idNumber);
    if (earlier === undefined) seen.set(idNumber, index);
    else {
      found += 1;
      if (person[earlier] === person[index]) right += 1;
    }
  }
  return { found, right, seconds: (performance.now() - began) / 1000 };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000;
}

if (import.meta.main) console.log(JSON.stringify(await benchLinkage(Number(process.argv[2] ?? 100_000), 'sample'), null, 1));
