import type { ImportView, QueryOf, ResponseOf, listImportProblems as problemsEndpoint, listImports as listEndpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { codeColumn, type ListColumn } from '#platform/http/list-route.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { failureMessage } from './import-failure.ts';
import { englishNames } from './import-field-names.ts';
import { importFields } from './import-fields.ts';
import { problemMessage } from './import-problem.ts';
import { getBatch, listBatches, listProblems, type ImportBatch } from './import-store.ts';
import type { ImportTemplate } from './recognise-columns.ts';

const templateNames: Record<ImportTemplate, readonly [string, string]> = {
  'county-households': ['县级户和人模板', 'County template'],
  'household-table': ['户和人表格', 'Table of households'],
  'national-monitored': ['全国防返贫监测系统：监测对象信息', 'National system: monitored households'],
  'national-lifted': ['全国防返贫监测系统：脱贫人口（户）信息', 'National system: households out of poverty'],
  'national-rural-construction': ['全国防返贫监测系统：乡村建设户信息', 'National system: rural construction'],
  'national-work': ['全国防返贫监测系统：务工信息', 'National system: migrant work'],
  'national-work-plan': ['全国防返贫监测系统：计划外出务工信息', 'National system: planned migrant work'],
  'national-villages': ['全国防返贫监测系统：行政村信息', 'National system: villages'],
};

export function importView(batch: ImportBatch, locale: Locale): ImportView {
  const { report } = batch;
  return {
    id: batch.id,
    fileName: batch.file_name,
    createdAt: batch.created_at.toISOString(),
    createdBy: batch.created_by_name,
    asOf: batch.as_of,
    state: batch.state,
    taskId: batch.task_id,
    template: report ? templateNames[report.template][locale === 'en' ? 1 : 0] : null,
    encoding: report?.encoding ?? null,
    sheet: report?.sheet ?? null,
    failure: batch.failure ? failureMessage(batch.failure, locale) : null,
    counts: report?.counts ?? null,
    columns: report?.columns ?? [],
    unresolvedCodes: report?.unresolvedCodes ?? [],
    quality: report?.quality ?? [],
    fields: importFields.map(({ name, titles }) => ({ name, title: { zh: titles[0] ?? name, en: englishNames[name] ?? name } })),
  };
}

export async function viewImport(actor: Actor, id: string, locale: Locale): Promise<ImportView> {
  authorize(actor, 'household.import');
  return inTransaction(actor, async (trx) => importView(await getBatch(trx, id), locale));
}

export async function listImports(actor: Actor, query: QueryOf<typeof listEndpoint>, locale: Locale): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'household.import');
  return inTransaction(actor, async (trx) => {
    const { rows, count } = await listBatches(trx, query, readCursor(query.cursor)?.[0] as string | undefined, query.limit + 1);
    return page(rows, query.limit, (row) => [row.id], count, (row) => ({ ...importView(row, locale), columns: [], unresolvedCodes: [], quality: [], fields: [] }));
  });
}

const stateWords = {
  checking: ['检查中', 'Being checked'], checked: ['已检查，等待确认', 'Checked, to confirm'], failed: ['不能导入', 'Cannot be imported'], applying: ['写入中', 'Being written'],
  applied: ['已写入', 'Written'], undoing: ['撤销中', 'Being undone'], undone: ['已撤销', 'Undone'], cancelled: ['已停止', 'Stopped'],
} as const;

export const importColumns: readonly ListColumn<ImportView>[] = [
  { zh: '文件', en: 'File', value: (item) => item.fileName },
  codeColumn('状态', 'State', (item) => item.state, stateWords),
  { zh: '数据日期', en: 'As of', value: (item) => item.asOf },
  { zh: '行数', en: 'Rows', value: (item) => item.counts?.rows ?? null },
  { zh: '有问题的行', en: 'Rows with problems', value: (item) => item.counts?.problemRows ?? null },
  { zh: '新增户', en: 'New households', value: (item) => item.counts?.newHouseholds ?? null },
  { zh: '变化户', en: 'Changed households', value: (item) => item.counts?.changedHouseholds ?? null },
  { zh: '导入人', en: 'By', value: (item) => item.createdBy },
  { zh: '时间', en: 'At', value: (item) => item.createdAt },
];

export async function listImportProblems(actor: Actor, id: string, query: QueryOf<typeof problemsEndpoint>, locale: Locale): Promise<ResponseOf<typeof problemsEndpoint>> {
  authorize(actor, 'household.import');
  return inTransaction(actor, async (trx) => {
    await getBatch(trx, id);
    const { rows, count } = await listProblems(trx, id, { severity: query.severity, after: readCursor(query.cursor)?.[0] as number | undefined, limit: query.limit + 1 });
    return page(rows, query.limit, (row) => [row.ordinal], count, (row) => ({
      row: row.row_number, column: row.column_title, severity: row.severity, code: row.code, message: problemMessage(row.code, locale), value: row.value_masked,
    }));
  });
}
