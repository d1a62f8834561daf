import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Cluster } from '../database/embedded-cluster.ts';
import { BackupError, isSegment, makeBackupFolder, manifestName, type BackupManifest } from './backup-manifest.ts';
import { keyFingerprint } from '../personal-data/key-fingerprint.ts';
import { copyWithHash, listTree } from './copy-with-hash.ts';

export interface BackupRequest {
  cluster: Cluster;
  /** holds `files/` and `datasets/`, encrypted as they lie there */
  dataFolder: string;
  walArchive: string;
  target: string;
}

/** Folders of the data folder that are kept as they are; their files never change once written. */
export const keptFolders = ['files', 'datasets'] as const;

/** What PostgreSQL says need not or must not be in a base backup; the folders themselves are kept. */
const leftOut = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/|^postmaster\.(pid|opts)$|(^|\/)(pgsql_tmp|pg_internal\.init)|^(backup_label|tablespace_map|recovery\.signal)$/;

/**
 * A base backup of the running embedded database, the WAL that makes it consistent, and the encrypted files. Together
 * with the WAL archive it can be restored to any later moment. Keys are never in it.
 */
export async function backUp(request: BackupRequest): Promise<BackupManifest> {
  const { cluster, target } = request;
  if (existsSync(target) && readdirSync(target).length > 0) throw new BackupError(`备份文件夹 ${target} 不是空的；请换一个。`);
  makeBackupFolder(target, 0o700);
  const startedAt = new Date().toISOString();
  const files: BackupManifest['files'] = [];
  const keep = async (source: string, path: string): Promise<void> => {
    const copied = await copyWithHash(source, join(target, path));
    if (copied) files.push({ path, ...copied });
  };
  const keepText = async (path: string, text: string): Promise<void> => {
    const temporary = join(target, `.text-${process.pid}`);
    writeFileSync(temporary, text, { mode: 0o600 });
    await keep(temporary, path);
    rmSync(temporary);
  };
  const client = new pg.Client({ connectionString: cluster.superuserUrl('postgres') });
  await client.connect();
  try {
    const start = await client.query<{ segment: string }>(`SELECT pg_walfile_name(pg_backup_start('sunlit', true)) AS segment`);
    const tree = listTree(cluster.folder, (path) => leftOut.test(path.replaceAll('\\', '/')));
    for (const path of tree.files) await keep(join(cluster.folder, path), join('postgres', path));
    for (const folder of tree.emptyFolders) mkdirSync(join(target, 'postgres', folder), { recursive: true, mode: 0o700 });
    // Waits until the last segment is in the archive.
    const stop = await client.query<{ segment: string; labelfile: string; spcmapfile: string }>('SELECT pg_walfile_name(lsn) AS segment, labelfile, spcmapfile FROM pg_backup_stop(true)');
    const { segment: lastSegment, labelfile, spcmapfile } = stop.rows[0]!;
    const firstSegment = start.rows[0]!.segment;
    await keepText(join('postgres', 'backup_label'), labelfile);
    if (spcmapfile.trim()) await keepText(join('postgres', 'tablespace_map'), spcmapfile);
    for (const name of readdirSync(request.walArchive)) {
      if ((isSegment(name) && name >= firstSegment && name <= lastSegment) || name.endsWith('.history')) await keep(join(request.walArchive, name), join('wal', name));
    }
    // After the database: every file its rows speak of was there before them.
    for (const folder of keptFolders) {
      for (const path of listTree(join(request.dataFolder, folder), (name) => name.endsWith('.part')).files) await keep(join(request.dataFolder, folder, path), join(folder, path));
    }
    const manifest: BackupManifest = { format: 'sunlit-backup-1', startedAt, finishedAt: new Date().toISOString(), firstSegment, lastSegment, keyFingerprint: keyFingerprint(), files };
    writeFileSync(join(target, `${manifestName}.part`), `${JSON.stringify(manifest)}\n`, { mode: 0o600, flush: true });
    renameSync(join(target, `${manifestName}.part`), join(target, manifestName));
    return manifest;
  } finally {
    await client.end();
  }
}

/** Removes archived WAL that only backups older than this one would need. */
export function pruneWalArchive(walArchive: string, firstSegment: string): number {
  const old = readdirSync(walArchive).filter((name) => isSegment(name.slice(0, 24)) && name.slice(0, 24) < firstSegment);
  for (const name of old) rmSync(join(walArchive, name));
  return old.length;
}
