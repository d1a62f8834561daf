import type { deliveryAccepted } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { systemActor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';
import { insertStep } from './finding-store.ts';

/**
 * The department was asked to correct its data and has delivered the kind again: its task is done. Whether the record is
 * right now, the next cross-check says.
 */
export async function finishCorrectionTasks(trx: Trx, event: DeliveredEvent<z.output<typeof deliveryAccepted.payload>>): Promise<void> {
  const { deliveryId, kind, provider, regionCode } = event.payload;
  const range = regionRange(regionCode);
  const { rows } = await sql<{ county_code: string; id: string; responsible_region_code: string; state: string }>`
    UPDATE supervision.correction_task t SET state = 'done', done_at = now() FROM supervision.finding f
    WHERE t.state = 'open' AND t.provider_code = ${provider} AND t.dataset_kind = ${kind} AND f.id = t.finding_id
      AND t.responsible_region_code >= ${range.from} AND t.responsible_region_code < ${range.to}
      AND t.created_at < (SELECT d.received_at FROM data_intake.delivery d WHERE d.id = ${deliveryId})
    RETURNING f.county_code, f.id, f.responsible_region_code, f.state`.execute(trx);
  for (const row of rows) {
    await insertStep(trx, row, { id: newId(), byId: systemActor.accountId, byName: systemActor.displayName, action: 'correction-delivered', from: row.state, to: row.state, reason: '' });
  }
}
