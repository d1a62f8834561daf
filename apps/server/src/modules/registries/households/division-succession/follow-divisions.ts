import { divisionSucceeded } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { publish } from '#platform/events/publish.ts';
import { listSucceededDivisions } from '#modules/organisation/index.ts';
import { sectionForms, tableOf } from '../sections/section-forms.ts';

/** Every table whose rows lie in the division of a household. */
const tables = [
  'person', 'membership', 'person_fact', 'household_status', 'income', 'income_item', 'enrolment', 'authorisation', 'source_row', 'cell_correction', 'import_undo',
  'change_request', 'change_request_step', 'change_request_attachment', 'household_alias', 'field_exception', 'dated_value',
];

/**
 * Households of a village that was merged into another belong to the other from then on, with requests that are under way:
 * whoever is responsible there goes on with them. The old code stays readable on the household.
 */
export async function followDivisions(): Promise<void> {
  const succeeded = await inTransaction(systemActor, (trx) => listSucceededDivisions(trx, today()));
  for (const { code, successor } of succeeded) await inTransaction(systemActor, (trx) => handOver(trx, code, successor));
}

async function handOver(trx: Trx, code: string, successor: string): Promise<void> {
  // Some counties number each village from 1: a number that the successor has already carries the old village with it.
  const { rows } = await sql<{ id: string }>`
    UPDATE households.household h SET responsible_region_code = ${successor}, historical_region_code = coalesce(historical_region_code, responsible_region_code), version = version + 1, changed_at = now(),
      number = CASE WHEN EXISTS (SELECT 1 FROM households.household o WHERE o.responsible_region_code = ${successor} AND o.number = h.number) THEN h.number || '-' || substr(${code}, 10, 3) ELSE h.number END
    WHERE responsible_region_code = ${code} RETURNING id`.execute(trx);
  if (rows.length === 0) return;
  for (const table of [...tables, ...sectionForms().map(tableOf)]) await sql`UPDATE households.${sql.raw(table)} SET responsible_region_code = ${successor} WHERE responsible_region_code = ${code}`.execute(trx);
  await sql`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id) SELECT token, ${successor}, county_code, household_id FROM households.search_token WHERE responsible_region_code = ${code} ON CONFLICT DO NOTHING`.execute(trx);
  await sql`DELETE FROM households.search_token WHERE responsible_region_code = ${code}`.execute(trx);
  await sql`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id) SELECT 'h:' || number, responsible_region_code, county_code, id FROM households.household WHERE id = ANY (${rows.map(({ id }) => id)}::uuid[]) ON CONFLICT DO NOTHING`.execute(trx);
  await recordAudit(trx, systemActor, { action: 'household.succeed', objectKind: 'region', objectId: code, regionCode: successor, details: { households: rows.length, successor } });
  await publish(trx, systemActor, divisionSucceeded, { subject: code, payload: { regionCode: code, successorCode: successor } });
}
