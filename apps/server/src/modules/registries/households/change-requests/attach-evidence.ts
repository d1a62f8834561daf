import { newId } from '@sunlit/kernel';
import type { Readable } from 'node:stream';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { checkAttachment } from '#platform/files/check-attachment.ts';
import { openStoredFile, storeFile } from '#platform/files/stored-files.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';
import { findChange } from './change-request-store.ts';

/** Papers and pictures that belong to a proposal; kept encrypted, opened by whoever may see the household. */
export async function attachEvidence(actor: Actor, id: string, upload: Upload): Promise<{ id: string }> {
  await checkAttachment(upload);
  return runCommand(actor, 'change.attach', { commandId: upload.fields.commandId ?? newId(), id, size: upload.size } as { commandId: string }, async (trx) => {
    const row = await findChange(trx, id, { lock: true });
    if (!row) throw new AppError('not-found');
    authorize(actor, 'household.propose', { regionCode: row.responsible_region_code });
    if (row.closed_at !== null) throw new AppError('wrong-state');
    const stored = await storeFile(trx, actor, { path: upload.path, fileName: upload.fileName, mediaType: upload.mediaType, purpose: 'change-request' });
    const attachmentId = newId();
    await trx
      .insertInto('households.change_request_attachment')
      .values({ county_code: row.county_code, id: attachmentId, request_id: id, responsible_region_code: row.responsible_region_code, file_id: stored.id, file_name: upload.fileName, size_bytes: stored.size, added_by: actor.accountId, added_by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: 'change.attach', objectKind: 'change-request', objectId: id, householdId: row.household_id, regionCode: row.responsible_region_code, details: { attachment: attachmentId } });
    return { id: attachmentId };
  });
}

export async function openEvidence(actor: Actor, id: string, attachmentId: string): Promise<{ fileName: string; stream: Readable }> {
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const row = await trx.selectFrom('households.change_request_attachment').selectAll().where('request_id', '=', id).where('id', '=', attachmentId).executeTakeFirst();
    const request = row && (await findChange(trx, id));
    if (!row || !request) throw new AppError('not-found');
    await recordAudit(trx, actor, { action: 'change.view', objectKind: 'change-request', objectId: id, householdId: request.household_id, regionCode: request.responsible_region_code, details: { attachment: attachmentId } });
    return openStoredFile(trx, row.file_id);
  });
}
