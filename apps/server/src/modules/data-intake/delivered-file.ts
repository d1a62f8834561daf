import { z } from 'zod';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { removeStoredFile } from '#platform/files/stored-files.ts';
import { listKeptFiles, setFileRemoved, type DeliveryRow } from './delivery-store.ts';

/** The snapshot is what is kept; the file with everybody's identity numbers is not, once it is not needed to read it again. */
export async function removeDeliveredFile(actor: Actor, delivery: Pick<DeliveryRow, 'id' | 'file_id' | 'file_removed_at'>): Promise<void> {
  if (delivery.file_removed_at) return;
  await removeStoredFile(delivery.file_id);
  await inTransaction(actor, (trx) => setFileRemoved(trx, delivery.id));
}

/** Housekeeping: files that a crash left behind, and those of deliveries that nobody decided within the term. */
export async function removeForgottenFiles(): Promise<void> {
  const kept = await inTransaction(systemActor, listKeptFiles);
  for (const delivery of kept) {
    if (delivery.state === 'checking') continue;
    if (delivery.state === 'held') {
      const term = await inTransaction(systemActor, (trx) => findPolicy(trx, 'retention.held-file-days', delivery.region_code, today(), z.number().int().positive()));
      if (!term || delivery.received_at.getTime() > Date.now() - term.value * 86_400_000) continue;
    }
    await removeDeliveredFile(systemActor, delivery);
  }
}
