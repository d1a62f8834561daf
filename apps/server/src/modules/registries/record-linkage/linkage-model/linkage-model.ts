import { comparisonNames, isNeutral, levelCounts, levelsOf, patternCount, type ComparisonName } from './comparisons.ts';

/** Probabilities of every level among pairs of one person (m) and of two persons (u), without the neutral levels. */
export interface LinkageModel {
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  /** probability that two records drawn at random are one person */
  readonly prior: number;
}

/**
 * What is known of identity numbers and not to be learned from what happens to lie in a block: a slip of the pen always breaks
 * the check character, so two different valid numbers are two persons but for a number that was issued twice or taken from a
 * relative's card; and a valid number in two places is one person but for the same mistake.
 */
export const mOfTwoValidNumbers = 1e-5;
export function uOfIdNumbers(records: number): readonly (readonly [level: number, u: number])[] {
  return [
    [1, 0.001 / Math.max(1000, records)],
    [2, 1e-7],
    [3, 5e-7],
  ];
}

/**
 * What registers elsewhere look like: the learner starts here and stays near it where the data say little (a small county).
 * In the order of the levels.
 */
const expected: Record<ComparisonName, readonly number[]> = {
  name: [0, 0.82, 0.03, 0.05, 0.05, 0.05],
  'id-number': [0, 0.7, 0.08, 0.12, mOfTwoValidNumbers, 0.1],
  'birth-date': [0, 0.8, 0.1, 0.04, 0.06],
  sex: [0, 0.99, 0.01],
  relation: [0, 0.55, 0.4, 0.05],
  phone: [0, 0.5, 0, 0.5],
  place: [0, 0.55, 0.2, 0.15, 0.1, 0],
};

export const startingM: readonly (readonly number[])[] = comparisonNames.map((name) => expected[name]);

/** Weight of a level in bits: how many times more often (as a power of two) it is seen for one person than for two. */
export function levelWeight(model: LinkageModel, comparison: number, level: number): number {
  if (isNeutral(comparison, level)) return 0;
  return Math.log2(model.m[comparison]![level]! / model.u[comparison]![level]!);
}

export function priorWeight(model: LinkageModel): number {
  return Math.log2(model.prior / (1 - model.prior));
}

export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}

/** Weight of every agreement pattern, the prior included, before names and phones are weighed by how common they are. */
export function patternWeights(model: LinkageModel): Float64Array {
  const byLevel = levelCounts.map((count, comparison) => Array.from({ length: count }, (_, level) => levelWeight(model, comparison, level)));
  const weights = new Float64Array(patternCount);
  const prior = priorWeight(model);
  for (let pattern = 0; pattern < patternCount; pattern += 1) weights[pattern] = levelsOf(pattern).reduce((sum, level, comparison) => sum + byLevel[comparison]![level]!, prior);
  return weights;
}
