import type { HouseholdNeeds } from './build-household.ts';
import type { Household, Person } from './household.ts';
import type { Emit, Exceptions } from './household-facts.ts';
import type { Random } from './random.ts';

export interface PlantContext {
  readonly household: Household;
  /** the next household, for cases between two */
  readonly partner: Household | undefined;
  readonly random: Random;
  readonly exceptions: Exceptions;
  readonly emit: Emit;
  /** identity number of somebody the registry does not know */
  readonly strangerId: () => string;
  /** notes what must be found, beside what the case itself is about */
  readonly expect: (
    rule: string,
    about: { person?: Person; household?: Household; households?: readonly Household[] },
    period?: string,
  ) => void;
  /** notes what the check before paying must doubt about the lines of a person, or of everybody of a household */
  readonly doubt: (doubt: PayoutDoubt, about: { person?: Person; household?: Household }) => void;
}

export type PayoutDoubt = 'died' | 'in-custody' | 'exclusive' | 'shared-account' | 'owner-mismatch' | 'over-standard' | 'twice-in-month';

export interface PlantedCase {
  readonly rule: string;
  readonly label: 'planted' | 'look-alike';
  /** what it is, in words, for the truth file */
  readonly note: string;
  /** how many in a sample; the whole city has fifty times as many */
  readonly perSample: number;
  readonly needs: HouseholdNeeds;
  /** what the next household must be, for cases between two */
  readonly partnerNeeds?: HouseholdNeeds;
  plant(context: PlantContext): void;
}

export function head(household: Household): Person {
  return member(household, '户主');
}

export function member(household: Household, ...relations: readonly string[]): Person {
  const person = household.persons.find(({ relation }) => relations.includes(relation));
  if (!person) throw new Error(`The household has no ${relations.join(' or ')}`);
  return person;
}

export function child(household: Household): Person {
  return member(household, '之子', '之女');
}

/** Somebody else with the head's name: another number, in no household of the registry. */
export function namesake({ household, strangerId }: PlantContext): Pick<Person, 'idNumber' | 'name'> {
  return { idNumber: strangerId(), name: head(household).name };
}
