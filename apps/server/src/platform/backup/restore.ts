import { chownSync, existsSync, lchownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUser, ClusterError, startEmbeddedCluster, type Cluster } from '../database/embedded-cluster.ts';
import { keyFingerprint } from '../personal-data/key-fingerprint.ts';
import { getKeyring } from '../personal-data/keyring.ts';
import { keptFolders } from './back-up.ts';
import { BackupError, isSegment, makeBackupFolder, readManifest, type BackupManifest } from './backup-manifest.ts';
import { copyWithHash, listTree } from './copy-with-hash.ts';

export interface RestoreRequest {
  from: string;
  /** undefined: as far as the WAL reaches */
  toTime: Date | undefined;
  into: string;
  /** where WAL newer than the backup lies */
  walArchive: string;
  /** the data folder that was backed up, if it still exists: its unarchived WAL and newer files */
  formerDataFolder: string;
}

/**
 * Builds a data folder from a backup and replays WAL up to a moment, never beyond it. The former data folder is only
 * read. Returns the running database of the new folder.
 */
export async function restore(request: RestoreRequest): Promise<{ cluster: Cluster; manifest: BackupManifest }> {
  const { from, into, toTime } = request;
  const manifest = readManifest(from);
  if (existsSync(into) && readdirSync(into).length > 0) throw new BackupError(`目标文件夹 ${into} 不是空的；恢复只写入空文件夹，不会覆盖现有数据。`);
  if (manifest.keyFingerprint !== keyFingerprint()) throw new BackupError('这份备份是用另一套密钥加密的；请先把原来的密钥文件夹放回 SUNLIT_KEYS。');
  if (toTime && toTime < new Date(manifest.finishedAt)) throw new BackupError(`要恢复到的时刻早于这份备份完成的时刻（${manifest.finishedAt}）；请改用更早的备份。`);
  makeBackupFolder(into);
  try {
    await copyBackup(manifest, from, into);
    await copyNewerFiles(request.formerDataFolder, into);
    await gatherWal(request, manifest, join(into, 'restore-wal'));
    const cluster = await replay(into, toTime);
    rmSync(join(into, 'restore-wal'), { recursive: true, force: true });
    return { cluster, manifest };
  } catch (error) {
    for (const name of readdirSync(into)) rmSync(join(into, name), { recursive: true, force: true });
    throw error;
  }
}

async function copyBackup(manifest: BackupManifest, from: string, into: string): Promise<void> {
  for (const file of manifest.files) {
    const target = file.path.startsWith('wal') ? join(into, 'restore-wal', file.path.slice(4)) : join(into, file.path);
    const copied = await copyWithHash(join(from, file.path), target);
    if (copied?.sha256 !== file.sha256) throw new BackupError(`备份中的文件 ${file.path} ${copied ? '已被改动' : '缺失'}；请改用另一份备份。`);
  }
  for (const folder of listTree(join(from, 'postgres')).emptyFolders) mkdirSync(join(into, 'postgres', folder), { recursive: true, mode: 0o700 });
}

/** Stored files never change under their name: those written after the backup are taken from the former folder. */
async function copyNewerFiles(former: string, into: string): Promise<void> {
  for (const folder of keptFolders) {
    for (const path of listTree(join(former, folder), (name) => name.endsWith('.part')).files) {
      if (!existsSync(join(into, folder, path))) await copyWithHash(join(former, folder, path), join(into, folder, path));
    }
  }
}

/** Brought together in one folder that the database user can read, wherever backup and archive lie. */
async function gatherWal(request: RestoreRequest, manifest: BackupManifest, target: string): Promise<void> {
  // The archive first: a segment still lying in the former cluster may not be full yet.
  for (const folder of [request.walArchive, join(request.formerDataFolder, 'postgres', 'pg_wal')]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const wanted = name.endsWith('.history') || (isSegment(name) && name.slice(8) >= manifest.firstSegment.slice(8));
      if (wanted && !existsSync(join(target, name))) await copyWithHash(join(folder, name), join(target, name));
    }
  }
}

async function replay(into: string, toTime: Date | undefined): Promise<Cluster> {
  const wal = join(into, 'restore-wal');
  writeFileSync(join(into, 'postgres', 'recovery.signal'), '');
  giveToDatabaseUser(join(into, 'postgres'));
  giveToDatabaseUser(wal);
  try {
    return await startEmbeddedCluster({
      folder: into,
      password: getKeyring().database.superuser,
      walArchive: join(into, 'wal-archive'),
      recovery: { restoreCommand: `test -f "${wal}/%f" && cp "${wal}/%f" "%p"`, toTime },
    });
  } catch (error) {
    if (error instanceof ClusterError && error.message.includes('recovery ended before configured recovery target')) {
      throw new BackupError('WAL 归档里没有晚于该时刻的记录，无法确认恢复到了那一刻；请检查归档是否齐全，若要恢复到归档的末尾，请省略 --to-time。', { cause: error });
    }
    throw error;
  }
}

function giveToDatabaseUser(folder: string): void {
  const user = databaseUser();
  if (!user) return;
  chownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) giveToDatabaseUser(join(folder, entry.name));
    else lchownSync(join(folder, entry.name), user.uid, user.gid);
  }
}
