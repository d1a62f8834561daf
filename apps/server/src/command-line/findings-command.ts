import { listFindings as listEndpoint } from '@sunlit/api-spec';
import type { Command } from 'commander';
import type { Actor } from '#platform/authorization/actor.ts';
import { listFindings, viewFinding } from '#modules/supervision/findings/index.ts';
import { getActingUser } from './acting-user.ts';
import { withRuntime } from './administration-commands.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';

export function registerFindingsCommands(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  const findings = program.command('findings').description('疑点 / findings');
  findings
    .command('list')
    .description('列出疑点，与工作台同样的权限与脱敏 / list, with the locks and masking of the workbench')
    .option('--region <code>', '区划 / division')
    .option('--rule <code>', '规则 / rule')
    .option('--state <state>', '状态 / state')
    .option('--severity <severity>', '级别 / severity')
    .option('--overdue', '只看超期 / overdue only')
    .option('--cursor <cursor>', '接着上一页 / after the page before')
    .option('--limit <number>', '每页条数 / per page', '50')
    .action(async (options: { region?: string; rule?: string; state?: string; severity?: string; overdue?: boolean; cursor?: string; limit: string }) => {
      const c = context();
      const query = listEndpoint.query!.safeParse({ regionCode: options.region, rule: options.rule, state: options.state, severity: options.severity, overdue: options.overdue ? 'yes' : undefined, cursor: options.cursor, limit: options.limit });
      const wrong = query.error?.issues.map(({ path }) => '--' + path.join('.').replace('regionCode', 'region')) ?? [];
      if (!query.success) throw new UsageError(`选项有误：${wrong.join('、')}。`);
      const page = await withRuntime(c, async (runtime) => listFindings(await getActingUser(c, runtime), query.data, 'zh-CN'));
      const lines = page.items.map((item) => `  ${item.number}  ${item.state.padEnd(15)}  ${item.region.name}  ${item.headline}  ${item.id}`);
      c.print(page, [`共 ${page.total}${page.totalIsCapped ? '+' : ''} 条`, ...lines, ...(page.nextCursor ? [`  下一页 --cursor ${page.nextCursor}`] : [])].join('\n'));
      finish();
    });
  findings
    .command('show <id-or-number>')
    .description('一条疑点的全部情况 / everything about one finding')
    .action(async (id: string) => {
      const c = context();
      const finding = await withRuntime(c, async (runtime) => {
        const actor = await getActingUser(c, runtime);
        return viewFinding(actor, isId(id) ? id : await idOfNumber(actor, id), 'zh-CN');
      });
      const evidence = finding.evidence.map((row) => `  · ${row.datasetTitle.zh}（${row.providerName}）：${row.text}`);
      const history = finding.history.map((row) => `  ${row.at}  ${row.by}  ${row.action}${row.reason ? `：${row.reason}` : ''}`);
      c.print(finding, [`${finding.number}  ${finding.ruleTitle.zh}  ${finding.state}`, finding.region.fullName, finding.headline, ...evidence, ...history].join('\n'));
      finish();
    });
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** People know a finding by its number, for example O09-2026-000101. */
async function idOfNumber(actor: Actor, number: string): Promise<string> {
  const query = listEndpoint.query!.parse({ q: number, limit: 2 });
  const found = (await listFindings(actor, query, 'zh-CN')).items.find((item) => item.number === number);
  if (!found) throw new CommandError(`没有编号为 ${number} 的疑点，或不在您负责的范围内。`);
  return found.id;
}
