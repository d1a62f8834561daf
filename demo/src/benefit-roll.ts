import { ordinalOf } from './household.ts';
import type { Household, Person } from './household.ts';
import type { PayoutDoubt } from './planted-case.ts';

/** Who is on the rolls of a county, as its own household file says. */
export interface CountyRoll {
  readonly code: string;
  readonly name: string;
  readonly cityCode: string;
  subsistencePersons: number;
  destitutePersons: number;
  /** 80 and older */
  oldPersons: number;
  households: number;
  /** numbers of the households on the roll without anything planted, in order */
  readonly ordinary: string[];
}

export interface PlantedDoubt {
  readonly doubt: PayoutDoubt;
  readonly countyCode: string;
  readonly householdNumber: string;
  /** null: every line of the household */
  readonly personOrdinal: number | null;
}

/** Collects, while the city is written, whom its counties pay and what is wrong with it. */
export class BenefitRoll {
  readonly counties = new Map<string, CountyRoll>();
  readonly doubts: PlantedDoubt[] = [];
  readonly #planted = new Set<string>();

  doubt(doubt: PayoutDoubt, household: Household, person: Person | undefined): void {
    this.#planted.add(household.number);
    this.doubts.push({ doubt, countyCode: household.village.countyCode, householdNumber: household.number, personOrdinal: person ? ordinalOf(household, person) : null });
  }

  /** a household on the roll with nothing planted in it */
  isOrdinary({ number, welfare }: Household): boolean {
    return welfare === 'subsistence-rural' && !this.#planted.has(number);
  }

  add(household: Household, alsoDestitute: ReadonlySet<string>): void {
    const { countyCode: code, county: name } = household.village;
    const county = this.counties.get(code) ?? { code, name, cityCode: `${code.slice(0, 4)}00000000`, subsistencePersons: 0, destitutePersons: 0, oldPersons: 0, households: 0, ordinary: [] };
    this.counties.set(code, county);
    const { persons, welfare } = household;
    if (welfare === 'subsistence-rural') county.subsistencePersons += persons.length;
    county.destitutePersons += welfare === 'destitute-support' ? persons.length : alsoDestitute.size;
    const old = persons.filter(({ age }) => age >= 80).length;
    county.oldPersons += old;
    if (welfare !== 'none' || old > 0) county.households += 1;
    if (welfare === 'subsistence-rural' && !this.#planted.has(household.number)) county.ordinary.push(household.number);
  }
}
