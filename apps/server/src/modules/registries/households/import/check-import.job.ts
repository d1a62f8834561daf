import type { Actor } from '#platform/authorization/actor.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { TabularFileError } from '#platform/files/tabular/tabular-file-error.ts';
import { jobLock, type JobPayload } from '#platform/jobs/jobs.ts';
import { runTask, TaskCancelled, type TaskProgress } from '#platform/tasks/tasks.ts';
import { examineFile } from './examine-file.ts';
import { getBatch, replaceProblems, setBatch, type ImportBatch, type ImportReport } from './import-store.ts';
import { keepDrafts } from './kept-drafts.ts';
import { withImportFile, type OpenImport } from './open-import.ts';

type ImportJob = Pick<JobPayload, 'subjectId' | 'taskId'>;

/** Job `household-import-check`: says row by row what is wrong and what writing would change. */
export async function checkImport(actor: Actor, job: ImportJob, onProgress?: (share: number) => void): Promise<void> {
  await withExclusiveLock(jobLock('household-import-check', job.subjectId), () => checkImportOnce(actor, job, onProgress));
}

async function checkImportOnce(actor: Actor, { subjectId, taskId }: ImportJob, onProgress?: (share: number) => void): Promise<void> {
  const batch = await inTransaction(actor, (trx) => getBatch(trx, subjectId));
  if (batch.state !== 'checking') return;
  const set = (values: Parameters<typeof setBatch>[2]) => inTransaction(actor, (trx) => setBatch(trx, batch.id, values));
  await runTask(actor, taskId, async ({ report }) => {
    const progress: TaskProgress = {
      report: async (share, message) => {
        onProgress?.(share);
        await report(share, message);
      },
    };
    try {
      await check(actor, batch, progress);
    } catch (error) {
      if (error instanceof TabularFileError) return set({ state: 'failed', failure: error.code });
      await set(error instanceof TaskCancelled ? { state: 'cancelled' } : { state: 'failed', failure: 'interrupted' });
      throw error;
    }
  });
  await inTransaction(actor, async (trx) => {
    const { state, report } = await getBatch(trx, batch.id);
    await recordAudit(trx, actor, { action: 'household.import.checked', objectKind: 'household-import', objectId: batch.id, regionCode: batch.region_code, details: { state, rows: report?.counts.rows ?? 0 } });
  });
}

async function check(actor: Actor, batch: ImportBatch, progress: TaskProgress): Promise<void> {
  await withImportFile(actor, batch, async (open) => {
    if (open.recognition.missing.length > 0) {
      await inTransaction(actor, async (trx) => {
        await replaceProblems(trx, batch.id, []);
        await setBatch(trx, batch.id, { state: 'failed', failure: `columns-missing|${open.recognition.missing.join(',')}`, report: columnsOnly(open) });
      });
      return;
    }
    const { report, problems } = await keepDrafts(batch.id, (sink) => examineFile(actor, batch, open, progress, sink));
    await inTransaction(actor, async (trx) => {
      await replaceProblems(trx, batch.id, problems);
      await setBatch(trx, batch.id, report.counts.rows === 0 ? { state: 'failed', failure: 'no-rows', report } : { state: 'checked', report });
    });
  });
}

/** What can be said of a file whose columns are not all known: enough to map them. */
function columnsOnly({ table, recognition }: OpenImport): ImportReport {
  const counts = { rows: 0, goodRows: 0, problemRows: 0, households: 0, newHouseholds: 0, changedHouseholds: 0, unchangedHouseholds: 0, missingHouseholds: 0, newPersons: 0, changedPersons: 0, warnings: 0 };
  const columns = recognition.columns.map(({ title, field, confidence }) => ({ title, field, confidence, sample: null }));
  return { template: recognition.template, encoding: table.encoding ?? null, sheet: table.sheetName ?? null, counts, columns, unresolvedCodes: [], scattered: [] };
}
