import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

/**
 * Files at rest: AES-256-GCM in chunks, so that a file of any size is encrypted and checked with little memory.
 * Layout: magic (8 bytes), salt of the nonces (8), then chunks of ciphertext + tag (16). The nonce of a chunk is the
 * salt and its number; the additional data is the header, the number and whether it is the last chunk. So chunks
 * cannot be changed, swapped, left out, taken from another file or cut off at the end without being noticed.
 */
const magic = Buffer.from('SUNLIT\x01\x00', 'latin1');
const saltBytes = 8;
const headerBytes = magic.length + saltBytes;
const chunkBytes = 1_048_576;
const tagBytes = 16;

/** The file is not what was written: changed, cut off, another file's, or another key's. */
export class EncryptedFileError extends Error {
  constructor(options?: ErrorOptions) {
    super('The encrypted file is damaged or belongs to another key', options);
    this.name = 'EncryptedFileError';
  }
}

/** Encrypts `source` into the new file `target`. The key (32 bytes) is for this file alone: nonces hold a random salt of 8 bytes only. */
export async function encryptFile(source: string, target: string, key: Buffer): Promise<void> {
  const header = Buffer.concat([magic, randomBytes(saltBytes)]);
  await withFiles(source, target, async (input, output) => {
    await output.write(header);
    let chunk = await readFully(input, chunkBytes);
    for (let number = 0; ; number += 1) {
      const next = await readFully(input, chunkBytes);
      const last = next.length === 0;
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(header, number)).setAAD(additionalData(header, number, last));
      await output.writev([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
      if (last) break;
      chunk = next;
    }
    await output.sync();
  });
}

/** Decrypts into the new file `target`; whoever calls removes what was written when this fails. */
export async function decryptFile(source: string, target: string, key: Buffer): Promise<void> {
  await withFiles(source, target, async (input, output) => {
    const header = await readFully(input, headerBytes);
    if (header.length !== headerBytes || !header.subarray(0, magic.length).equals(magic)) throw new EncryptedFileError();
    let chunk = await readFully(input, chunkBytes + tagBytes);
    for (let number = 0; ; number += 1) {
      const next = await readFully(input, chunkBytes + tagBytes);
      const last = next.length === 0;
      await output.write(decryptChunk(chunk, key, header, number, last));
      if (last) break;
      chunk = next;
    }
  });
}

function decryptChunk(chunk: Buffer, key: Buffer, header: Buffer, number: number, last: boolean): Buffer {
  if (chunk.length < tagBytes) throw new EncryptedFileError();
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(header, number))
    .setAAD(additionalData(header, number, last))
    .setAuthTag(chunk.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new EncryptedFileError({ cause });
  }
}

function nonceOf(header: Buffer, number: number): Buffer {
  const nonce = Buffer.alloc(12);
  header.copy(nonce, 0, magic.length);
  nonce.writeUInt32BE(number, saltBytes);
  return nonce;
}

function additionalData(header: Buffer, number: number, last: boolean): Buffer {
  const data = Buffer.alloc(headerBytes + 5);
  header.copy(data);
  data.writeUInt32BE(number, headerBytes);
  data[headerBytes + 4] = last ? 1 : 0;
  return data;
}

async function readFully(file: FileHandle, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let length = 0;
  while (length < bytes) {
    const { bytesRead } = await file.read(buffer, length, bytes - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

async function withFiles(source: string, target: string, work: (input: FileHandle, output: FileHandle) => Promise<void>): Promise<void> {
  const input = await open(source, 'r');
  try {
    const output = await open(target, 'wx', 0o600);
    try {
      await work(input, output);
    } finally {
      await output.close();
    }
  } finally {
    await input.close();
  }
}
