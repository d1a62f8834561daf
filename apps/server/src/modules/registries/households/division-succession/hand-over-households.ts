import { divisionSucceeded } from '@sunlit/api-spec';
import { sql, type RawBuilder } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { publish } from '#platform/events/publish.ts';
import { sectionForms, tableOf } from '../sections/section-forms.ts';

type Which = (householdIds: readonly string[]) => RawBuilder<unknown>;

const ofHousehold: Which = (ids) => sql`household_id = ANY (${ids}::uuid[])`;
const ofPerson = (column: string): Which => (ids) => sql`${sql.ref(column)} IN (SELECT id FROM households.person WHERE household_id = ANY (${ids}::uuid[]))`;
const ofRequest: Which = (ids) => sql`request_id IN (SELECT id FROM households.change_request WHERE household_id = ANY (${ids}::uuid[]))`;

/** Every table whose rows lie in the division of a household, and which of its rows are about given households. */
const tables: Readonly<Record<string, Which>> = {
  person: ofHousehold,
  membership: ofHousehold,
  person_fact: ofPerson('person_id'),
  household_status: ofHousehold,
  income: ofHousehold,
  income_item: (ids) => sql`income_id IN (SELECT id FROM households.income WHERE household_id = ANY (${ids}::uuid[]))`,
  enrolment: ofHousehold,
  authorisation: ofHousehold,
  source_row: ofHousehold,
  cell_correction: ofHousehold,
  import_undo: ofHousehold,
  change_request: ofHousehold,
  change_request_step: ofRequest,
  change_request_attachment: ofRequest,
  household_alias: (ids) => sql`kept_household_id = ANY (${ids}::uuid[])`,
  field_exception: ofHousehold,
  dated_value: (ids) => sql`(subject_id = ANY (${ids}::uuid[]) OR ${ofPerson('subject_id')(ids)})`,
  ...Object.fromEntries(sectionForms().map((section) => [tableOf(section), ofHousehold])),
};

/**
 * Households of a division that ended belong to a successor from then on, with requests that are under way: whoever is
 * responsible there goes on with them, other modules follow by event. The old code stays readable on the household.
 * @param only these households, and what was merged into them; all of the division when it is left out
 */
export async function handOverHouseholds(trx: Trx, actor: Actor, { from, to, only }: { from: string; to: string; only?: readonly string[] }): Promise<void> {
  // Some counties number each village from 1: a number that the successor has already carries the old village with it.
  const { rows } = await sql<{ id: string }>`
    UPDATE households.household h SET responsible_region_code = ${to}, historical_region_code = coalesce(historical_region_code, responsible_region_code), version = version + 1, changed_at = now(),
      number = CASE WHEN EXISTS (SELECT 1 FROM households.household o WHERE o.responsible_region_code = ${to} AND o.number = h.number) THEN h.number || '-' || substr(${from}, 10, 3) ELSE h.number END
    WHERE responsible_region_code = ${from} ${only ? sql`AND id = ANY (${only}::uuid[])` : sql``} RETURNING id`.execute(trx);
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  for (const [table, which] of Object.entries(tables)) {
    await sql`UPDATE households.${sql.raw(table)} SET responsible_region_code = ${to} WHERE responsible_region_code = ${from} ${only ? sql`AND ${which(ids)}` : sql``}`.execute(trx);
  }
  const ownTokens = only ? sql`AND household_id = ANY (${ids}::uuid[])` : sql``;
  await sql`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id) SELECT token, ${to}, county_code, household_id FROM households.search_token WHERE responsible_region_code = ${from} ${ownTokens} ON CONFLICT DO NOTHING`.execute(trx);
  await sql`DELETE FROM households.search_token WHERE responsible_region_code = ${from} ${ownTokens}`.execute(trx);
  await sql`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id) SELECT 'h:' || number, responsible_region_code, county_code, id FROM households.household WHERE id = ANY (${ids}::uuid[]) ON CONFLICT DO NOTHING`.execute(trx);
  await recordAudit(trx, actor, { action: 'household.succeed', objectKind: 'region', objectId: from, regionCode: to, details: { households: ids.length, successor: to }, ...(only?.length === 1 ? { householdId: only[0]! } : {}) });
  await publish(trx, actor, divisionSucceeded, { subject: from, payload: { regionCode: from, successorCode: to, ...(only ? { householdIds: ids } : {}) } });
}
