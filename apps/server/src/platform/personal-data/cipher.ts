import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync, type KeyObject } from 'node:crypto';
import { getKeyring } from './keyring.ts';

/** First byte of every ciphertext; 2 is kept for SM4-GCM. */
const suiteAes256Gcm = 1;
const headerLength = 1 + 2 + 12;

/** What a value is; bound into the ciphertext, so that a phone can never be read back as an identity number. */
export type PersonalField = 'id-number' | 'phone' | 'bank-account' | 'address' | 'health' | 'answer' | 'voice' | 'speaker' | 'source-row' | 'cell-correction' | 'change-request' | 'undo' | 'objection' | 'resident-request' | 'case-form' | 'section-field' | 'identity-field' | 'sign-in';

const pool = Buffer.alloc(12 * 512);
let poolOffset = pool.length;
function nextIv(): Buffer {
  if (poolOffset >= pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  poolOffset += 12;
  return pool.subarray(poolOffset - 12, poolOffset);
}

/** A prepared key makes a value three times cheaper to encrypt, which a whole city's registry feels. */
const prepared = new WeakMap<Buffer, KeyObject>();
function keyOf(version: number): KeyObject {
  const bytes = getKeyring().dataKey(version);
  let key = prepared.get(bytes);
  if (!key) prepared.set(bytes, (key = createSecretKey(bytes)));
  return key;
}

const labels = new Map<PersonalField, Buffer>();
function labelOf(field: PersonalField): Buffer {
  let label = labels.get(field);
  if (!label) labels.set(field, (label = Buffer.from(field)));
  return label;
}

/** suite(1) · key version(2) · iv(12) · ciphertext · tag(16) */
export function encryptValue(field: PersonalField, text: string): Buffer {
  const keyring = getKeyring();
  const header = Buffer.allocUnsafe(headerLength);
  header[0] = suiteAes256Gcm;
  header.writeUInt16BE(keyring.currentDataKey, 1);
  nextIv().copy(header, 3);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keyring.currentDataKey), header.subarray(3));
  cipher.setAAD(labelOf(field));
  return Buffer.concat([header, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

export function decryptValue(field: PersonalField, bytes: Buffer): string {
  if (bytes[0] !== suiteAes256Gcm) throw new Error(`Unknown cipher suite ${bytes[0]}.`);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(bytes.readUInt16BE(1)), bytes.subarray(3, headerLength));
  decipher.setAAD(Buffer.from(field));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return Buffer.concat([decipher.update(bytes.subarray(headerLength, bytes.length - 16)), decipher.final()]).toString('utf8');
}

export function encryptOptional(field: PersonalField, text: string | null | undefined): Buffer | null {
  return text ? encryptValue(field, text) : null;
}

export function decryptOptional(field: PersonalField, bytes: Buffer | null | undefined): string | null {
  return bytes ? decryptValue(field, bytes) : null;
}
