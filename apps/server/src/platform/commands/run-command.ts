import { createHash } from 'node:crypto';
import { wasAudited } from '../audit/record-audit.ts';
import type { Actor } from '../authorization/actor.ts';
import { inTransaction, type Trx } from '../database/transaction.ts';
import { AppError } from '../errors.ts';

export interface CommandEnvelope {
  commandId: string;
}

export interface CommandOptions {
  /** answers with a personal value are not kept in the ledger: a replay runs again (and is audited again) */
  keepResponse?: boolean;
}

/**
 * Runs a command once: in one transaction the ledger entry, the change, its audit record, its jobs and events. The same
 * id sent again returns the first answer; the same id with other content or another sender is refused.
 */
export async function runCommand<Result>(
  actor: Actor,
  action: string,
  command: CommandEnvelope,
  work: (trx: Trx) => Promise<Result>,
  options: CommandOptions = {},
): Promise<Result> {
  const requestHash = createHash('sha256').update(JSON.stringify([action, command])).digest();
  return inTransaction(actor, async (trx) => {
    const inserted = await trx
      .insertInto('platform.command')
      .values({ command_id: command.commandId, actor_id: actor.accountId, action, request_hash: requestHash })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) {
      const earlier = await trx.selectFrom('platform.command').selectAll().where('command_id', '=', command.commandId).executeTakeFirstOrThrow();
      if (earlier.actor_id !== actor.accountId || !earlier.request_hash.equals(requestHash)) throw new AppError('command-mismatch');
      if (earlier.response !== null) return earlier.response as Result;
      if (options.keepResponse !== false) return undefined as Result;
    }
    const result = await work(trx);
    if (!wasAudited(trx)) throw new Error(`The command ${action} left no audit record.`);
    if (options.keepResponse !== false && result !== undefined) {
      await trx.updateTable('platform.command').set({ response: JSON.stringify(result) }).where('command_id', '=', command.commandId).execute();
    }
    return result;
  });
}
