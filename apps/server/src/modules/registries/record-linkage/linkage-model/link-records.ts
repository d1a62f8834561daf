import { blockingRules, blockKeys, eachPair } from './blocking.ts';
import { comparePair, comparisonNames, comparisons, levelsOf, patternCount } from './comparisons.ts';
import type { EncodedRecords } from './encode-records.ts';
import { learnModel } from './learn-model.ts';
import { levelWeight, patternWeights, priorWeight, type LinkageModel } from './linkage-model.ts';

/** Candidate pairs, each once. */
export interface CandidatePairs {
  readonly count: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly pattern: Int32Array;
  /** patterns of all pairs of each rule, and of the union last */
  readonly patternCounts: readonly Float64Array[];
  /** pairs compared by each rule, and records in blocks too large to say anything */
  readonly rules: readonly { readonly name: string; readonly pairs: number; readonly leftOut: number }[];
}

export function findCandidates(records: EncodedRecords): CandidatePairs {
  const keys = blockKeys(records);
  let capacity = 1 << 18;
  let [a, b, pattern] = [new Int32Array(capacity), new Int32Array(capacity), new Int32Array(capacity)];
  let count = 0;
  const union = new Float64Array(patternCount);
  const rules: { name: string; pairs: number; leftOut: number }[] = [];
  const patternCounts = keys.map((own, rule) => {
    const counts = new Float64Array(patternCount);
    let pairs = 0;
    const leftOut = eachPair(own, (left, right) => {
      pairs += 1;
      const seen = comparePair(records, left, right);
      counts[seen]! += 1;
      for (let earlier = 0; earlier < rule; earlier += 1) if (keys[earlier]![left] !== 0 && keys[earlier]![left] === keys[earlier]![right]) return;
      if (count === capacity) {
        capacity *= 2;
        [a, b, pattern] = [grown(a, capacity), grown(b, capacity), grown(pattern, capacity)];
      }
      union[seen]! += 1;
      a[count] = left;
      b[count] = right;
      pattern[count] = seen;
      count += 1;
    });
    rules.push({ name: blockingRules[rule]!.name, pairs, leftOut });
    return counts;
  });
  return { count, a, b, pattern, patternCounts: [...patternCounts, union], rules };
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

export interface Linkage {
  readonly model: LinkageModel;
  readonly candidates: CandidatePairs;
  /** match weight of each candidate in bits, the prior included */
  readonly weights: Float32Array;
}

/** Finds, learns and weighs: everything that may be one person twice among the records. */
export function linkRecords(records: EncodedRecords): Linkage {
  const candidates = findCandidates(records);
  const model = learnModel(records, candidates.patternCounts);
  return { model, candidates, weights: weighCandidates(records, candidates, model) };
}

export function weighCandidates(records: EncodedRecords, candidates: CandidatePairs, model: LinkageModel): Float32Array {
  const byPattern = patternWeights(model);
  const weights = new Float32Array(candidates.count);
  for (let index = 0; index < candidates.count; index += 1) {
    const [a, b, pattern] = [candidates.a[index]!, candidates.b[index]!, candidates.pattern[index]!];
    weights[index] = byPattern[pattern]! + commonness(records, model, a, b, pattern % 6);
  }
  return weights;
}

/** Agreement on a rare name says more than on a common one: the name's own share stands in for the average. */
function commonness(records: EncodedRecords, model: LinkageModel, a: number, b: number, nameLevel: number): number {
  if (nameLevel < 1 || nameLevel > 3) return 0;
  const use = nameLevel === 3 ? records.soundUse[records.sound[a]!]! : Math.max(records.foldedUse[records.folded[a]!]!, records.foldedUse[records.folded[b]!]!);
  // The average is that of all agreeing names: for a variant or homophone the agreement is in the folded form or the sound.
  const average = averageAgreement(records, nameLevel === 3 ? records.soundUse : records.foldedUse);
  return Math.log2(average / (use / records.count));
}

const averages = new WeakMap<Int32Array, number>();
function averageAgreement(records: EncodedRecords, use: Int32Array): number {
  let average = averages.get(use);
  if (average === undefined) {
    average = use.reduce((sum, count, code) => (code === 0 ? sum : sum + count * (count - 1)), 0) / Math.max(1, records.count * (records.count - 1));
    averages.set(use, (average = Math.max(average, 1 / records.count)));
  }
  return average;
}

/** One step of the waterfall that explains a weight. */
export interface WeightStep {
  readonly part: 'prior' | (typeof comparisonNames)[number] | 'name-commonness';
  readonly level: string;
  readonly weight: number;
}

/** Why a pair weighs what it weighs: levels and weights, never a value. */
export function explainPair(records: EncodedRecords, model: LinkageModel, a: number, b: number): WeightStep[] {
  const pattern = comparePair(records, a, b);
  const levels = levelsOf(pattern);
  const steps: WeightStep[] = [{ part: 'prior', level: '', weight: priorWeight(model) }];
  for (const [comparison, level] of levels.entries()) {
    steps.push({ part: comparisonNames[comparison]!, level: comparisons[comparisonNames[comparison]!].levels[level]!, weight: levelWeight(model, comparison, level) });
    if (comparison === 0 && level >= 1 && level <= 3) {
      const weight = commonness(records, model, a, b, level);
      steps.push({ part: 'name-commonness', level: weight >= 0 ? 'rare' : 'common', weight });
    }
  }
  return steps;
}
