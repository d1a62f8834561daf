import type { BodyOf, acceptQualityItem as acceptEndpoint, reopenQualityItem as reopenEndpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findItem, type ItemRow } from './quality-items.ts';

const done = { ok: true as const };

/** Somebody looked and says that the record is right; it stays off the work list as long as the record stays as it is. */
export async function acceptItem(actor: Actor, id: string, command: BodyOf<typeof acceptEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'data-quality.accept', { ...command, id } as typeof command, async (trx) => {
    const item = await requireItem(trx, actor, id, 'open');
    await sql`UPDATE data_quality.item SET state = 'accepted', accepted_by = ${actor.accountId}, accepted_by_name = ${actor.displayName}, accepted_at = now(), accepted_reason = ${command.reason} WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'data-quality.accept', objectKind: 'data-quality-item', objectId: id, householdId: item.household_id, regionCode: item.responsible_region_code, reason: command.reason, details: { check: item.check_code } });
    return done;
  });
}

export async function reopenItem(actor: Actor, id: string, command: BodyOf<typeof reopenEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'data-quality.reopen', { ...command, id } as typeof command, async (trx) => {
    const item = await requireItem(trx, actor, id, 'accepted');
    await sql`UPDATE data_quality.item SET state = 'open', accepted_by = NULL, accepted_by_name = NULL, accepted_at = NULL, accepted_reason = NULL WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'data-quality.reopen', objectKind: 'data-quality-item', objectId: id, householdId: item.household_id, regionCode: item.responsible_region_code, details: { check: item.check_code } });
    return done;
  });
}

async function requireItem(trx: Trx, actor: Actor, id: string, state: ItemRow['state']): Promise<ItemRow> {
  const item = await findItem(trx, id);
  if (!item) throw new AppError('not-found');
  authorize(actor, 'household.change', { regionCode: item.responsible_region_code });
  // Nobody declares the records of their own household right.
  if (actor.ownHouseholds.includes(item.household_id)) throw new AppError('conflict-of-interest');
  if (item.state !== state) throw new AppError('wrong-state');
  return item;
}
