import type { BodyOf, recallAllocation as endpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { move } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { getIndicatorRow, trancheOf } from './indicator-store.ts';
import { requireHeld, requireNotBefore, requireNotFuture } from './trail-policy.ts';

/** Takes back what is still available below; what was planned, passed on or paid stays where it is. */
export async function recallAllocation(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'fund.recall', command, async (trx) => {
    const child = await getIndicatorRow(trx, id, { lock: true });
    if (child.kind !== 'allocation' || child.parent_id === null || child.parent_region_code === null) throw new AppError('wrong-state', '这笔资金不是由上级分配来的，没有可以收回到的地方。');
    authorize(actor, 'fund.allocate', { regionCode: child.parent_region_code });
    requireHeld(child);
    requireNotBefore('recalledOn', command.recalledOn, child.arrived_on, '到账日期');
    requireNotFuture('recalledOn', command.recalledOn, today());
    const parent = await getIndicatorRow(trx, child.parent_id, { lock: true });
    const transactionId = await postTransaction(trx, actor, {
      kind: 'recall',
      businessKey: `recall:${command.commandId}`,
      bookCode: parent.region_code,
      otherBookCode: child.region_code,
      day: command.recalledOn,
      summary: `${child.document_number} ${child.title}：${command.reason}`,
      lines: [...move(trancheOf(parent), command.amountFen, 'passed-on', 'available'), ...move(trancheOf(child), command.amountFen, 'available', 'received')],
    });
    await recordAudit(trx, actor, { action: 'fund.recall', objectKind: 'indicator', objectId: id, regionCode: child.region_code, reason: command.reason, details: { transactionId, amountFen: command.amountFen } });
    return { ok: true as const };
  });
}
