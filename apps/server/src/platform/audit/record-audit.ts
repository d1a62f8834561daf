import type { Actor } from '../authorization/actor.ts';
import { withoutPersonalData } from '../logging/log.ts';
import type { Trx } from '../database/transaction.ts';

export interface AuditEntry {
  action: string;
  objectKind: string;
  objectId: string;
  regionCode?: string | null;
  /** the household this look-up or change concerns, so that residents can be shown it */
  householdId?: string | null;
  reason?: string | null;
  /** ids, codes and counts only; never a personal value */
  details?: Record<string, string | number | boolean | null | string[]>;
}

const audited = new WeakSet<Trx>();

/** Writes the audit record in the command's own transaction: both are kept or neither. */
export async function recordAudit(trx: Trx, actor: Actor, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit.record')
    .values({
      actor_id: actor.accountId,
      actor_name: actor.displayName,
      action: entry.action,
      object_kind: entry.objectKind,
      object_id: entry.objectId,
      region_code: entry.regionCode ?? '',
      household_id: entry.householdId ?? null,
      // typed by a person, sealed for ever: a number that slipped in stays out
      reason: entry.reason ? withoutPersonalData(entry.reason) : null,
      // Whose duty it is to look without warning: the household is shown it later.
      details: JSON.stringify({ ...entry.details, ...(actor.permissions.has('lookup.confidential') ? { confidential: true } : {}) }),
    })
    .execute();
  audited.add(trx);
}

export function wasAudited(trx: Trx): boolean {
  return audited.has(trx);
}
