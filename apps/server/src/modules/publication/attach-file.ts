import type { BodyOf, confirmNoticeAttachment as seenEndpoint, removeNoticeAttachment as removeEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { checkAttachment } from '#platform/files/check-attachment.ts';
import { openStoredFile, storeFile } from '#platform/files/stored-files.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';
import { getAttachment, getNotice, insertStep, requireState, type AttachmentRow } from './notice-store.ts';
import { scanFile } from './scan-file.ts';

const done = { ok: true as const };

/** Adds a file to a draft. One with a leak is kept so that it can be shown what was found, but it stops the notice. */
export async function attachFile(actor: Actor, id: string, upload: Upload): Promise<{ id: string; state: AttachmentRow['state'] }> {
  await checkAttachment(upload);
  const scan = await scanFile(upload);
  const command = { commandId: upload.fields['commandId'] ?? newId(), id, size: upload.size };
  return runCommand(actor, 'notice.attach', command, async (trx) => {
    const notice = await getNotice(trx, id, { lock: true });
    authorize(actor, 'notice.prepare', { regionCode: notice.region_code });
    requireState(notice, 'draft');
    const stored = await storeFile(trx, actor, { path: upload.path, fileName: upload.fileName, mediaType: upload.mediaType, purpose: 'notice' });
    const attachmentId = newId();
    await sql`INSERT INTO publication.attachment (county_code, id, notice_id, region_code, file_id, file_name, size_bytes, state, leaks, added_by, added_by_name)
      VALUES (${notice.county_code}, ${attachmentId}, ${id}, ${notice.region_code}, ${stored.id}, ${upload.fileName}, ${upload.size}, ${scan.state}, ${JSON.stringify(scan.leaks)}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
    await sql`UPDATE publication.notice SET version = version + 1 WHERE id = ${id}`.execute(trx);
    await insertStep(trx, actor, notice, 'attach', upload.fileName);
    await recordAudit(trx, actor, { action: 'notice.attach', objectKind: 'notice', objectId: id, regionCode: notice.region_code, details: { state: scan.state, leaks: scan.leaks.map((leak) => leak.kind) } });
    return { id: attachmentId, state: scan.state };
  });
}

/** No machine reads a picture here: a second person has looked, and says with their name that nothing personal is in it. */
export async function confirmSeen(actor: Actor, id: string, attachmentId: string, body: BodyOf<typeof seenEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'notice.seen', { ...body, attachmentId } as typeof body & { attachmentId: string }, async (trx) => {
    const notice = await getNotice(trx, id, { lock: true });
    authorize(actor, 'notice.approve', { regionCode: notice.region_code });
    requireState(notice, 'draft');
    const attachment = await getAttachment(trx, id, attachmentId);
    if (attachment.state !== 'look' || attachment.seen_by !== null) throw new AppError('wrong-state', '这份附件不需要再看。');
    if (attachment.added_by === actor.accountId || notice.made_by === actor.accountId) throw new AppError('conflict-of-interest', '图片须由起草人和上传人以外的人看过。');
    await sql`UPDATE publication.attachment SET seen_by = ${actor.accountId}, seen_by_name = ${actor.displayName}, seen_at = now() WHERE id = ${attachmentId} AND notice_id = ${id}`.execute(trx);
    await sql`UPDATE publication.notice SET version = version + 1 WHERE id = ${id}`.execute(trx);
    await insertStep(trx, actor, notice, 'seen', attachment.file_name);
    await recordAudit(trx, actor, { action: 'notice.seen', objectKind: 'notice', objectId: id, regionCode: notice.region_code, details: { attachment: attachmentId } });
    return done;
  });
}

export async function removeAttachment(actor: Actor, id: string, attachmentId: string, body: BodyOf<typeof removeEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'notice.remove-attachment', { ...body, attachmentId } as typeof body & { attachmentId: string }, async (trx) => {
    const notice = await getNotice(trx, id, { lock: true });
    authorize(actor, 'notice.prepare', { regionCode: notice.region_code });
    requireState(notice, 'draft');
    const attachment = await getAttachment(trx, id, attachmentId);
    if (attachment.state === 'removed') throw new AppError('wrong-state', '这份附件已经移除。');
    await sql`UPDATE publication.attachment SET state = 'removed', removed_at = now() WHERE id = ${attachmentId} AND notice_id = ${id}`.execute(trx);
    await sql`UPDATE publication.notice SET version = version + 1 WHERE id = ${id}`.execute(trx);
    await insertStep(trx, actor, notice, 'remove-attachment', body.reason);
    await recordAudit(trx, actor, { action: 'notice.remove-attachment', objectKind: 'notice', objectId: id, regionCode: notice.region_code, reason: body.reason, details: { attachment: attachmentId } });
    return done;
  });
}

/** For whoever works on the notice; after a leak only those who may approve open the file that leaked. */
export async function openAttachment(actor: Actor, id: string, attachmentId: string): ReturnType<typeof openStoredFile> {
  return inTransaction(actor, async (trx) => {
    const notice = await getNotice(trx, id);
    const attachment = await getAttachment(trx, id, attachmentId);
    authorize(actor, attachment.state === 'leak' || notice.taken_down_for_leak ? 'notice.approve' : 'notice.read', { regionCode: notice.region_code });
    await recordAudit(trx, actor, { action: 'notice.open-attachment', objectKind: 'notice', objectId: id, regionCode: notice.region_code, details: { attachment: attachmentId } });
    return openStoredFile(trx, attachment.file_id);
  });
}
