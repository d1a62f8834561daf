import { createReadStream, openAsBlob } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import type { Settings } from '../settings.ts';

/** Where encrypted files lie. It never sees a plain one, nor a name: keys are ids. */
export interface FileStore {
  put: (key: string, path: string) => Promise<void>;
  get: (key: string) => Promise<Readable>;
  /** also when there is none */
  remove: (key: string) => Promise<void>;
}

/** A folder of this machine; a file appears whole or not at all. */
export function folderStore(folder: string): FileStore {
  const pathOf = (key: string) => join(folder, key.slice(-2), key);
  return {
    put: async (key, path) => {
      const target = pathOf(key);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await copyFile(path, `${target}.part`);
      await rename(`${target}.part`, target);
    },
    get: async (key) => createReadStream(pathOf(key), { highWaterMark: 1024 * 1024 }),
    remove: async (key) => rm(pathOf(key), { force: true }),
  };
}

/** A bucket of an S3-compatible service (path style). */
export function bucketStore(settings: NonNullable<Settings['objectStore']>): FileStore {
  const client = new AwsClient({ accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey, region: settings.region, service: 's3', retries: 4 });
  const call = async (key: string, init: RequestInit): Promise<Response> => {
    const response = await client.fetch(`${settings.endpoint.replace(/\/$/, '')}/${settings.bucket}/files/${key}`, init);
    if (!response.ok && !(init.method === 'DELETE' && response.status === 404)) throw new Error(`The object store answered ${response.status} to ${init.method}.`);
    return response;
  };
  return {
    put: async (key, path) => {
      await call(key, { method: 'PUT', body: await openAsBlob(path) });
    },
    get: async (key) => Readable.from(asBuffers((await call(key, { method: 'GET' })).body!)),
    remove: async (key) => {
      await call(key, { method: 'DELETE' });
    },
  };
}

async function* asBuffers(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const part of body) yield Buffer.from(part.buffer, part.byteOffset, part.byteLength);
}
