import type { BodyOf, confirmArrival as endpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { move } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { getIndicatorRow, readBalance, trancheOf } from './indicator-store.ts';
import { requireNotBefore, requireNotFuture } from './trail-policy.ts';

/** The receiver says that the money is there. Whoever sent it cannot say so. */
export async function confirmArrival(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'fund.arrival', command, async (trx) => {
    const row = await getIndicatorRow(trx, id, { lock: true });
    authorize(actor, 'fund.receive', { regionCode: row.region_code });
    if (row.state !== 'in-transit') throw new AppError('wrong-state', row.state === 'held' ? '这笔资金已经确认到账。' : '这笔资金已经撤回。');
    if (row.issued_by === actor.accountId) throw new AppError('conflict-of-interest', '下达人不能自己确认到账，须由收款方的人确认。');
    requireNotBefore('arrivedOn', command.arrivedOn, row.issued_on, '下达日期');
    requireNotFuture('arrivedOn', command.arrivedOn, today());
    const amountFen = await readBalance(trx, id, 'in-transit');
    const transactionId = await postTransaction(trx, actor, { kind: 'arrival', businessKey: `arrival:${command.commandId}`, bookCode: row.region_code, day: command.arrivedOn, summary: `${row.document_number} ${row.title}`, lines: move(trancheOf(row), amountFen, 'in-transit', 'available') });
    await trx
      .updateTable('funds.indicator')
      .set({ state: 'held', arrived_on: command.arrivedOn, clock_from: command.arrivedOn, arrival_transaction_id: transactionId, arrived_by: actor.accountId, arrived_by_name: actor.displayName })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, actor, { action: 'fund.arrival', objectKind: 'indicator', objectId: id, regionCode: row.region_code, details: { arrivedOn: command.arrivedOn, amountFen } });
    return { ok: true as const };
  });
}
