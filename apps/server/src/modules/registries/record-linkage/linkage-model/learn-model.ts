import { comparePair, comparisonNames, isNeutral, levelCounts, levelsOf, patternCount } from './comparisons.ts';
import { blockingRules } from './blocking.ts';
import type { EncodedRecords } from './encode-records.ts';
import { mOfTwoValidNumbers, startingM, uOfIdNumbers, type LinkageModel } from './linkage-model.ts';

const sampledPairs = 1_000_000;
/** Pairs that the starting values count for. */
const faithInStart = 100;
const rounds = 30;
const idNumber = comparisonNames.indexOf('id-number');
const twoValidNumbers = 4;
const place = comparisonNames.indexOf('place');
const sameHousehold = 5;

/** Small seeded generator: the same registry gives the same weights. */
function xorshift(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** u: how often two different persons agree, from pairs drawn at random (hardly any of which is one person). */
export function learnU(records: EncodedRecords): number[][] {
  const random = xorshift(records.count + 7);
  const drawn = new Float64Array(patternCount);
  for (let draw = 0; draw < sampledPairs && records.count > 1; draw += 1) {
    const a = Math.floor(random() * records.count);
    const b = Math.floor(random() * records.count);
    if (a !== b) drawn[comparePair(records, a, b)]! += 1;
  }
  const counts = levelCounts.map((count) => Array.from({ length: count }, () => 0));
  for (const { count, levels } of seenPatterns(drawn)) for (const [comparison, level] of levels.entries()) counts[comparison]![level]! += count;
  const u = counts.map((own, comparison) => normalised(own, comparison, 0.5));
  for (const [level, value] of uOfIdNumbers(records.count)) u[idNumber]![level] = value;
  // Two persons of different households on one phone are too rare to be sampled: as often as chance lets it be in a registry.
  u[comparisonNames.indexOf('phone')]![1] = 1 / Math.max(1000, records.count);
  return u;
}

/**
 * m: how often two records of one person agree, by expectation–maximisation on the pairs of each blocking rule, over the
 * comparisons that the rule does not decide itself.
 * @param counts of patterns: one array for each rule, then that of their union
 */
export function learnModel(records: EncodedRecords, counts: readonly Float64Array[]): LinkageModel {
  const u = learnU(records);
  const sums = levelCounts.map((count) => Array.from({ length: count }, () => 0));
  let m: number[][] = startingM.map((own, comparison) => normalised([...own], comparison, 0));
  for (const [index, rule] of blockingRules.entries()) {
    const free = comparisonNames.map((name) => !rule.decides.includes(name));
    // Relatives under one roof share what their rule looks at without being one person: they teach nothing.
    const patterns = seenPatterns(counts[index]!).filter(({ levels }) => levels[place] !== sameHousehold);
    if (patterns.length === 0) continue;
    const session = maximise(patterns, m, u, free);
    // A rule whose pairs are nearly all different persons teaches noise about the few that are not.
    if (session.share < 0.02) continue;
    for (const [comparison, own] of session.expected.entries()) if (free[comparison]) for (const [level, count] of own.entries()) sums[comparison]![level]! += count;
  }
  m = withStart(sums);
  return { m, u, prior: learnPrior(records, counts.at(-1)!, { m, u, prior: 0.5 }) };
}

interface SeenPattern {
  count: number;
  levels: number[];
}

function seenPatterns(counts: Float64Array): SeenPattern[] {
  const seen: SeenPattern[] = [];
  for (let pattern = 0; pattern < patternCount; pattern += 1) if (counts[pattern]! > 0) seen.push({ count: counts[pattern]!, levels: levelsOf(pattern) });
  return seen;
}

function maximise(patterns: readonly SeenPattern[], start: readonly (readonly number[])[], u: readonly (readonly number[])[], free: readonly boolean[]): { expected: number[][]; share: number } {
  let m = start.map((own) => [...own]);
  let share = 0.1;
  let expected: number[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    expected = levelCounts.map((count) => Array.from({ length: count }, () => 0));
    let matches = 0;
    let all = 0;
    for (const { count, levels } of patterns) {
      let odds = share / (1 - share);
      for (let comparison = 0; comparison < levels.length; comparison += 1) {
        const level = levels[comparison]!;
        if (free[comparison] && !isNeutral(comparison, level)) odds *= m[comparison]![level]! / u[comparison]![level]!;
      }
      const belief = (odds / (1 + odds)) * count;
      matches += belief;
      all += count;
      for (let comparison = 0; comparison < levels.length; comparison += 1) expected[comparison]![levels[comparison]!]! += belief;
    }
    share = Math.min(0.999, Math.max(1e-6, matches / all));
    m = withStart(expected);
  }
  return { expected, share };
}

/** The prior at which the pairs that were looked at hold as many matches as it says there are. */
function learnPrior(records: EncodedRecords, counts: Float64Array, model: LinkageModel): number {
  const pairs = Math.max(1, (records.count * (records.count - 1)) / 2);
  const patterns = seenPatterns(counts).map(({ count, levels }) => ({
    count,
    ratio: levels.reduce((product, level, comparison) => (isNeutral(comparison, level) ? product : product * (model.m[comparison]![level]! / model.u[comparison]![level]!)), 1),
  }));
  // Even a clean registry holds one double entry in a thousand persons.
  const least = (0.001 * records.count) / pairs;
  let prior = (0.01 * records.count) / pairs;
  for (let round = 0; round < 20; round += 1) {
    const odds = prior / (1 - prior);
    const matches = patterns.reduce((sum, { count, ratio }) => sum + (count * odds * ratio) / (1 + odds * ratio), 0);
    prior = Math.min(0.5, Math.max(least, matches / pairs));
  }
  return prior;
}

/** Levels counted among expected matches, with the starting values as if they had been seen; what is known stays as it is. */
function withStart(expected: readonly (readonly number[])[]): number[][] {
  const m = expected.map((own, comparison) => normalised(own.map((count, level) => (comparison === idNumber && level === twoValidNumbers ? 0 : count + faithInStart * startingM[comparison]![level]!)), comparison, 0));
  m[idNumber]![twoValidNumbers] = mOfTwoValidNumbers;
  return m;
}

/** Shares of the levels that count; the neutral ones get none. */
function normalised(counts: number[], comparison: number, smoothing: number): number[] {
  const own = counts.map((count, level) => (isNeutral(comparison, level) ? 0 : count + smoothing));
  const sum = own.reduce((total, count) => total + count, 0);
  return own.map((count) => Math.max(1e-7, count / Math.max(sum, 1e-12)));
}
