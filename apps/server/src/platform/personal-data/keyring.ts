import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';

interface WrappedKey {
  version: number;
  createdAt: string;
  wrapped: string;
}
interface KeyringFile {
  master: { id: string; key: string; createdAt: string };
  dataKeys: WrappedKey[];
  pseudonymKey: WrappedKey;
  fileKey: WrappedKey;
  /** secret of the session cookies */
  sessionSecret: WrappedKey;
  /** passwords of the embedded database's roles */
  database: Record<'superuser' | 'owner' | 'app', string>;
}

/** Keys of this installation, unwrapped in memory. They live in SUNLIT_KEYS, outside data and backups. */
export interface Keyring {
  masterId: string;
  currentDataKey: number;
  dataKey: (version: number) => Buffer;
  pseudonymKey: Buffer;
  fileKey: Buffer;
  sessionSecret: string;
  database: KeyringFile['database'];
}

export class KeyringError extends Error {}

const fileOf = (folder: string) => join(folder, 'keyring.json');

function wrap(master: Buffer, key: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, iv);
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function unwrap(master: Buffer, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()]);
}

/** Writes a whole file beside the keyring: a crash leaves what was there. */
function writeBeside(folder: string, file: KeyringFile): string {
  const temporary = `${fileOf(folder)}.${process.pid}`;
  try {
    makeFolder(folder, 0o700);
    writeFileSync(temporary, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true });
  } catch (cause) {
    throw new KeyringError(`密钥文件夹不可写：${folder}。请更换 SUNLIT_KEYS，或给当前用户写权限。`, { cause });
  }
  return temporary;
}

/** The first keyring of a folder. Of several processes that start at once one makes it; the others go on with that one. */
function saveFirst(folder: string): void {
  const temporary = writeBeside(folder, createKeyringFile());
  try {
    linkSync(temporary, fileOf(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(temporary);
  }
}

function wrapped(master: Buffer, version: number, key: Buffer = randomBytes(32)): WrappedKey {
  return { version, createdAt: new Date().toISOString(), wrapped: wrap(master, key) };
}

function createKeyringFile(): KeyringFile {
  const master = randomBytes(32);
  return {
    master: { id: randomBytes(6).toString('hex'), key: master.toString('base64'), createdAt: new Date().toISOString() },
    dataKeys: [wrapped(master, 1)],
    pseudonymKey: wrapped(master, 1),
    fileKey: wrapped(master, 1),
    sessionSecret: wrapped(master, 1),
    database: { superuser: randomBytes(24).toString('base64url'), owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') },
  };
}

/** Opens the keyring of a folder. Made at first use, but never beside data that an older keyring must have encrypted. */
export function openKeyring(folder: string, options: { dataExists: boolean }): Keyring {
  if (!existsSync(fileOf(folder))) {
    if (options.dataExists) throw new KeyringError(`找不到密钥文件 ${fileOf(folder)}，而数据已经存在；请恢复原来的密钥文件夹（SUNLIT_KEYS），否则数据无法解开。`);
    saveFirst(folder);
  }
  let file: KeyringFile;
  try {
    file = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as KeyringFile;
  } catch (error) {
    throw new KeyringError(`密钥文件无法读取：${fileOf(folder)}。`, { cause: error });
  }
  const master = Buffer.from(file.master.key, 'base64');
  const dataKeys = new Map(file.dataKeys.map((key) => [key.version, unwrap(master, key.wrapped)]));
  return {
    masterId: file.master.id,
    currentDataKey: Math.max(...dataKeys.keys()),
    dataKey: (version) => {
      const key = dataKeys.get(version);
      if (!key) throw new KeyringError(`缺少第 ${version} 版数据密钥。`);
      return key;
    },
    pseudonymKey: unwrap(master, file.pseudonymKey.wrapped),
    fileKey: unwrap(master, file.fileKey.wrapped),
    sessionSecret: unwrap(master, file.sessionSecret.wrapped).toString('hex'),
    database: file.database,
  };
}

/** Gives a new master key (every key is wrapped again) and a new data key for what is written from now on. */
export function rotateKeys(folder: string): { masterId: string; dataKey: number } {
  const file = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as KeyringFile;
  const oldMaster = Buffer.from(file.master.key, 'base64');
  const master = randomBytes(32);
  const rewrap = (key: WrappedKey): WrappedKey => ({ ...key, wrapped: wrap(master, unwrap(oldMaster, key.wrapped)) });
  const next = Math.max(...file.dataKeys.map((key) => key.version)) + 1;
  const temporary = writeBeside(folder, {
    master: { id: randomBytes(6).toString('hex'), key: master.toString('base64'), createdAt: new Date().toISOString() },
    dataKeys: [...file.dataKeys.map(rewrap), wrapped(master, next)],
    pseudonymKey: rewrap(file.pseudonymKey),
    fileKey: rewrap(file.fileKey),
    sessionSecret: rewrap(file.sessionSecret),
    database: file.database,
  });
  renameSync(temporary, fileOf(folder));
  const reopened = openKeyring(folder, { dataExists: true });
  return { masterId: reopened.masterId, dataKey: reopened.currentDataKey };
}

let current: Keyring | undefined;
export function setKeyring(keyring: Keyring | undefined): void {
  current = keyring;
}
export function getKeyring(): Keyring {
  if (!current) throw new Error('The keyring is not open yet.');
  return current;
}
