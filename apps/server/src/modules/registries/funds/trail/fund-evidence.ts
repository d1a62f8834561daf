import type { Readable } from 'node:stream';
import type { FundAttachment } from '@sunlit/api-spec';
import { countyCodeOf, newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { checkAttachment } from '#platform/files/check-attachment.ts';
import { openStoredFile, storeFile } from '#platform/files/stored-files.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';

export type EvidenceOf = 'document' | 'transaction';
const objectKinds = { document: 'source-document', transaction: 'ledger-transaction' } as const;

/** The division whose document or posting it is; a posting between two books is of the one who posted it. */
async function regionOf(trx: Trx, kind: EvidenceOf, id: string): Promise<string> {
  const row =
    kind === 'document'
      ? await trx.selectFrom('funds.source_document').select('region_code').where('id', '=', id).executeTakeFirst()
      : await trx.selectFrom('funds.ledger_transaction').select('book_code as region_code').where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found');
  return row.region_code;
}

/** The paper behind a document or a posting; kept encrypted, opened by whoever may see the funds, never taken away. */
export async function attachFundEvidence(actor: Actor, kind: EvidenceOf, id: string, upload: Upload): Promise<{ id: string }> {
  await checkAttachment(upload);
  return runCommand(actor, 'fund.attach', { commandId: upload.fields.commandId ?? newId(), id, size: upload.size } as { commandId: string }, async (trx) => {
    const regionCode = await regionOf(trx, kind, id);
    authorize(actor, kind === 'document' ? 'fund.allocate' : 'fund.pay', { regionCode });
    const stored = await storeFile(trx, actor, { path: upload.path, fileName: upload.fileName, mediaType: upload.mediaType, purpose: 'fund' });
    const attachmentId = newId();
    await trx
      .insertInto('funds.attachment')
      .values({ county_code: countyCodeOf(regionCode), id: attachmentId, region_code: regionCode, subject_kind: kind, subject_id: id, file_id: stored.id, file_name: upload.fileName, size_bytes: stored.size, added_by: actor.accountId, added_by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: 'fund.attach', objectKind: objectKinds[kind], objectId: id, regionCode, details: { attachment: attachmentId } });
    return { id: attachmentId };
  });
}

export async function listFundEvidence(trx: Trx, subjectId: string): Promise<FundAttachment[]> {
  const rows = await trx.selectFrom('funds.attachment').selectAll().where('subject_id', '=', subjectId).orderBy('added_at').orderBy('id').execute();
  return rows.map((row) => ({ id: row.id, fileName: row.file_name, size: row.size_bytes, addedAt: row.added_at.toISOString(), addedBy: row.added_by_name }));
}

export async function openFundEvidence(actor: Actor, kind: EvidenceOf, id: string, attachmentId: string): Promise<{ fileName: string; stream: Readable }> {
  authorize(actor, 'fund.read');
  return inTransaction(actor, async (trx) => {
    const row = await trx.selectFrom('funds.attachment').select(['file_id', 'region_code']).where('subject_kind', '=', kind).where('subject_id', '=', id).where('id', '=', attachmentId).executeTakeFirst();
    if (!row) throw new AppError('not-found');
    await recordAudit(trx, actor, { action: 'fund.open-attachment', objectKind: objectKinds[kind], objectId: id, regionCode: row.region_code, details: { attachment: attachmentId } });
    return openStoredFile(trx, row.file_id);
  });
}
