import { createCipheriv, createSecretKey, hash, type Cipheriv, type KeyObject } from 'node:crypto';
import { cleanCode, normaliseName } from '@sunlit/kernel';

const blockBytes = 16;

/** What a pseudonym stands for: equal values of different kinds must not look equal. */
export type PseudonymKind = 'name' | 'account';

/**
 * Keyed pseudonyms: AES-256 over one 16-byte block for each value, so that equal values have equal pseudonyms and
 * nobody without the key can go through all identity numbers and compare. An identity number fits into the block as
 * it is; names and accounts are hashed first. Single blocks of distinct values are encrypted, so ECB leaks equality
 * and nothing else, which is what a pseudonym is for; and it takes millions of values in one call.
 */
export class Pseudonymiser {
  readonly #key: KeyObject;
  /** one block after another through one cipher: blocks do not depend on each other */
  readonly #single: Cipheriv;

  /** @param key 32 bytes, from the key store; never the key that encrypts columns */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new RangeError('A pseudonym key has 32 bytes');
    this.#key = createSecretKey(key);
    this.#single = createCipheriv('aes-256-ecb', this.#key, null).setAutoPadding(false);
  }

  /** @param idNumber 18 characters, already checked (the check character follows from the rest) */
  ofIdNumber(idNumber: string): string {
    const block = Buffer.alloc(blockBytes);
    writeIdNumber(new DataView(block.buffer, block.byteOffset), 0, Number(idNumber.slice(0, 9)), Number(idNumber.slice(9, 17)));
    return uuidAt(this.#single.update(block), 0);
  }

  ofName(name: string): string {
    return this.#ofText('name', normaliseName(name));
  }

  ofAccount(account: string): string {
    return this.#ofText('account', cleanCode(account).toUpperCase());
  }

  /** Encrypts any number of prepared blocks at once. */
  encryptBlocks(blocks: Buffer): Buffer {
    const cipher = createCipheriv('aes-256-ecb', this.#key, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(blocks), cipher.final()]);
  }

  #ofText(kind: PseudonymKind, normalised: string): string {
    const digest = hash('sha256', hashedText(kind, normalised), 'buffer').subarray(0, blockBytes);
    return uuidAt(this.#single.update(digest), 0);
  }
}

/** The text whose SHA-256 (first 16 bytes) is the block of a name or an account. */
export function hashedText(kind: PseudonymKind, normalised: string): string {
  return `${kind}:${normalised}`;
}

/** Writes the block of an identity number into zeros: a mark, then its first nine and next eight digits. */
export function writeIdNumber(blocks: DataView, offset: number, firstNine: number, nextEight: number): void {
  blocks.setUint8(offset, 1);
  blocks.setUint32(offset + 4, firstNine);
  blocks.setUint32(offset + 8, nextEight);
}

/** The pseudonym at a place of a buffer of 16-byte blocks, as UUID text. */
export function uuidAt(blocks: Buffer, offset: number): string {
  const hex = blocks.toString('hex', offset, offset + blockBytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Packs pseudonyms given as UUID text into 16 bytes each. */
export function packUuids(uuids: readonly string[]): Buffer {
  return Buffer.from(uuids.join('').replaceAll('-', ''), 'hex');
}
