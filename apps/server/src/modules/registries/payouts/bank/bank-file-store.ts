import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { storeFile } from '#platform/files/stored-files.ts';
import type { BatchRow } from '../batches/batch-store.ts';
import type { BankFileFormat } from './read-result-file.ts';

export interface BankFileRow {
  id: string;
  batch_id: string;
  region_code: string;
  direction: 'out' | 'in';
  format: BankFileFormat;
  file_id: string;
  file_name: string;
  record_count: number;
  total_fen: number;
  outcomes: Record<string, number> | null;
  made_by_name: string;
  made_at: Date;
}

export const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

export async function keepBankFile(trx: Trx, actor: Actor, batch: BatchRow, file: Pick<BankFileRow, 'direction' | 'format' | 'file_name' | 'record_count' | 'total_fen' | 'outcomes'> & { content: Buffer }): Promise<string> {
  const id = newId();
  const stored = await withPrivateFolder(async (folder) => {
    const path = join(folder, 'bank-file');
    await writeFile(path, file.content, { mode: 0o600 });
    return storeFile(trx, actor, { path, fileName: file.file_name, mediaType: 'application/octet-stream', purpose: 'payout' });
  });
  await sql`
    INSERT INTO payouts.bank_file (county_code, id, batch_id, region_code, direction, format, file_id, file_name, sha256, record_count, total_fen, outcomes, made_by, made_by_name)
    VALUES (${batch.county_code}, ${id}, ${batch.id}, ${batch.region_code}, ${file.direction}, ${file.format}, ${stored.id}, ${file.file_name}, ${hashOf(file.content)}, ${file.record_count}, ${file.total_fen}, ${file.outcomes && JSON.stringify(file.outcomes)}::jsonb, ${actor.accountId}, ${actor.displayName})`.execute(trx);
  return id;
}

export async function listBankFiles(trx: Trx, batchId: string): Promise<BankFileRow[]> {
  const { rows } = await sql<BankFileRow>`SELECT * FROM payouts.bank_file WHERE batch_id = ${batchId} ORDER BY made_at, id`.execute(trx);
  return rows;
}
