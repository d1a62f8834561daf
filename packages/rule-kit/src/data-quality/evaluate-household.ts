import { normaliseTitle } from '@sunlit/kernel';
import { importedFieldTitles } from './imported-field-titles.ts';
import type { DataQualityCheck, QualityContext, QualityScope } from './data-quality-check.ts';
import { QualityHousehold, type HouseholdFacts } from './quality-record.ts';

export interface QualityHit {
  readonly checkCode: string;
  readonly personId: string | null;
  /** row of the file, for people not registered yet */
  readonly row: number | null;
}

/**
 * What the checks find in one household. A check is passed over when the household's file never had a column that it reads,
 * or when a sheet it needs was never imported.
 * @param sheets templates of the sheets that the household's county imported
 */
export function evaluateHousehold(checks: readonly DataQualityCheck[], facts: HouseholdFacts, context: QualityContext, sheets: ReadonlySet<string>): QualityHit[] {
  const household = new QualityHousehold(facts, context.asOf);
  const hits: QualityHit[] = [];
  for (const check of checks) {
    if (!inScope(check.scope, household) || !check.fields.every((field) => readable(field, facts.columns)) || check.sheets?.some((sheet) => !sheets.has(sheet))) continue;
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

function readable(field: string, columns: ReadonlySet<string>): boolean {
  return importedFieldTitles.has(field) || columns.has(normaliseTitle(field));
}
