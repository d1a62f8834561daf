import type { QueryOf, ResponseOf, exportProjects as exportEndpoint, getProjectCatalogue as catalogueEndpoint, listProjects as listEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { categoryTitle, projectCatalogue } from '../project-catalogue.ts';
import { projectWorkflow } from '../pool/project-workflow.ts';
import { countProjects, listProjectRows, loadProjectContext, projectItemOf } from './project-rows.ts';

const mostRows = 50_000;

export function viewProjectCatalogue(actor: Actor): ResponseOf<typeof catalogueEndpoint> {
  authorize(actor, 'project.read');
  const { categories, documentKinds, targetKinds, workItems } = projectCatalogue();
  const worded = ({ code, zh, en }: { code: string; zh: string; en: string }) => ({ code, title: { zh, en } });
  return {
    categories: categories.map((one) => ({ ...categoryTitle(one.code), required: one.required, assetClass: one.assetClass })),
    documentKinds: documentKinds.map((one) => ({ ...worded(one), picture: one.picture })),
    targetKinds: targetKinds.map(worded),
    workItems: workItems.map((one) => ({ ...worded(one), unit: one.unit })),
    states: projectWorkflow().definition.states.map(worded),
  };
}

export async function listProjects(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'project.read');
  return inTransaction(actor, async (trx) => {
    const rows = await listProjectRows(trx, query, today(), { sort: query.sort, after: readCursor(query.cursor), limit: query.limit + 1 });
    const context = await loadProjectContext(trx, rows, today());
    const key = query.sort === 'finish' ? (row: (typeof rows)[number]) => [row.finish_by, row.id] : (row: (typeof rows)[number]) => [row.created, row.id];
    return page(rows, query.limit, key, await countProjects(trx, query, today()), (row) => projectItemOf(context, row));
  });
}

const yuan = (fen: number) => (fen / 100).toFixed(2);

/** The list as CSV, marked with who took it, when and what for; the export is recorded. */
export async function exportProjects(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'project.read');
  return inTransaction(actor, async (trx) => {
    const { purpose, ...filter } = query;
    const rows = await listProjectRows(trx, filter, today(), { sort: '-created', after: undefined, limit: mostRows });
    const context = await loadProjectContext(trx, rows, today());
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'project.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const header = en
      ? ['Number', 'Project', 'Place', 'Category', 'Year', 'State', 'Budget (yuan)', 'Contracts (yuan)', 'Set aside (yuan)', 'Paid (yuan)', 'Work done %', 'Paid %', 'Start', 'Planned end']
      : ['编号', '项目', '地点', '类别', '年度', '状态', '预算（元）', '合同（元）', '已安排未支付（元）', '已支付（元）', '工程进度 %', '支付进度 %', '开工', '计划完成'];
    const body = rows.map((row) => {
      const item = projectItemOf(context, row);
      const local = (worded: { title: { zh: string; en: string } }) => (en ? worded.title.en : worded.title.zh);
      return [item.number, item.title, item.region.fullName, local(item.category), String(item.fiscalYear), local(item.state), yuan(item.budgetFen), yuan(item.contractFen), yuan(item.plannedFen), yuan(item.paidFen), String(item.physicalPercent), String(item.paidPercent), item.startOn, item.finishBy];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
