import { join } from 'node:path';
import { deliveryAccepted, type DatasetKind } from '@sunlit/api-spec';
import { snapshotTableOf } from '#analytics/dataset-kinds/load-dataset-kinds.ts';
import { getDatasetStore } from '#analytics/dataset-store/open-dataset-store.ts';
import { ColumnsMissingError, intakeFile, type IntakeResult } from '#analytics/intake/intake-file.ts';
import { judgeDelivery } from '#analytics/intake/judge-delivery.ts';
import { recogniseKind, type ColumnMapping } from '#analytics/intake/map-columns.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { publish } from '#platform/events/publish.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { extractStoredFile } from '#platform/files/stored-files.ts';
import { TabularFileError } from '#platform/files/tabular/tabular-file-error.ts';
import { jobLock, type JobPayload } from '#platform/jobs/jobs.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { packUuids, Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { runTask, type TaskProgress } from '#platform/tasks/tasks.ts';
import { datasetKinds, getDatasetKind } from './dataset-kinds.ts';
import { removeDeliveredFile } from './delivered-file.ts';
import { findDelivery, findLastAccepted, finishCheck, replaceProblems, type DeliveryReport, type DeliveryRow, type StoredHoldReason } from './delivery-store.ts';
import { readCodeMemory, readColumnMemory, rememberColumns } from './mapping-memory.ts';
import { listKnownPersonKeys } from './person-key-source.ts';

/** Checks one delivery from file to snapshot. Taken again after a crash it starts over; a finished one is left alone. */
export async function checkDelivery(actor: Actor, payload: JobPayload): Promise<void> {
  await withExclusiveLock(jobLock('delivery-check', payload.subjectId), () => checkOnce(actor, payload));
}

/** A delivery whose check died cannot be used; the department delivers it again. */
export async function abandonDelivery(actor: Actor, id: string): Promise<void> {
  const delivery = await inTransaction(actor, (trx) => findDelivery(trx, id));
  if (delivery?.state !== 'checking') return;
  await inTransaction(actor, (trx) => finishCheck(trx, id, { state: 'failed', failure: 'internal' }));
  await getDatasetStore().discard(delivery.kind, id);
  await removeDeliveredFile(actor, delivery);
}

async function checkOnce(actor: Actor, { subjectId, taskId }: JobPayload): Promise<void> {
  const delivery = await inTransaction(actor, (trx) => findDelivery(trx, subjectId));
  if (!delivery || delivery.state !== 'checking') return;
  try {
    const end = await runTask(actor, taskId, (progress) => check(actor, delivery, progress));
    if (end === 'cancelled') await inTransaction(actor, (trx) => finishCheck(trx, delivery.id, { state: 'cancelled' }));
  } catch (error) {
    const failure = error instanceof TabularFileError ? error.code : 'internal';
    await inTransaction(actor, (trx) => finishCheck(trx, delivery.id, { state: 'failed', failure }));
    if (!(error instanceof TabularFileError)) throw error;
  }
  // A held file may be read again, when a person has said what its columns mean.
  const after = await inTransaction(actor, (trx) => findDelivery(trx, delivery.id));
  if (after && after.state !== 'held') await removeDeliveredFile(actor, after);
}

async function check(actor: Actor, delivery: DeliveryRow, progress: TaskProgress): Promise<void> {
  const kind = await getDatasetKind(delivery.kind);
  const owner = { kind: kind.code, provider: delivery.provider_code };
  const { previous, rememberedMapping, rememberedCodes } = await inTransaction(actor, async (trx) => ({
    previous: previousFacts(await findLastAccepted(trx, kind.code, delivery.region_code)),
    rememberedMapping: await readColumnMemory(trx, owner),
    rememberedCodes: await readCodeMemory(trx, owner),
  }));
  await withPrivateFolder(async (workFolder) => {
    const path = join(workFolder, 'delivered');
    await extractStoredFile(delivery.file_id, path);
    await progress.report(0.2);
    const parquetPath = join(workFolder, 'snapshot.parquet');
    const request = {
      path,
      fileName: delivery.file_name,
      kind,
      deliveryId: delivery.id,
      rememberedMapping,
      rememberedCodes,
      pseudonymiser: new Pseudonymiser(getKeyring().pseudonymKey),
      knownPersonKeys: packUuids(await listKnownPersonKeys(actor, kind)),
      workFolder,
      parquetPath,
    };
    let result: IntakeResult;
    try {
      result = await intakeFile(request);
    } catch (error) {
      if (!(error instanceof ColumnsMissingError)) throw error;
      return holdForColumns(actor, delivery, kind, error, previous);
    }
    await progress.report(0.9);
    const snapshot = await keepSnapshot(parquetPath, delivery, kind, result.report.kept);
    await finish(actor, delivery, kind, result, previous, snapshot);
  });
}

async function keepSnapshot(parquetPath: string, delivery: DeliveryRow, kind: DatasetKind, rows: number) {
  const store = getDatasetStore();
  const facts = { deliveryId: delivery.id, kind: kind.code, asOf: delivery.as_of, rows, columns: { ...snapshotTableOf(kind) } };
  // Of an earlier reading of this file: with other columns, or cut off by a crash before the database knew of it.
  await store.discard(kind.code, delivery.id);
  const manifest = await store.add(parquetPath, facts);
  return { rows: manifest.rows, sha256: manifest.sha256 };
}

async function finish(
  actor: Actor,
  delivery: DeliveryRow,
  kind: DatasetKind,
  result: IntakeResult,
  previous: DeliveryReport['previous'],
  snapshot: DeliveryRow['snapshot'],
): Promise<void> {
  const { problems, ...quality } = result.report;
  const recognised = await recognise(result.mapping, kind);
  const verdict = judgeDelivery({ asOf: delivery.as_of, report: result.report, mapping: result.mapping }, previous ?? undefined, kind);
  const reasons: StoredHoldReason[] = verdict.decision === 'hold' ? [...verdict.reasons] : [];
  if (isOtherKind(recognised, kind, result.mapping)) reasons.push({ code: 'other-kind', kind: recognised!.code });
  const report = { quality, mapping: result.mapping, samples: result.samples, recognised, encoding: result.encoding, sheetName: result.sheetName, previous };
  const state = reasons.length === 0 ? 'accepted' : 'held';
  await inTransaction(actor, async (trx) => {
    await finishCheck(trx, delivery.id, { state, report, reasons, snapshot });
    await replaceProblems(trx, delivery.id, problems);
    if (state === 'accepted') await rememberColumns(trx, { kind: kind.code, provider: delivery.provider_code }, result.mapping);
    await recordAudit(trx, actor, { action: `dataset.${state}`, objectKind: 'delivery', objectId: delivery.id, regionCode: delivery.region_code, details: { kind: kind.code, rows: quality.rows, kept: quality.kept } });
    if (state === 'accepted') await publish(trx, actor, deliveryAccepted, { subject: kind.code, payload: { deliveryId: delivery.id, kind: kind.code, provider: delivery.provider_code, regionCode: delivery.region_code } });
  });
}

/** Another file's columns: nothing can be taken from it, but a person sees why and answers the department. */
async function holdForColumns(actor: Actor, delivery: DeliveryRow, kind: DatasetKind, { mapping, samples }: ColumnsMissingError, previous: DeliveryReport['previous']): Promise<void> {
  const recognised = await recognise(mapping, kind);
  const reasons: StoredHoldReason[] = [{ code: 'columns-missing', fields: mapping.missing }];
  if (isOtherKind(recognised, kind, mapping)) reasons.push({ code: 'other-kind', kind: recognised!.code });
  const report = { quality: null, mapping, samples, recognised, encoding: null, sheetName: null, previous };
  await inTransaction(actor, async (trx) => {
    await finishCheck(trx, delivery.id, { state: 'held', report, reasons });
    await recordAudit(trx, actor, { action: 'dataset.held', objectKind: 'delivery', objectId: delivery.id, regionCode: delivery.region_code, details: { kind: kind.code } });
  });
}

/** By the names of the columns alone, unless what is remembered of the department makes the file a better fit. */
async function recognise(mapping: ColumnMapping, kind: DatasetKind): Promise<DeliveryReport['recognised']> {
  const likeliest = recogniseKind(mapping.columns, (await datasetKinds()).values())[0] ?? null;
  return likeliest && likeliest.confidence >= mapping.confidence ? likeliest : { code: kind.code, confidence: mapping.confidence };
}

function isOtherKind(recognised: DeliveryReport['recognised'], kind: DatasetKind, mapping: ColumnMapping): boolean {
  return recognised !== null && recognised.code !== kind.code && recognised.confidence >= 0.8 && recognised.confidence > mapping.confidence + 0.1;
}

function previousFacts(row: DeliveryRow | undefined): DeliveryReport['previous'] {
  return row?.report?.quality ? { asOf: row.as_of, rows: row.rows, matchRate: row.report.quality.matchRate } : null;
}
