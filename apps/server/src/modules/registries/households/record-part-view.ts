import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { HouseholdRow } from './household-store.ts';

const samePage = '5 minutes';

/** Looking at a part of a household is looking at the household: recorded, unless the same person has just opened its page. */
export async function recordPartView(trx: Trx, actor: Actor, household: HouseholdRow): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM audit.record WHERE household_id = ${household.id} AND actor_id = ${actor.accountId} AND action = 'household.view' AND at > now() - ${samePage}::interval LIMIT 1`.execute(trx);
  if (rows.length > 0) return;
  await recordAudit(trx, actor, { action: 'household.view', objectKind: 'household', objectId: household.id, householdId: household.id, regionCode: household.responsible_region_code });
}
