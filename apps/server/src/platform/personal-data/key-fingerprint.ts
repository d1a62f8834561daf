import { createHmac } from 'node:crypto';
import pg from 'pg';
import { getKeyring, KeyringError } from './keyring.ts';

/** Tells whether keys fit data without saying anything about them; the same after a rotation. */
export function keyFingerprint(): string {
  return createHmac('sha256', getKeyring().fileKey).update('sunlit backup').digest('hex').slice(0, 16);
}

/** A database remembers whose keys encrypt it: with others, new data would be lost to the old keys and old to the new. */
export async function requireMatchingKeys(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`INSERT INTO platform.installation (key, value) VALUES ('key-fingerprint', $1) ON CONFLICT (key) DO NOTHING`, [keyFingerprint()]);
    const { rows } = await client.query<{ value: string }>(`SELECT value FROM platform.installation WHERE key = 'key-fingerprint'`);
    if (rows[0]?.value !== keyFingerprint()) throw new KeyringError('这个数据库是用另一套密钥加密的；请把原来的密钥文件夹放回 SUNLIT_KEYS，否则数据无法解开。');
  } finally {
    await client.end();
  }
}
