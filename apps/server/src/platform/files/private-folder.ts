import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a folder that only this user can read, in memory where the system offers it, and removes it with everything
 * inside when the work ends.
 * @param base for data larger than memory, or for tests
 */
export async function withPrivateFolder<Result>(work: (folder: string) => Promise<Result>, base?: string): Promise<Result> {
  // mkdtemp makes folders with mode 0700.
  const folder = await mkdtemp(join(base ?? (await memoryFolder()), 'sunlit-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function memoryFolder(): Promise<string> {
  try {
    await access('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
