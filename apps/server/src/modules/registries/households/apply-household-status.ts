import { householdChanged } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events/publish.ts';
import type { HouseholdRow } from './household-store.ts';

/** Gives a household another status from a day on, in the caller's transaction; the one before stays as history. */
export async function applyHouseholdStatus(trx: Trx, actor: Actor, household: Pick<HouseholdRow, 'county_code' | 'id' | 'responsible_region_code'>, change: { status: string; from: string; reason: string }): Promise<void> {
  const { rows } = await sql<{ id: string; valid_from: string }>`SELECT id, valid_from FROM households.household_status WHERE household_id = ${household.id} AND superseded_at IS NULL AND valid_to IS NULL FOR UPDATE`.execute(trx);
  const open = rows[0];
  if (open && open.valid_from >= change.from) throw new AppError('request-invalid', undefined, { fields: [{ path: 'from', message: `须晚于现身份的起始日 ${open.valid_from}。` }] });
  if (open) {
    await sql`UPDATE households.household_status SET superseded_at = now() WHERE id = ${open.id}`.execute(trx);
    await sql`INSERT INTO households.household_status (county_code, id, household_id, responsible_region_code, status_code, valid_from, valid_to, reason, recorded_by)
      SELECT county_code, ${newId()}::uuid, household_id, responsible_region_code, status_code, valid_from, ${change.from}::date, reason, ${actor.accountId}::uuid FROM households.household_status WHERE id = ${open.id}`.execute(trx);
  }
  await sql`INSERT INTO households.household_status (county_code, id, household_id, responsible_region_code, status_code, valid_from, reason, recorded_by)
    VALUES (${household.county_code}, ${newId()}, ${household.id}, ${household.responsible_region_code}, ${change.status}, ${change.from}, ${change.reason}, ${actor.accountId})`.execute(trx);
  await sql`UPDATE households.household SET status_code = ${change.status}, status_from = ${change.from}, version = version + 1, changed_at = now() WHERE id = ${household.id}`.execute(trx);
  await recordAudit(trx, actor, { action: 'household.status', objectKind: 'household', objectId: household.id, householdId: household.id, regionCode: household.responsible_region_code, reason: change.reason, details: { status: change.status } });
  await publish(trx, actor, householdChanged, { subject: household.id, payload: { householdId: household.id, change: 'status' } });
}
