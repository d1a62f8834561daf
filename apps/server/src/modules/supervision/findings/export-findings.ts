import type { FindingItem, QueryOf, exportFindings as exportEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { itemOf } from './finding-item.ts';
import { listFindingRows } from './finding-store.ts';
import { itemContext } from './list-findings.ts';

const mostRows = 50_000;

/** The words of the list on the screen. */
const severityWords = { red: ['严重', 'Severe'], orange: ['较重', 'Serious'], blue: ['应享未享', 'Owed help'], yellow: ['一般', 'Moderate'], grey: ['提示', 'Notice'] } as const;
const stateWords = {
  signal: ['待派单', 'To assign'],
  assigned: ['已派单', 'Assigned'],
  verifying: ['核实中', 'Being verified'],
  'awaiting-answer': ['听取说明', 'Hearing'],
  decided: ['已决定', 'Decided'],
  'followed-up': ['已跟踪', 'Followed up'],
  closed: ['已办结', 'Closed'],
} as const satisfies Record<FindingItem['state'], readonly [string, string]>;
const outcomeWords = { confirmed: ['情况属实', 'Confirmed'], excused: ['有正当原因', 'Good reason'], 'wrong-data': ['数据有误', 'Wrong data'] } as const;

/** The list as CSV: masked by role, safe from formulas, marked with who took it, when and what for; the export is recorded. */
export async function exportFindings(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'finding.export');
  return inTransaction(actor, async (trx) => {
    const { purpose, ...filter } = query;
    const context = await itemContext(trx, actor, locale);
    const rows = await listFindingRows(trx, { ...filter, actorId: actor.accountId, today: context.today }, '-severity', undefined, mostRows);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'finding.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const word = en ? 1 : 0;
    const title = (item: { zh: string; en: string }) => (en ? item.en : item.zh);
    const header = en
      ? ['Number', 'Rule', 'Title', 'Severity', 'State', 'Outcome', 'Division', 'Head', 'Headline', 'Opened', 'Due', 'Assignee']
      : ['编号', '规则', '规则名称', '级别', '状态', '结论', '所在地', '户主', '概要', '发现日期', '期限', '承办人'];
    const body = rows.map((row) => {
      const item = itemOf(context, row);
      return [item.number, item.rule, title(item.ruleTitle), severityWords[item.severity][word], stateWords[item.state][word], item.outcome ? outcomeWords[item.outcome][word] : '', item.region.fullName, item.householdHead ?? '', item.headline, item.openedAt.slice(0, 10), item.dueOn ?? '', item.assignee ?? ''];
    });
    const watermark = en ? [`Exported by ${actor.displayName} on ${context.today}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${context.today}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([watermark, header, ...body, watermark]);
  });
}
