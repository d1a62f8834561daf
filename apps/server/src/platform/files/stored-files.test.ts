import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { openTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { bucketStore, folderStore } from './file-store.ts';
import { extractStoredFile, openStoredFile, removeStoredFile, setFileStore, storeFile } from './stored-files.ts';

let test: TestDatabase;
let server: Server;
let endpoint: string;
const objects = new Map<string, Buffer>();

/** As little of S3 as is used: signed PUT, GET and DELETE of one key. */
beforeAll(async () => {
  test = await openTestDatabase();
  server = createServer((request, response) => {
    void (async () => {
      const key = request.url!;
      const body = await buffer(request);
      if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=access/')) response.writeHead(403);
      else if (request.method === 'PUT') objects.set(key, body);
      else if (request.method === 'DELETE') response.writeHead(objects.delete(key) ? 204 : 404);
      else if (objects.has(key)) response.write(objects.get(key));
      else response.writeHead(404);
      response.end();
    })();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await test.close();
});

it.each(['folder', 'bucket'])('keeps a file encrypted in a %s and gives it back', async (kind) => {
  setFileStore(kind === 'folder' ? folderStore(join(test.folder, 'kept')) : bucketStore({ endpoint, bucket: 'sunlit', accessKey: 'access', secretKey: 'secret', region: 'cn-east' }));
  const content = Buffer.concat([Buffer.from('399900196001010018'), randomBytes(2_500_000)]);
  const path = join(test.folder, 'plain');
  await writeFile(path, content);
  const { id } = await inTransaction(systemActor, (trx) => storeFile(trx, systemActor, { path, fileName: '名单.csv', mediaType: 'text/csv', purpose: 'test' }));
  const opened = await inTransaction(systemActor, (trx) => openStoredFile(trx, id));
  expect((await buffer(opened.stream)).equals(content)).toBe(true);
  const target = join(test.folder, 'extracted');
  await extractStoredFile(id, target);
  expect((await readFile(target)).equals(content)).toBe(true);
  if (kind === 'bucket') {
    expect([...objects.keys()]).toEqual([`/sunlit/files/${id}`]);
    expect(objects.get(`/sunlit/files/${id}`)!.includes('399900196001010018')).toBe(false);
  }
  await removeStoredFile(id);
  await removeStoredFile(id);
  await expect(extractStoredFile(id, target)).rejects.toThrow();
});
