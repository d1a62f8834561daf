import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { BodyOf, releaseProjectPhoto as releaseEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { checkAttachment } from '#platform/files/check-attachment.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { extractStoredFile, openStoredFile, storeFile } from '#platform/files/stored-files.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { projectCatalogue } from '../project-catalogue.ts';
import { getProjectRow, keysOf } from '../pool/project-store.ts';
import { asPicture, pictureKeyOf, writePublicPicture } from './picture.ts';

const finished: readonly string[] = ['settled', 'cancelled', 'rejected'];

/** Keeps a paper or picture with its hash: what is shown later is what was handed in. The same file counts once. */
export async function addProjectDocument(actor: Actor, projectId: string, upload: Upload): Promise<{ id: string }> {
  await checkAttachment(upload);
  const kind = projectCatalogue().documentKinds.find(({ code }) => code === upload.fields.kind);
  if (!kind) throw new AppError('request-invalid', undefined, { fields: [{ path: 'kind', message: '请选择材料的种类。' }] });
  const pictureKey = kind.picture ? await asPicture(pictureKeyOf(upload.path)) : null;
  const commandId = upload.fields.commandId ?? newId();
  return runCommand(actor, 'project.document', { commandId, projectId, kind: kind.code, size: upload.size } as { commandId: string }, async (trx) => {
    const row = await getProjectRow(trx, projectId);
    if (!actor.permissions.has('project.declare')) authorize(actor, 'project.run', { regionCode: row.region_code });
    else authorize(actor, 'project.declare', { regionCode: row.region_code });
    if (finished.includes(row.state)) throw new AppError('wrong-state', '项目已经办结，不能再添加材料。');
    const stored = await storeFile(trx, actor, { path: upload.path, fileName: upload.fileName, mediaType: upload.mediaType, purpose: 'project' });
    const { sha256 } = await trx.selectFrom('platform.stored_file').select('sha256').where('id', '=', stored.id).executeTakeFirstOrThrow();
    const id = newId();
    const inserted = await trx
      .insertInto('projects.document')
      .values({ ...keysOf(row), id, kind_code: kind.code, file_id: stored.id, file_name: upload.fileName, sha256, picture_key: pictureKey === null ? null : pictureKey.toString(), size_bytes: stored.size, added_by: actor.accountId, added_by_name: actor.displayName })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', '这份材料已经在这个项目里了。');
    await recordAudit(trx, actor, { action: 'project.document', objectKind: 'project', objectId: projectId, regionCode: row.region_code, details: { document: id, kind: kind.code } });
    return { id };
  });
}

export async function openProjectDocument(actor: Actor, projectId: string, documentId: string): Promise<{ fileName: string; stream: Readable }> {
  authorize(actor, 'project.read');
  return inTransaction(actor, async (trx) => {
    const row = await trx.selectFrom('projects.document').select('file_id').where('project_id', '=', projectId).where('id', '=', documentId).executeTakeFirst();
    if (!row) throw new AppError('not-found');
    return openStoredFile(trx, row.file_id);
  });
}

/** Shows a picture to the public or takes it back. Somebody other than who added it has looked whether it shows a face. */
export async function releaseProjectPhoto(actor: Actor, projectId: string, documentId: string, body: BodyOf<typeof releaseEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'project.photo', { ...body, projectId, documentId } as typeof body, async (trx) => {
    const row = await trx.selectFrom('projects.document').selectAll().where('project_id', '=', projectId).where('id', '=', documentId).forUpdate().executeTakeFirst();
    if (!row) throw new AppError('not-found');
    authorize(actor, 'project.approve', { regionCode: row.region_code });
    if (row.picture_key === null) throw new AppError('wrong-state', '只有现场照片可以公开，文件材料不对外公开。');
    if (row.added_by === actor.accountId) throw new AppError('conflict-of-interest', '上传照片的人不能自己批准公开，须由另一人办理。');
    if (body.release && !body.noFaces) await requireConsent(trx, projectId, body.consentId);
    const publicFileId = body.release ? (row.public_file_id ?? (await storeStripped(row.file_id, row.size_bytes, (path) => storeFile(trx, actor, { path, fileName: `${documentId}.jpg`, mediaType: 'image/jpeg', purpose: 'project-public' })))) : row.public_file_id;
    await trx
      .updateTable('projects.document')
      .set({ public_state: body.release ? 'approved' : 'withdrawn', public_file_id: publicFileId, caption: withoutPersonalData(body.caption), consent_id: body.release && !body.noFaces ? body.consentId! : null, approved_by: actor.accountId })
      .where('id', '=', documentId)
      .execute();
    await recordAudit(trx, actor, { action: 'project.photo', objectKind: 'project', objectId: projectId, regionCode: row.region_code, details: { document: documentId, release: body.release, consent: body.release && !body.noFaces ? body.consentId! : null } });
    return { ok: true as const };
  });
}

const consentKind = 'portrait-consent';

/** Who can be recognised has agreed in writing, and the paper lies with the project. */
async function requireConsent(trx: Trx, projectId: string, consentId: string | undefined): Promise<void> {
  const consent = consentId === undefined ? undefined : await trx.selectFrom('projects.document').select('id').where('project_id', '=', projectId).where('id', '=', consentId).where('kind_code', '=', consentKind).executeTakeFirst();
  if (!consent) throw new AppError('request-invalid', undefined, { fields: [{ path: 'noFaces', message: '照片里有能认出的人，没有本人书面同意不能公开：请选择肖像公开同意书，或换一张、先遮住人脸。' }] });
}

async function storeStripped(fileId: string, bytes: number, store: (path: string) => Promise<{ id: string }>): Promise<string> {
  return withPrivateFolder(
    async (folder) => {
      await extractStoredFile(fileId, join(folder, 'original'));
      await asPicture(writePublicPicture(join(folder, 'original'), join(folder, 'public.jpg')));
      return (await store(join(folder, 'public.jpg'))).id;
    },
    { bytes: bytes * 3 },
  );
}
