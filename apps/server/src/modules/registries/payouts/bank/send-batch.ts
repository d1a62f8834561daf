import type { BodyOf, ResponseOf, sendPayoutBatch as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { openStoredFile } from '#platform/files/stored-files.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';
import { getBatch, listBatchLines, requireState } from '../batches/batch-store.ts';
import { keepBankFile, type BankFileRow } from './bank-file-store.ts';
import { referenceOf, writeBankFile } from './write-bank-file.ts';

/** Writes the bank's file once. Everything that nobody held goes, whatever the check had proposed. */
export async function sendBatch(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  const command = { ...body, id };
  return runCommand(actor, 'payout.send', command, async (trx) => {
    const batch = await getBatch(trx, id, { lock: true });
    authorize(actor, 'payout.send', { regionCode: batch.region_code });
    requireState(batch, 'approved');
    const lines = (await listBatchLines(trx, id)).filter((line) => line.state === 'listed');
    if (lines.length === 0) throw new AppError('wrong-state', '没有可以发放的人，没有生成文件；请撤回批次。');
    const totalFen = lines.reduce((sum, line) => sum + line.amount_fen, 0);
    const content = writeBankFile(
      command.format,
      { batch: batch.number, month: batch.month, payDay: batch.pay_day },
      lines.map((line) => ({ ordinal: line.ordinal, reference: referenceOf(line.id), name: line.payee_name, account: decryptValue('bank-account', line.account_enc), bank: line.bank_name ?? '', amountFen: line.amount_fen })),
    );
    await sql`UPDATE payouts.line SET state = 'sent' WHERE batch_id = ${id} AND state = 'listed'`.execute(trx);
    await sql`UPDATE payouts.batch SET state = 'sent', sent_by = ${actor.accountId}, sent_by_name = ${actor.displayName}, sent_at = now() WHERE id = ${id}`.execute(trx);
    const fileId = await keepBankFile(trx, actor, batch, { direction: 'out', format: command.format, file_name: `${batch.number}.${command.format === 'delimited' ? 'txt' : 'dat'}`, record_count: lines.length, total_fen: totalFen, outcomes: null, content });
    await recordAudit(trx, actor, { action: 'payout.send', objectKind: 'payout-batch', objectId: id, regionCode: batch.region_code, details: { lines: lines.length, amountFen: totalFen, format: command.format } });
    return { fileId, lines: lines.length, totalFen };
  });
}

/** The file shows whole accounts: every download is recorded. */
export async function openBankFile(actor: Actor, id: string): Promise<Awaited<ReturnType<typeof openStoredFile>>> {
  authorize(actor, 'payout.send');
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<BankFileRow>`SELECT * FROM payouts.bank_file WHERE id = ${id}`.execute(trx);
    const file = rows[0];
    if (!file) throw new AppError('not-found');
    authorize(actor, 'payout.send', { regionCode: file.region_code });
    await recordAudit(trx, actor, { action: 'payout.download', objectKind: 'payout-file', objectId: id, regionCode: file.region_code, details: { batch: file.batch_id, records: file.record_count } });
    return openStoredFile(trx, file.file_id);
  });
}
