import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getKeyring } from '../personal-data/keyring.ts';

/**
 * AES-256-GCM in chunks: `SLF1` · nonce(8) · then per chunk: final flag(1) · length(4) · ciphertext · tag(16). Index and
 * final flag are authenticated, so that chunks cannot be moved and a cut-off file is noticed.
 */
const magic = Buffer.from('SLF1');
const chunkLength = 1024 * 1024;

function chunkIv(nonce: Buffer, index: number): Buffer {
  const iv = Buffer.alloc(12);
  nonce.copy(iv);
  iv.writeUInt32BE(index, 8);
  return iv;
}

function chunkLabel(index: number, final: boolean): Buffer {
  const label = Buffer.alloc(5);
  label.writeUInt32BE(index);
  label[4] = final ? 1 : 0;
  return label;
}

async function* encryptChunks(source: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const nonce = randomBytes(8);
  yield Buffer.concat([magic, nonce]);
  let index = 0;
  const seal = (plain: Buffer, final: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, chunkIv(nonce, index));
    cipher.setAAD(chunkLabel(index, final));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    const head = Buffer.alloc(5);
    head[0] = final ? 1 : 0;
    head.writeUInt32BE(body.length, 1);
    index += 1;
    return Buffer.concat([head, body, cipher.getAuthTag()]);
  };
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    held.push(chunk);
    size += chunk.length;
    if (size < chunkLength) continue;
    let all = Buffer.concat(held);
    while (all.length > chunkLength) {
      yield seal(all.subarray(0, chunkLength), false);
      all = all.subarray(chunkLength);
    }
    held = [all];
    size = all.length;
  }
  yield seal(Buffer.concat(held), true);
}

/** The file is not what was written: changed, cut off, another file's, or another key's. */
export class EncryptedFileError extends Error {
  override readonly name = 'EncryptedFileError';
}

async function* decryptChunks(source: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  let buffered: Buffer = Buffer.alloc(0);
  let nonce: Buffer | undefined;
  let index = 0;
  let ended = false;
  for await (const part of source) {
    buffered = buffered.length === 0 ? part : Buffer.concat([buffered, part]);
    if (!nonce) {
      if (buffered.length < 12) continue;
      if (!buffered.subarray(0, 4).equals(magic)) throw new EncryptedFileError('Not an encrypted file.');
      nonce = Buffer.from(buffered.subarray(4, 12));
      buffered = buffered.subarray(12);
    }
    for (;;) {
      if (buffered.length < 5) break;
      const length = buffered.readUInt32BE(1);
      if (length > chunkLength) throw new EncryptedFileError('The encrypted file is damaged.');
      if (buffered.length < 5 + length + 16) break;
      if (ended) throw new EncryptedFileError('The encrypted file goes on after its end.');
      const final = buffered[0] === 1;
      yield openChunk(buffered.subarray(5, 5 + length + 16), key, chunkIv(nonce, index), chunkLabel(index, final));
      ended = final;
      index += 1;
      buffered = buffered.subarray(5 + length + 16);
    }
  }
  if (!ended || buffered.length > 0) throw new EncryptedFileError('The encrypted file is cut off.');
}

function openChunk(sealed: Buffer, key: Buffer, iv: Buffer, label: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(label).setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  } catch (cause) {
    throw new EncryptedFileError('The encrypted file is damaged or belongs to another key.', { cause });
  }
}

/** @param key 32 bytes; default: the key of stored files */
export async function encryptFile(sourcePath: string, targetPath: string, key = getKeyring().fileKey): Promise<void> {
  const source = createReadStream(sourcePath, { highWaterMark: chunkLength });
  await pipeline(encryptChunks(source, key), createWriteStream(targetPath, { mode: 0o600 }));
}

/** Encrypts what is made bit by bit, so that it never lies anywhere in the clear. */
export async function encryptStream(source: AsyncIterable<Buffer>, targetPath: string, key = getKeyring().fileKey): Promise<void> {
  await pipeline(encryptChunks(source, key), createWriteStream(targetPath, { mode: 0o600 }));
}

export async function decryptFile(source: string | Readable, targetPath: string, key = getKeyring().fileKey): Promise<void> {
  await pipeline(openDecrypted(source, key), createWriteStream(targetPath, { mode: 0o600 }));
}

/** A stream of the plain content; fails at the first chunk that was touched. */
export function openDecrypted(source: string | Readable, key = getKeyring().fileKey): Readable {
  const sealed = typeof source === 'string' ? createReadStream(source, { highWaterMark: chunkLength }) : source;
  return Readable.from(decryptChunks(sealed, key), { objectMode: false });
}
