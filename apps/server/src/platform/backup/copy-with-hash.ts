import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface CopiedFile {
  size: number;
  sha256: string;
}

/** Copies a file, flushed to the disk; the hash is that of the bytes written. undefined when it has gone meanwhile. */
export async function copyWithHash(source: string, target: string): Promise<CopiedFile | undefined> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(source), measure, createWriteStream(target, { mode: 0o600, flush: true }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(source)) return undefined;
    throw error;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Files and empty folders below a folder, by relative path. */
export function listTree(root: string, leaveOut: (path: string) => boolean = () => false): { files: string[]; emptyFolders: string[] } {
  const files: string[] = [];
  const emptyFolders: string[] = [];
  const walk = (folder: string): void => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => !leaveOut(join(folder, entry.name)));
    if (entries.length === 0 && folder) emptyFolders.push(folder);
    for (const entry of entries) {
      if (entry.isDirectory()) walk(join(folder, entry.name));
      else if (entry.isFile()) files.push(join(folder, entry.name));
    }
  };
  if (existsSync(root)) walk('');
  return { files, emptyFolders };
}
