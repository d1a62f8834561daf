import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { removeStoredFile } from '#platform/files/stored-files.ts';
import { findBatch, setBatch, type ImportState } from './import-store.ts';
import { removeDrafts } from './kept-drafts.ts';

const unwritten: readonly ImportState[] = ['checked', 'failed', 'cancelled'];

/** Housekeeping: a file that was checked and never written holds everybody's numbers for nothing; after its term it goes. */
export async function forgetImports(): Promise<void> {
  const { rows } = await inTransaction(systemActor, (trx) =>
    sql<{ id: string }>`SELECT id FROM households.import_batch WHERE state = ANY (${unwritten}::text[]) AND failure IS DISTINCT FROM 'expired' AND created_at < now() - interval '1 day'`.execute(trx),
  );
  for (const { id } of rows) {
    const fileId = await inTransaction(systemActor, async (trx) => {
      const batch = await findBatch(trx, id, 'for-update');
      if (!batch || !unwritten.includes(batch.state)) return undefined;
      const term = await findPolicy(trx, 'retention.import-days', batch.region_code, today(), z.number().int().positive());
      if (!term || batch.created_at.getTime() > Date.now() - term.value * 86_400_000) return undefined;
      await setBatch(trx, id, { state: 'cancelled', failure: 'expired' });
      await recordAudit(trx, systemActor, { action: 'household.import.forgotten', objectKind: 'household-import', objectId: id, regionCode: batch.region_code, details: { days: term.value } });
      return batch.file_id;
    });
    if (fileId === undefined) continue;
    await removeDrafts(id);
    await removeStoredFile(fileId);
  }
}
