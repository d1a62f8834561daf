import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PrivateFolderOptions {
  /** room the work needs; memory is used when it has twice as much free */
  readonly bytes?: number;
  readonly base?: string;
}

/**
 * Gives a folder that only this user can read, in memory where the system offers enough of it, and removes it with
 * everything inside when the work ends.
 */
export async function withPrivateFolder<Result>(
  work: (folder: string) => Promise<Result>,
  options: PrivateFolderOptions = {},
): Promise<Result> {
  // mkdtemp makes folders with mode 0700.
  const folder = await mkdtemp(join(options.base ?? (await roomyFolder(options.bytes ?? 0)), 'sunlit-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function roomyFolder(bytes: number): Promise<string> {
  try {
    const { bavail, bsize } = await statfs('/dev/shm');
    return bavail * bsize > bytes * 2 ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}
