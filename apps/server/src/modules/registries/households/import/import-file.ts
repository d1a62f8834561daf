import type { ImportView } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { safeFileName } from '#platform/http/endpoint-route.ts';
import { writeImport } from './apply-import.job.ts';
import { checkImport } from './check-import.job.ts';
import { applyImport, uploadHouseholds } from './import-commands.ts';
import { problemMessage } from './import-problem.ts';
import { getBatch, listProblems } from './import-store.ts';
import { importView } from './import-view.ts';

export interface ImportFileOptions {
  /** the day the file describes */
  asOf: string;
  mode: 'good-rows' | 'all-or-nothing';
  onProgress?: (step: 'check' | 'write', share: number) => void;
}

export interface ImportFileResult {
  view: ImportView;
  firstProblems: { row: number; column: string; severity: string; message: string; value: string | null }[];
}

/** Uploads, checks and writes a file at once, by the same commands and jobs as the workbench; waits for the end. */
export async function importHouseholdsFile(actor: Actor, path: string, fileName: string, options: ImportFileOptions): Promise<ImportFileResult> {
  const inline = { inline: true };
  const { id, taskId } = await uploadHouseholds(actor, { path, fileName: safeFileName(fileName), mediaType: 'application/octet-stream' }, { commandId: newId(), asOf: options.asOf }, inline);
  await checkImport(actor, { subjectId: id, taskId }, (share) => options.onProgress?.('check', share));
  const checked = await resultOf(actor, id);
  const blocked = options.mode === 'all-or-nothing' && (checked.view.counts?.problemRows ?? 0) > 0;
  if (checked.view.state !== 'checked' || blocked || checked.view.counts?.goodRows === 0) return checked;
  const applying = await applyImport(actor, id, { commandId: newId(), mode: options.mode }, inline);
  await writeImport(actor, { subjectId: id, taskId: applying.taskId }, (share) => options.onProgress?.('write', share));
  return resultOf(actor, id);
}

const shownProblems = 10;

async function resultOf(actor: Actor, id: string): Promise<ImportFileResult> {
  return inTransaction(actor, async (trx) => {
    // What keeps rows out comes before what is only to be looked at.
    const errors = await listProblems(trx, id, { severity: 'error', limit: shownProblems });
    const warnings = await listProblems(trx, id, { severity: 'warning', limit: shownProblems - errors.rows.length });
    const rows = [...errors.rows, ...warnings.rows];
    return {
      view: importView(await getBatch(trx, id), 'zh-CN'),
      firstProblems: rows.map((row) => ({ row: row.row_number, column: row.column_title, severity: row.severity, message: problemMessage(row.code, 'zh-CN'), value: row.value_masked })),
    };
  });
}
