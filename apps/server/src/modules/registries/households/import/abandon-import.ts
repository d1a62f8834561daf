import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { findBatch, setBatch } from './import-store.ts';

/** A batch whose work died is where it was before it: nothing of it was written. */
export async function abandonImport(actor: Actor, id: string): Promise<void> {
  await inTransaction(actor, async (trx) => {
    const batch = await findBatch(trx, id, 'for-update');
    if (batch?.state === 'checking') await setBatch(trx, id, { state: 'failed', failure: 'interrupted' });
    else if (batch?.state === 'applying') await setBatch(trx, id, { state: 'checked', failure: 'interrupted' });
    else if (batch?.state === 'undoing') await setBatch(trx, id, { state: 'applied' });
  });
}
