import { calendarDate, id as idSchema } from '@sunlit/api-spec';
import { newId, type Id } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { storeFile } from '#platform/files/stored-files.ts';
import { openTable } from '#platform/files/tabular/open-table.ts';
import { TabularFileError } from '#platform/files/tabular/tabular-file-error.ts';
import type { Locale } from '#platform/http/locale.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { openTask } from '#platform/tasks/tasks.ts';
import { getDatasetKind } from './dataset-kinds.ts';
import { fileProblemText } from './delivery-messages.ts';
import { insertDelivery } from './delivery-store.ts';

export interface DeliveredFile {
  path: string;
  fileName: string;
  mediaType: string;
  size: number;
}

/** Takes a department's file. One that nobody could read is refused at once; the rest is checked in the background. */
export async function deliverFile(
  actor: Actor,
  fields: Record<string, string>,
  file: DeliveredFile,
  locale: Locale = 'zh-CN',
): Promise<{ id: Id; taskId: Id }> {
  authorize(actor, 'dataset.deliver');
  const command = readFields(fields);
  const kind = await getDatasetKind(command.kind);
  if (actor.provider !== null && actor.provider !== kind.provider) throw new AppError('not-permitted');
  await requireReadable(file, locale);
  return runCommand(
    actor,
    'dataset.deliver',
    { ...command, fileName: file.fileName, size: file.size } as typeof command,
    async (trx) => {
      const id = newId();
      const stored = await storeFile(trx, actor, { ...file, purpose: 'delivery' });
      const taskId = await openTask(trx, actor, {
        kind: 'delivery-check',
        titleKey: 'tasks.deliveryCheck',
        subjectId: id,
        link: `/deliveries/${id}`,
      });
      await insertDelivery(trx, {
        id,
        kind: kind.code,
        region_code: actor.regionCode,
        provider_code: kind.provider,
        file_id: stored.id,
        file_name: file.fileName,
        as_of: command.asOf,
        task_id: taskId,
        delivered_by: actor.accountId,
      });
      await recordAudit(trx, actor, {
        action: 'dataset.deliver',
        objectKind: 'delivery',
        objectId: id,
        regionCode: actor.regionCode,
        details: { kind: kind.code, asOf: command.asOf },
      });
      await enqueue(trx, 'delivery-check', { actorId: actor.accountId, subjectId: id, taskId });
      return { id, taskId };
    },
  );
}

function readFields(fields: Record<string, string>): { commandId: string; kind: string; asOf: string } {
  const commandId = idSchema.safeParse(fields['commandId']);
  const asOf = calendarDate.safeParse(fields['asOf']);
  const problems = [
    ...(commandId.success ? [] : [{ path: 'commandId', message: '缺少操作编号。' }]),
    ...(asOf.success && asOf.data <= today() ? [] : [{ path: 'asOf', message: '请填写数据截止日期，不能晚于今天。' }]),
  ];
  if (problems.length > 0) throw new AppError('request-invalid', undefined, { fields: problems });
  return { commandId: commandId.data!, kind: fields['kind'] ?? '', asOf: asOf.data! };
}

async function requireReadable(file: DeliveredFile, locale: Locale): Promise<void> {
  try {
    await withPrivateFolder(
      async (workFolder) => {
        await (await openTable(file, { workFolder })).close();
      },
      { bytes: file.size * 8 },
    );
  } catch (error) {
    if (error instanceof TabularFileError)
      throw new AppError('file-refused', fileProblemText(error.code, locale), { cause: error });
    throw error;
  }
}
