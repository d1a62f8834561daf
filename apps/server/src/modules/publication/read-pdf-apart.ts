import { Worker } from 'node:worker_threads';
import type { FileContent } from './scan-file.ts';

const limits = { seconds: 60, megabytes: 512 };

/**
 * All text of a PDF, read in a thread of its own: hundreds of pages take seconds, and meanwhile others are served. One
 * that takes too long or too much memory (a small file can hold a very large one) is given up.
 */
export async function readPdfApart(path: string): Promise<FileContent | 'too-much'> {
  const worker = new Worker(new URL('./read-pdf.worker.ts', import.meta.url), { workerData: path, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<FileContent | 'too-much'>((resolve, reject) => {
      timer = setTimeout(() => resolve('too-much'), limits.seconds * 1000);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve('too-much') : reject(error)));
      worker.once('exit', () => reject(new Error('The thread that reads a PDF ended without an answer')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
