import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { arrayLiteral } from '#platform/database/array-literal.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { HouseholdForQuality } from '#modules/registries/households/index.ts';
import { countyChecker, type CountyChecker } from './county-checker.ts';

/**
 * Brings the work list of some households up to date: new hits open an item, what no longer holds is resolved, what somebody
 * accepted stays accepted while it holds.
 */
export async function refreshHouseholds(trx: Trx, households: readonly HouseholdForQuality[], checkers = new Map<string, CountyChecker>()): Promise<void> {
  const found: { county: string; region: string; household: string; person: string | null; check: string }[] = [];
  for (const { countyCode, regionCode, id, facts } of households) {
    let check = checkers.get(countyCode);
    if (!check) checkers.set(countyCode, (check = await countyChecker(trx, countyCode)));
    for (const hit of check(facts)) found.push({ county: countyCode, region: regionCode, household: id, person: hit.personId, check: hit.checkCode });
  }
  await sql`
    WITH found AS (
      SELECT * FROM unnest(${arrayLiteral(found.map((one) => one.county))}::text[], ${arrayLiteral(found.map(() => newId()))}::uuid[], ${arrayLiteral(found.map((one) => one.region))}::text[],
        ${arrayLiteral(found.map((one) => one.household))}::uuid[], ${arrayLiteral(found.map((one) => one.person))}::uuid[], ${arrayLiteral(found.map((one) => one.check))}::text[])
        AS t (county_code, id, region_code, household_id, person_id, check_code)),
    gone AS (
      UPDATE data_quality.item i SET state = 'resolved', resolved_at = now()
      WHERE i.household_id = ANY (${arrayLiteral(households.map(({ id }) => id))}::uuid[]) AND i.state <> 'resolved'
        AND NOT EXISTS (SELECT 1 FROM found f WHERE f.household_id = i.household_id AND f.check_code = i.check_code AND f.person_id IS NOT DISTINCT FROM i.person_id))
    INSERT INTO data_quality.item AS i (county_code, id, responsible_region_code, household_id, person_id, check_code)
    SELECT county_code, id, region_code, household_id, person_id, check_code FROM found
    ON CONFLICT (household_id, check_code, person_id) DO UPDATE SET state = 'open', found_at = now(), resolved_at = NULL, accepted_by = NULL, accepted_by_name = NULL, accepted_at = NULL, accepted_reason = NULL
      WHERE i.state = 'resolved'`.execute(trx);
}
