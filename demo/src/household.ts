import type { Village } from './divisions.ts';

/** What the generator knows about a made-up household, before it is written as the county and the departments would. */
export interface Household {
  readonly index: number;
  /** household number of the county's template, unique in the city */
  readonly number: string;
  readonly village: Village;
  readonly status: HouseholdStatus;
  readonly statusFrom: string;
  welfare: 'none' | 'subsistence-rural' | 'destitute-support';
  incomePerCapitaYuan: number;
  readonly persons: Person[];
  account: string;
  /** in whose name the account is, where it is nobody of the household */
  accountHolder?: string;
}

export type HouseholdStatus = 'lifted' | 'unstable' | 'marginal' | 'sudden' | 'ordinary';

export interface Person {
  name: string;
  readonly idNumber: string;
  readonly sex: 'male' | 'female';
  readonly birth: string;
  /** completed years on the demo's day, and on the day the school year began */
  readonly age: number;
  readonly schoolAge: number;
  readonly relation: string;
  student: SchoolStage | undefined;
  labour: 'ordinary' | 'skilled' | 'weak' | 'lost' | 'none';
  health: string;
  disability: { readonly level: number; readonly classCode: string } | undefined;
  residentInsured: boolean;
  employeeInsured: boolean;
  account: string;
}

export type SchoolStage = 'preschool' | 'primary' | 'junior' | 'senior' | 'vocational' | 'college' | 'special';

/** Subject to a means test: what the rules call an assisted household. */
export function isMeansTested(household: Pick<Household, 'status' | 'welfare'>): boolean {
  return ['unstable', 'marginal', 'sudden'].includes(household.status) || household.welfare !== 'none';
}

/**
 * Position of a person in the household by date of birth, the oldest is 1. No two members share a date of birth, so the
 * position is known from any registry without an identity number.
 */
export function ordinalOf(household: Pick<Household, 'persons'>, person: Pick<Person, 'birth'>): number {
  return household.persons.filter(({ birth }) => birth <= person.birth).length;
}
