import { normaliseTitle } from '@sunlit/kernel';
import type { DataQualityCheck, QualityContext, QualityScope } from './data-quality-check.ts';
import { importedFieldTitles } from './imported-field-titles.ts';
import { QualityHousehold, type HouseholdFacts } from './quality-record.ts';

export interface QualityHit {
  readonly checkCode: string;
  readonly personId: string | null;
  /** row of the file, for people not registered yet */
  readonly row: number | null;
}

/**
 * The checks that can say something: not those that read a column which the household's file never had, nor those that need
 * a sheet which was never imported.
 * @param columns what the household's file had, see `HouseholdFacts.columns`
 * @param sheets templates of the sheets that the household's county imported
 */
export function applicableChecks(checks: readonly DataQualityCheck[], columns: ReadonlySet<string>, sheets: ReadonlySet<string>): DataQualityCheck[] {
  const readable = (field: string): boolean => columns.has(importedFieldTitles.has(field) ? field : normaliseTitle(field));
  return checks.filter((check) => check.fields.every(readable) && !check.sheets?.some((sheet) => !sheets.has(sheet)));
}

/** What applicable checks find in one household. */
export function evaluateHousehold(checks: readonly DataQualityCheck[], facts: HouseholdFacts, context: QualityContext): QualityHit[] {
  const household = new QualityHousehold(facts, context.asOf);
  const hits: QualityHit[] = [];
  for (const check of checks) {
    if (!inScope(check.scope, household)) continue;
    if (check.subject === 'household') {
      if (check.test(household, context)) hits.push({ checkCode: check.code, personId: null, row: facts.persons[0]?.row ?? null });
    } else {
      for (const person of household.persons) if (check.test(person, household, context)) hits.push({ checkCode: check.code, personId: person.facts.id, row: person.facts.row });
    }
  }
  return hits;
}

function inScope(scope: QualityScope, household: QualityHousehold): boolean {
  if (scope === 'all') return true;
  return scope === 'lifted' ? household.lifted : scope === 'monitored' ? household.monitored : household.lifted || household.monitored;
}
