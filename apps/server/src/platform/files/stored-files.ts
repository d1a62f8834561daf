import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '@sunlit/kernel';
import type { Actor } from '../authorization/actor.ts';
import type { Trx } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import { decryptFile, encryptFile, openDecrypted } from './encrypted-file.ts';
import { folderStore, type FileStore } from './file-store.ts';
import { withPrivateFolder } from './private-folder.ts';

let store: FileStore | undefined;
export function setFileStore(chosen: FileStore): void {
  store = chosen;
}
export function setFileFolder(path: string): void {
  setFileStore(folderStore(path));
}
function getStore(): FileStore {
  if (!store) throw new Error('The file store is not set.');
  return store;
}

/** Keeps a file encrypted under a fresh id. The row is in the caller's transaction; a file without a row is never found. */
export async function storeFile(trx: Trx, actor: Actor, file: { path: string; fileName: string; mediaType: string; purpose: string }): Promise<{ id: string; size: number }> {
  const id = newId();
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file.path)) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  await withPrivateFolder(
    async (folder) => {
      await encryptFile(file.path, join(folder, id));
      await getStore().put(id, join(folder, id));
    },
    { bytes: size },
  );
  await trx
    .insertInto('platform.stored_file')
    .values({ id, file_name: file.fileName, media_type: file.mediaType, size_bytes: size, sha256: hash.digest('hex'), purpose: file.purpose, created_by: actor.accountId })
    .execute();
  return { id, size };
}

export async function openStoredFile(trx: Trx, id: string): Promise<{ fileName: string; mediaType: string; stream: Readable }> {
  const row = await trx.selectFrom('platform.stored_file').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found');
  return { fileName: row.file_name, mediaType: row.media_type, stream: openDecrypted(await getStore().get(id)) };
}

/** Decrypts a stored file to a path of the caller's private folder. */
export async function extractStoredFile(id: string, target: string): Promise<void> {
  await decryptFile(await getStore().get(id), target);
}

/**
 * Intermediate results that can be made again, kept encrypted under a key of the caller: they have no row, nobody may
 * rely on them, and putting one again replaces it.
 */
export const workingFiles = {
  put: (key: string, encryptedPath: string): Promise<void> => getStore().put(key, encryptedPath),
  /** fails, now or at the first read, when there is none */
  open: async (key: string): Promise<Readable> => openDecrypted(await getStore().get(key)),
  /** also when there is none */
  remove: (key: string): Promise<void> => getStore().remove(key),
};

export async function removeStoredFile(id: string): Promise<void> {
  await getStore().remove(id);
}
