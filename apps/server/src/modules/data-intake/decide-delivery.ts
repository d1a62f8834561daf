import { deliveryAccepted, type BodyOf, type decideDelivery as decideEndpoint } from '@sunlit/api-spec';
import type { Id } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events/publish.ts';
import { removeDeliveredFile } from './delivered-file.ts';
import { lockDelivery, recordDecision, type DeliveryRow } from './delivery-store.ts';
import { rememberColumns } from './mapping-memory.ts';

/** A person decides about a far-off delivery: it goes into runs as it is, or back to the department. */
export async function decideDelivery(actor: Actor, id: Id, command: BodyOf<typeof decideEndpoint>): Promise<{ ok: true }> {
  let decided: DeliveryRow | undefined;
  const answer = await runCommand(actor, 'dataset.decide', { ...command, id } as typeof command, async (trx) => {
    const delivery = await lockDelivery(trx, id);
    if (!delivery) throw new AppError('not-found');
    authorize(actor, 'dataset.decide', { regionCode: delivery.region_code });
    if (delivery.state !== 'held') throw new AppError('wrong-state');
    if (command.action === 'accept' && !delivery.snapshot) {
      throw new AppError('wrong-state', '文件缺少必需的列，无法接收；请退回，由供数单位补齐后重新报送。');
    }
    const state = command.action === 'accept' ? 'accepted' : 'returned';
    await recordDecision(trx, id, { state, by: actor.accountId, action: command.action, reason: command.reason });
    if (state === 'accepted' && delivery.report) await rememberColumns(trx, { kind: delivery.kind, provider: delivery.provider_code }, delivery.report.mapping);
    await recordAudit(trx, actor, { action: 'dataset.decide', objectKind: 'delivery', objectId: id, regionCode: delivery.region_code, reason: command.reason, details: { action: command.action } });
    decided = delivery;
    if (state === 'accepted') await publish(trx, actor, deliveryAccepted, { subject: delivery.kind, payload: { deliveryId: id, kind: delivery.kind, provider: delivery.provider_code, regionCode: delivery.region_code } });
    return { ok: true as const };
  });
  if (decided) await removeDeliveredFile(actor, decided);
  return answer;
}
