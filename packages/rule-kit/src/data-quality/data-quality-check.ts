import type { HouseholdFacts, PersonFacts, QualityHousehold, QualityPerson } from './quality-record.ts';

/** Whose records a check reads: 脱贫户, 监测对象, both, or every household. */
export type QualityScope = 'lifted' | 'monitored' | 'assisted' | 'all';

export interface QualityContext {
  /** the day looked at */
  readonly asOf: string;
  /** A dated regional value (income line, age limit), in its own unit. */
  readonly value: (name: string) => number;
}

export type CasePerson = Partial<Omit<PersonFacts, 'cells'>> & { readonly age?: number; readonly cells?: Readonly<Record<string, string>> };
/** What differs from an unsuspicious household of one healthy adult. `cells` are those of the head's row. */
export interface QualityCase extends Partial<Omit<HouseholdFacts, 'persons' | 'columns'>> {
  readonly cells?: Readonly<Record<string, string>>;
  readonly persons?: readonly CasePerson[];
}

interface CheckFacts {
  readonly code: string;
  readonly scope: QualityScope;
  readonly title: { readonly zh: string; readonly en: string };
  /** what to look at and correct: our field names, or titles of columns that have no field. A file without such a column is not checked. */
  readonly fields: readonly string[];
  /** id of the working set that a county may know it by (domain facts, not ours) */
  readonly sourceRef?: string;
  /** sheets without which nothing can be said */
  readonly sheets?: readonly string[];
  /** dated values the check reads */
  readonly values?: readonly string[];
  /** households that must be reported, and that must not */
  readonly wrong: readonly QualityCase[];
  readonly right: readonly QualityCase[];
}

export type PersonCheck = CheckFacts & { readonly subject: 'person'; readonly test: (person: QualityPerson, household: QualityHousehold, context: QualityContext) => boolean };
export type HouseholdCheck = CheckFacts & { readonly subject: 'household'; readonly test: (household: QualityHousehold, context: QualityContext) => boolean };
export type DataQualityCheck = PersonCheck | HouseholdCheck;

type Both<Check extends DataQualityCheck> = Omit<Check, 'scope' | 'subject' | 'sourceRef'> & { readonly sourceRef?: { readonly lifted?: string; readonly monitored?: string } };

export function personCheck(check: Omit<PersonCheck, 'subject'>): PersonCheck {
  return { ...check, subject: 'person' };
}

export function householdCheck(check: Omit<HouseholdCheck, 'subject'>): HouseholdCheck {
  return { ...check, subject: 'household' };
}

const scopes = [
  ['lifted', '脱贫户', 'household out of poverty'],
  ['monitored', '监测对象', 'monitored household'],
] as const;

/** The same predicate for 脱贫户 and 监测对象, each with its own code, as counties count them apart. */
export function personChecks(check: Both<PersonCheck>): PersonCheck[] {
  return scopes.map(([scope, zh, en]) => personCheck({ ...check, ...named(check, scope, zh, en) }));
}

export function householdChecks(check: Both<HouseholdCheck>): HouseholdCheck[] {
  return scopes.map(([scope, zh, en]) => householdCheck({ ...check, ...named(check, scope, zh, en) }));
}

function named(check: { code: string; title: { zh: string; en: string }; sourceRef?: { lifted?: string; monitored?: string } }, scope: 'lifted' | 'monitored', zh: string, en: string) {
  return { code: `${check.code}-${scope}`, scope, title: { zh: `${zh}：${check.title.zh}`, en: `${check.title.en} (${en})` }, sourceRef: check.sourceRef?.[scope] };
}
