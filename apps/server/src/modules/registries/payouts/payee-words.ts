import { decryptOptional } from '#platform/personal-data/cipher.ts';

/** Staff see the last four digits of an account. */
export function maskedAccount(encrypted: Buffer | null): string | null {
  const account = decryptOptional('bank-account', encrypted);
  return account === null ? null : `****${account.slice(-4)}`;
}

export const yuan = (fen: number): string => (fen / 100).toFixed(2);
