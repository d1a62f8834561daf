import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '@sunlit/kernel';
import type { Actor } from '../authorization/actor.ts';
import type { Trx } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import { decryptFile, encryptFile, openDecrypted } from './encrypted-file.ts';

let folder: string | undefined;
export function setFileFolder(path: string): void {
  folder = path;
}
function pathOf(id: string): string {
  if (!folder) throw new Error('The file folder is not set.');
  return join(folder, id.slice(-2), id);
}

/** Keeps a file encrypted under a fresh id. The row is in the caller's transaction; a file without a row is never found. */
export async function storeFile(trx: Trx, actor: Actor, file: { path: string; fileName: string; mediaType: string; purpose: string }): Promise<{ id: string; size: number }> {
  const id = newId();
  const target = pathOf(id);
  await mkdir(join(target, '..'), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file.path)) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  await encryptFile(file.path, `${target}.part`);
  await rename(`${target}.part`, target);
  await trx
    .insertInto('platform.stored_file')
    .values({ id, file_name: file.fileName, media_type: file.mediaType, size_bytes: size, sha256: hash.digest('hex'), purpose: file.purpose, created_by: actor.accountId })
    .execute();
  return { id, size };
}

export async function openStoredFile(trx: Trx, id: string): Promise<{ fileName: string; mediaType: string; stream: Readable }> {
  const row = await trx.selectFrom('platform.stored_file').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found');
  return { fileName: row.file_name, mediaType: row.media_type, stream: openDecrypted(pathOf(id)) };
}

/** Decrypts a stored file to a path of the caller's private folder. */
export async function extractStoredFile(id: string, target: string): Promise<void> {
  await decryptFile(pathOf(id), target);
}

export async function removeStoredFile(id: string): Promise<void> {
  await rm(pathOf(id), { force: true });
}
