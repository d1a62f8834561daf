import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decryptFile, encryptFile } from './encrypted-file.ts';

const key = randomBytes(32);
const chunk = 5 + 1_048_576 + 16;
let folder: string;
let number = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sunlit-encrypted-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fresh = (): string => join(folder, String((number += 1)));

async function encrypt(content: Buffer): Promise<Buffer> {
  const [source, target] = [fresh(), fresh()];
  await writeFile(source, content);
  await encryptFile(source, target, key);
  return readFile(target);
}

async function decrypt(content: Buffer, withKey = key): Promise<Buffer> {
  const [source, target] = [fresh(), fresh()];
  await writeFile(source, content);
  await decryptFile(source, target, withKey);
  return readFile(target);
}

it.each([0, 1, 1_048_575, 1_048_576, 1_048_577, 3_000_000])('gives back %i bytes', async (size) => {
  const content = randomBytes(size);
  const encrypted = await encrypt(content);
  if (size >= 64) expect(encrypted.includes(content.subarray(0, 64))).toBe(false);
  expect((await decrypt(encrypted)).equals(content)).toBe(true);
});

it('notices every kind of tampering', async () => {
  const file = await encrypt(randomBytes(3 * 1_048_576));
  const changed = Buffer.from(file);
  changed[500] = changed[500]! ^ 1;
  const part = (from: number, to: number): Buffer => file.subarray(12 + from * chunk, 12 + to * chunk);
  const header = file.subarray(0, 12);
  const other = await encrypt(randomBytes(3 * 1_048_576));
  const cases = {
    changed,
    'cut at a chunk': file.subarray(0, 12 + 2 * chunk),
    'cut in a chunk': file.subarray(0, -1),
    'without chunks': header,
    swapped: Buffer.concat([header, part(1, 2), part(0, 1), part(2, 3)]),
    'left out': Buffer.concat([header, part(0, 1), part(2, 3)]),
    'from another file': Buffer.concat([other.subarray(0, 12 + chunk), part(1, 3)]),
    'not ours': Buffer.from('PAR1 something else'),
  };
  for (const [name, content] of Object.entries(cases)) {
    await expect(decrypt(content), name).rejects.toMatchObject({ name: 'EncryptedFileError' });
  }
  await expect(decrypt(file, randomBytes(32))).rejects.toMatchObject({ name: 'EncryptedFileError' });
});
