import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../files/make-folder.ts';

/** A reason a backup or restore cannot be done that the operator can mend: one clear sentence. */
export class BackupError extends Error {}

export const manifestName = 'manifest.json';

const manifest = z.object({
  format: z.literal('sunlit-backup-1'),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** first and last WAL segment without which the copy is not consistent */
  firstSegment: z.string(),
  lastSegment: z.string(),
  keyFingerprint: z.string(),
  files: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
});
export type BackupManifest = z.infer<typeof manifest>;

/** The folder of a backup, or the one it is restored to. */
export function makeBackupFolder(folder: string, mode?: number): void {
  try {
    makeFolder(folder, mode);
  } catch (cause) {
    throw new BackupError(`文件夹 ${folder} 不可写；请换一个，或给当前用户写权限。`, { cause });
  }
}

/** Read last and written last: a folder without one is no backup. */
export function readManifest(folder: string): BackupManifest {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, manifestName), 'utf8')));
  } catch (cause) {
    throw new BackupError(`${folder} 不是完整的备份（${manifestName} 缺失或无法读取）。`, { cause });
  }
}

/** A WAL segment by its name: timeline, then position; names of one timeline sort as they were written. */
export function isSegment(name: string): boolean {
  return /^[0-9A-F]{24}$/.test(name);
}
