export { caseHousehold, normalised } from './case-household.ts';
export { householdCheck, householdChecks, personCheck, personChecks } from './data-quality-check.ts';
export type { DataQualityCheck, QualityCase, QualityContext, QualityScope } from './data-quality-check.ts';
export { applicableChecks, evaluateHousehold } from './evaluate-household.ts';
export type { QualityHit } from './evaluate-household.ts';
export { importedFieldTitles } from './imported-field-titles.ts';
export { QualityHousehold, QualityPerson } from './quality-record.ts';
export type { HouseholdFacts, PersonFacts } from './quality-record.ts';
