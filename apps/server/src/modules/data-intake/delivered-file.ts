import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { removeStoredFile } from '#platform/files/stored-files.ts';
import { setFileRemoved, type DeliveryRow } from './delivery-store.ts';

/** The snapshot is what is kept; the file with everybody's identity numbers is not, once it is not needed to read it again. */
export async function removeDeliveredFile(actor: Actor, delivery: Pick<DeliveryRow, 'id' | 'file_id' | 'file_removed_at'>): Promise<void> {
  if (delivery.file_removed_at) return;
  await removeStoredFile(delivery.file_id);
  await inTransaction(actor, (trx) => setFileRemoved(trx, delivery.id));
}
