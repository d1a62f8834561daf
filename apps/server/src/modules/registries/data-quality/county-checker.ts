import { applicableChecks, evaluateHousehold, type DataQualityCheck, type HouseholdFacts, type QualityHit } from '@sunlit/rule-kit';
import type { Trx } from '#platform/database/transaction.ts';
import { listImportedSheets } from '#modules/registries/households/index.ts';
import { getQualityChecks } from './quality-library.ts';
import { qualityContext } from './quality-values.ts';

export type CountyChecker = (facts: HouseholdFacts) => QualityHit[];

/** The checks of a county, with its values and the sheets it imports, ready for many households. */
export async function countyChecker(trx: Trx, countyCode: string): Promise<CountyChecker> {
  const { context, has } = await qualityContext(trx, countyCode);
  const checks: DataQualityCheck[] = [...(await getQualityChecks()).values()].filter(({ values = [] }) => values.every(has));
  const sheets = await listImportedSheets(trx, countyCode);
  // Households of one file share the set of its columns.
  const applicable = new WeakMap<ReadonlySet<string>, DataQualityCheck[]>();
  return (facts) => {
    let own = applicable.get(facts.columns);
    if (!own) applicable.set(facts.columns, (own = applicableChecks(checks, facts.columns, sheets)));
    return evaluateHousehold(own, facts, context);
  };
}
