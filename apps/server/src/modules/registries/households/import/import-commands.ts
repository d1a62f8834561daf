import type { BodyOf, applyImport as applyEndpoint, mapImport as mapEndpoint, undoImport as undoEndpoint } from '@sunlit/api-spec';
import { isCalendarDate, newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { dictionaries } from '#platform/configuration/dictionaries.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { storeFile } from '#platform/files/stored-files.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import type { QueueName } from '#platform/jobs/queue-names.ts';
import { openTask } from '#platform/tasks/tasks.ts';
import { fieldByName } from './import-fields.ts';
import { getBatch, insertBatch, remember, setBatch, type ImportBatch, type ImportState } from './import-store.ts';

/** The command line runs the job itself, beside or without a server. */
export interface RunOptions {
  inline?: boolean;
}

async function startJob(trx: Trx, actor: Actor, queue: QueueName, batchId: string, titleKey: string, options: RunOptions): Promise<string> {
  const taskId = await openTask(trx, actor, { kind: queue, titleKey, subjectId: batchId, link: `/imports/${batchId}` });
  if (!options.inline) await enqueue(trx, queue, { actorId: actor.accountId, subjectId: batchId, taskId });
  return taskId;
}

async function lockBatch(trx: Trx, actor: Actor, id: string, states: readonly ImportState[]): Promise<ImportBatch> {
  const batch = await getBatch(trx, id, 'for-update');
  authorize(actor, 'household.import', { regionCode: batch.region_code });
  if (!states.includes(batch.state)) throw new AppError('wrong-state');
  return batch;
}

/** Keeps the file and has it checked; nothing is written to the registry. */
export async function uploadHouseholds(actor: Actor, file: { path: string; fileName: string; mediaType: string }, command: { commandId: string; asOf: string }, options: RunOptions = {}): Promise<{ id: string; taskId: string }> {
  authorize(actor, 'household.import');
  if (!isCalendarDate(command.asOf)) throw new AppError('request-invalid', undefined, { fields: [{ path: 'asOf', message: '请填写这份表格是哪一天的情况，例如 2026-10-31。' }] });
  if (command.asOf > today()) throw new AppError('request-invalid', undefined, { fields: [{ path: 'asOf', message: '数据日期不能晚于今天。' }] });
  return runCommand(actor, 'household.import', { ...command, fileName: file.fileName } as typeof command, async (trx) => {
    const id = newId();
    const stored = await storeFile(trx, actor, { ...file, purpose: 'household-import' });
    const taskId = await startJob(trx, actor, 'household-import-check', id, 'tasks.householdImportCheck', options);
    await insertBatch(trx, actor, { id, fileId: stored.id, fileName: file.fileName, asOf: command.asOf, taskId });
    await recordAudit(trx, actor, { action: 'household.import', objectKind: 'household-import', objectId: id, regionCode: actor.regionCode, details: { asOf: command.asOf } });
    return { id, taskId };
  });
}

/** What an officer says about columns and code values is remembered for the next file of the region. */
export async function mapImport(actor: Actor, id: string, command: BodyOf<typeof mapEndpoint>, options: RunOptions = {}): Promise<{ taskId: string }> {
  for (const [title, field] of Object.entries(command.columns)) if (field !== null && !fieldByName.has(field)) throw new AppError('request-invalid', undefined, { fields: [{ path: `columns.${title}`, message: '没有这个字段。' }] });
  for (const [index, { field, code }] of command.codes.entries()) {
    const values = dictionaries()[field];
    if (!values || (code !== '' && !values.some((one) => one.code === code))) throw new AppError('request-invalid', undefined, { fields: [{ path: `codes.${index}.code`, message: '不在可选范围内。' }] });
  }
  return runCommand(actor, 'household.import.map', { ...command, id } as typeof command, async (trx) => {
    const batch = await lockBatch(trx, actor, id, ['checked', 'failed', 'cancelled']);
    if (batch.failure === 'expired') throw new AppError('wrong-state', '文件已过保存期并删除，请重新上传。');
    await remember(trx, actor, command);
    const taskId = await startJob(trx, actor, 'household-import-check', id, 'tasks.householdImportCheck', options);
    await setBatch(trx, id, { state: 'checking', taskId });
    await recordAudit(trx, actor, { action: 'household.import.map', objectKind: 'household-import', objectId: id, regionCode: batch.region_code, details: { columns: Object.keys(command.columns).length, codes: command.codes.length } });
    return { taskId };
  });
}

export async function applyImport(actor: Actor, id: string, command: BodyOf<typeof applyEndpoint>, options: RunOptions = {}): Promise<{ taskId: string }> {
  return runCommand(actor, 'household.import.apply', { ...command, id } as typeof command, async (trx) => {
    const batch = await lockBatch(trx, actor, id, ['checked']);
    const wrong = batch.report?.counts.problemRows ?? 0;
    if (batch.report?.counts.goodRows === 0) throw new AppError('wrong-state', '没有一行可以写入。请按清单改好后重新上传。');
    if (command.mode === 'all-or-nothing' && wrong > 0) throw new AppError('wrong-state', `有 ${wrong} 行存在错误，所以一行也没有写入。请按清单改好后重新上传，或选择只写入没有错误的行。`);
    const taskId = await startJob(trx, actor, 'household-import-apply', id, 'tasks.householdImportApply', options);
    await setBatch(trx, id, { state: 'applying', taskId, mode: command.mode });
    await recordAudit(trx, actor, { action: 'household.import.apply', objectKind: 'household-import', objectId: id, regionCode: batch.region_code, details: { mode: command.mode } });
    return { taskId };
  });
}

export async function undoImport(actor: Actor, id: string, command: BodyOf<typeof undoEndpoint>, options: RunOptions = {}): Promise<{ taskId: string }> {
  return runCommand(actor, 'household.import.undo', { ...command, id } as typeof command, async (trx) => {
    const batch = await lockBatch(trx, actor, id, ['applied']);
    const taskId = await startJob(trx, actor, 'household-import-undo', id, 'tasks.householdImportUndo', options);
    await setBatch(trx, id, { state: 'undoing', taskId });
    await recordAudit(trx, actor, { action: 'household.import.undo', objectKind: 'household-import', objectId: id, regionCode: batch.region_code, reason: command.reason });
    return { taskId };
  });
}
