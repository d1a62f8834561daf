import type { BodyOf, DatasetKind, mapDelivery as mapEndpoint } from '@sunlit/api-spec';
import type { Id } from '@sunlit/kernel';
import { otherCode } from '#analytics/intake/read-field.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { openTask } from '#platform/tasks/tasks.ts';
import { getDatasetKind } from './dataset-kinds.ts';
import { lockDelivery, reopenCheck, type DeliveryRow } from './delivery-store.ts';
import { rememberCodeChoices, rememberColumnChoices } from './mapping-memory.ts';

type Mapping = BodyOf<typeof mapEndpoint>;

/** A person says what the columns and words of a held file mean; that is remembered for the department, and the file is read again. */
export async function mapDelivery(actor: Actor, id: Id, command: Mapping): Promise<{ taskId: Id }> {
  return runCommand(actor, 'dataset.map', { ...command, id } as typeof command, async (trx) => {
    const delivery = await lockDelivery(trx, id);
    if (!delivery) throw new AppError('not-found');
    authorize(actor, 'dataset.deliver', { regionCode: delivery.region_code });
    if (delivery.state !== 'held') throw new AppError('wrong-state');
    if (delivery.file_removed_at) throw new AppError('wrong-state', '这份文件已过保存期并删除，请退回，由供数单位重新报送。');
    const kind = await getDatasetKind(delivery.kind);
    requireSensible(command, delivery, kind);
    const owner = { kind: kind.code, provider: delivery.provider_code };
    await rememberColumnChoices(trx, owner, command.columns, titlesOf(delivery), actor.accountId);
    await rememberCodeChoices(trx, owner, command.codes, actor.accountId);
    const taskId = await openTask(trx, actor, { kind: 'delivery-check', titleKey: 'tasks.deliveryCheck', subjectId: id, link: `/deliveries/${id}` });
    await reopenCheck(trx, id, taskId);
    await recordAudit(trx, actor, { action: 'dataset.map', objectKind: 'delivery', objectId: id, regionCode: delivery.region_code, details: { kind: kind.code, columns: Object.keys(command.columns).length, codes: command.codes.length } });
    await enqueue(trx, 'delivery-check', { actorId: actor.accountId, subjectId: id, taskId });
    return { taskId };
  });
}

const titlesOf = (delivery: DeliveryRow): string[] => (delivery.report?.mapping.columns ?? []).map(({ title }) => title);

function requireSensible(command: Mapping, delivery: DeliveryRow, kind: DatasetKind): void {
  const problems: { path: string; message: string }[] = [];
  const titles = new Set(titlesOf(delivery));
  const taken = new Set<string>();
  for (const [title, field] of Object.entries(command.columns)) {
    const path = `columns.${title}`;
    if (!titles.has(title)) problems.push({ path, message: '文件里没有这一列。' });
    if (field === null) continue;
    if (!kind.fields.some(({ name }) => name === field)) problems.push({ path, message: '没有这个字段。' });
    if (taken.has(field)) problems.push({ path, message: '两列不能对应同一个字段。' });
    taken.add(field);
  }
  for (const [index, { field, code }] of command.codes.entries()) {
    const values = kind.fields.find(({ name, type }) => name === field && type === 'code')?.values;
    if (!values || (code !== otherCode && !(code in values))) problems.push({ path: `codes.${index}.code`, message: '不在可选范围内。' });
  }
  if (problems.length > 0) throw new AppError('request-invalid', undefined, { fields: problems });
}
