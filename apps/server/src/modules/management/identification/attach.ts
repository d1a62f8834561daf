import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { checkAttachment } from '#platform/files/check-attachment.ts';
import { openStoredFile, storeFile } from '#platform/files/stored-files.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';
import { getProcedureRow } from './procedure-store.ts';
import { requireDisinterest } from './require-disinterest.ts';

export interface PaperRow {
  id: string;
  file_id: string;
  file_name: string;
  added_by_name: string;
  added_at: Date;
}

export async function listPapers(trx: Trx, procedureId: string): Promise<PaperRow[]> {
  const { rows } = await sql<PaperRow>`SELECT id, file_id, file_name, added_by_name, added_at FROM identification.attachment WHERE procedure_id = ${procedureId} ORDER BY added_at, id`.execute(trx);
  return rows;
}

/** A signed form, minutes or a photograph that somebody chose to take. */
export async function attachPaper(actor: Actor, id: string, upload: Upload): Promise<{ id: string }> {
  await checkAttachment(upload);
  return runCommand(actor, 'identification.attach', { commandId: upload.fields['commandId'] ?? newId(), id, size: upload.size } as { commandId: string }, async (trx) => {
    const row = await getProcedureRow(trx, id, { lock: true });
    authorize(actor, 'identification.work', { regionCode: row.region_code });
    await requireDisinterest(trx, actor, row.household_id);
    const stored = await storeFile(trx, actor, { path: upload.path, fileName: upload.fileName, mediaType: upload.mediaType, purpose: 'identification' });
    const paperId = newId();
    await sql`INSERT INTO identification.attachment (county_code, id, procedure_id, region_code, file_id, file_name, added_by, added_by_name) VALUES (${row.county_code}, ${paperId}, ${id}, ${row.region_code}, ${stored.id}, ${upload.fileName}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
    await recordAudit(trx, actor, { action: 'identification.attach', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id });
    return { id: paperId };
  });
}

export async function openPaper(actor: Actor, id: string, paperId: string): ReturnType<typeof openStoredFile> {
  return inTransaction(actor, async (trx) => {
    const row = await getProcedureRow(trx, id);
    authorize(actor, 'identification.read', { regionCode: row.region_code });
    const paper = (await listPapers(trx, id)).find((one) => one.id === paperId);
    if (!paper) throw new AppError('not-found');
    await recordAudit(trx, actor, { action: 'identification.open-attachment', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id });
    return openStoredFile(trx, paper.file_id);
  });
}
