import { probabilityOf } from './linkage-model.ts';

export interface ExpectedErrors {
  readonly probability: number;
  readonly pairs: number;
  /** share of the pairs at or above the threshold that are one person, as the model believes */
  readonly precision: number;
  /** share of the candidates that are one person and lie at or above the threshold, as the model believes */
  readonly recall: number;
}

/** What to expect of a threshold before anybody has looked at a pair. */
export function expectedErrors(weights: Float32Array, probability: number): ExpectedErrors {
  const threshold = Math.log2(probability / (1 - probability));
  let pairs = 0;
  let found = 0;
  let all = 0;
  for (const weight of weights) {
    const belief = probabilityOf(weight);
    all += belief;
    if (weight < threshold) continue;
    pairs += 1;
    found += belief;
  }
  return { probability, pairs, precision: pairs === 0 ? 1 : found / pairs, recall: all === 0 ? 1 : found / all };
}
