import type { HouseholdFacts } from '@sunlit/rule-kit';
import type { Actor } from '#platform/authorization/actor.ts';

export interface DraftHint {
  readonly code: string;
  readonly title: { readonly zh: string; readonly en: string };
}

/** What does not add up in a household of a file. */
export type DraftChecker = (facts: HouseholdFacts) => readonly DraftHint[];

let makeChecker: (actor: Actor, countyCode: string) => Promise<DraftChecker> = async () => () => [];

/** The checks of data quality stand above this module: whoever has them says how a file's households are looked at. */
export function registerDraftChecker(make: typeof makeChecker): void {
  makeChecker = make;
}

export function draftCheckerFor(actor: Actor, countyCode: string): Promise<DraftChecker> {
  return makeChecker(actor, countyCode);
}

/** Counts hints over the households of a file; hints never keep a row out of the registry. */
export class DraftChecks {
  readonly #actor: Actor;
  readonly #checkers = new Map<string, DraftChecker>();
  readonly #counts = new Map<string, DraftHint & { count: number }>();

  constructor(actor: Actor) {
    this.#actor = actor;
  }

  async add(countyCode: string, facts: HouseholdFacts): Promise<void> {
    let checker = this.#checkers.get(countyCode);
    if (!checker) this.#checkers.set(countyCode, (checker = await makeChecker(this.#actor, countyCode)));
    for (const hint of checker(facts)) {
      const counted = this.#counts.get(hint.code);
      if (counted) counted.count += 1;
      else this.#counts.set(hint.code, { code: hint.code, title: hint.title, count: 1 });
    }
  }

  /** the most frequent first */
  get counts(): (DraftHint & { count: number })[] {
    return [...this.#counts.values()].sort((left, right) => right.count - left.count);
  }
}
