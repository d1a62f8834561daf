import type { householdStatusChange } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import { fieldOf, refused, type ChangeKind } from '../change-kind.ts';
import { requireCode } from '../require-code.ts';
import { refreshHousehold } from '../write-membership.ts';

async function findOpenStatus(trx: Trx, householdId: string): Promise<{ id: string; status_code: string; valid_from: string } | undefined> {
  const { rows } = await sql<{ id: string; status_code: string; valid_from: string }>`SELECT id, status_code, valid_from FROM households.household_status WHERE household_id = ${householdId} AND superseded_at IS NULL AND valid_to IS NULL ORDER BY valid_from DESC LIMIT 1`.execute(trx);
  return rows[0];
}

/** A new status from a day; the one before is closed there, never changed. */
export const householdStatus: ChangeKind<z.output<typeof householdStatusChange>> = {
  examine: async ({ trx, household, effectiveOn }, change) => {
    requireCode('household-status', 'status', change.status);
    const open = await findOpenStatus(trx, household.id);
    if (open && open.status_code !== change.status && open.valid_from >= effectiveOn) throw refused('status', `须晚于现身份的起始日 ${open.valid_from}。`);
    return [fieldOf(null, 'status', open?.status_code ?? household.status_code, change.status)];
  },
  write: async (context, change) => {
    const { trx, actor, household, effectiveOn, requestId, reason } = context;
    const open = await findOpenStatus(trx, household.id);
    if (open) {
      await sql`UPDATE households.household_status SET superseded_at = now(), superseded_by_change = ${requestId} WHERE id = ${open.id}`.execute(trx);
      await sql`INSERT INTO households.household_status (county_code, id, household_id, responsible_region_code, status_code, valid_from, valid_to, reason, recorded_by, change_id)
        SELECT county_code, ${newId()}::uuid, household_id, responsible_region_code, status_code, valid_from, ${effectiveOn}::date, reason, ${actor.accountId}::uuid, ${requestId}::uuid FROM households.household_status WHERE id = ${open.id}`.execute(trx);
    }
    await sql`INSERT INTO households.household_status (county_code, id, household_id, responsible_region_code, status_code, valid_from, reason, recorded_by, change_id)
      VALUES (${household.county_code}, ${newId()}, ${household.id}, ${household.responsible_region_code}, ${change.status}, ${effectiveOn}, ${reason}, ${actor.accountId}, ${requestId})`.execute(trx);
    await sql`UPDATE households.household SET status_code = ${change.status}, status_from = ${effectiveOn} WHERE id = ${household.id}`.execute(trx);
    await refreshHousehold(context, household.id);
    return [{ change: 'status' }];
  },
};
