import type { PlantedCase } from './planted-case.ts';
import { plantsOfLand } from './plants-of-land.ts';
import { plantsOfLife } from './plants-of-life.ts';
import { plantsOfMissingHelp } from './plants-of-missing-help.ts';
import { plantsOfWarning } from './plants-of-warning.ts';
import { plantsOfProperty } from './plants-of-property.ts';
import type { Random } from './random.ts';
import type { CityPlan } from './scale.ts';

export const plantedCases: readonly PlantedCase[] = [...plantsOfProperty, ...plantsOfLife, ...plantsOfMissingHelp, ...plantsOfWarning];

/** Which household carries which case: spread over the whole city, never two in neighbours. */
export function spreadCases(plan: CityPlan, random: Random): ReadonlyMap<number, PlantedCase> {
  const shuffled = plantedCases
    .flatMap((planted) =>
      Array.from({ length: Math.max(1, Math.round(planted.perSample * plan.share * 50)) }, () => planted),
    )
    .map((planted) => ({ planted, at: random.next() }))
    .toSorted((a, b) => a.at - b.at);
  // every other household at most, so that a case between two households has an ordinary neighbour
  const fitting = shuffled.slice(0, Math.floor((plan.households - 1) / 2));
  const spread = new Map(
    fitting.map(({ planted }, index) => [Math.floor((index * (plan.households - 1)) / fitting.length), planted]),
  );
  fillGaps(spread, plan);
  return spread;
}

/** Cases that need nothing special stand in the middle between two others, so that these stay where they were. */
function fillGaps(spread: Map<number, PlantedCase>, plan: CityPlan): void {
  const taken = [...spread.keys()].toSorted((a, b) => a - b);
  const gaps = taken.flatMap((at, index) => ((taken[index + 1] ?? plan.households) - at >= 4 ? [Math.floor((at + (taken[index + 1] ?? plan.households)) / 2)] : []));
  const cases = plantsOfLand.flatMap((planted) =>
    Array.from({ length: Math.max(1, Math.round(planted.perSample * plan.share * 50)) }, () => planted),
  );
  for (const [index, planted] of cases.slice(0, gaps.length).entries())
    spread.set(gaps[Math.floor((index * gaps.length) / Math.min(cases.length, gaps.length))]!, planted);
}
