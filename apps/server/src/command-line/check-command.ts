import { newId } from '@sunlit/kernel';
import type { Command } from 'commander';
import { executeRun, startRun, viewRun } from '#modules/supervision/cross-checks/index.ts';
import { getActingUser } from './acting-user.ts';
import { withRuntime } from './administration-commands.ts';
import type { CommandContext } from './command-line.ts';

export function registerCheckCommand(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  program
    .command('check')
    .description('比对一个区划，当场完成；结果是草稿，发布后才成为疑点 / cross-check a division at once; the result is a draft')
    .requiredOption('--region <code>', '12 位区划代码 / 12-digit division code')
    .option('--as-of <date>', '看哪一天的情况，默认今天 / as of which day')
    .action(async (options: { region: string; asOf?: string }) => {
      const c = context();
      const stopping = new AbortController();
      const stop = () => stopping.abort();
      process.once('SIGINT', stop);
      const run = await withRuntime(c, async (runtime) => {
        const actor = await getActingUser(c, runtime);
        const { id } = await startRun(actor, { commandId: newId(), regionCode: options.region, asOf: options.asOf }, { inline: true });
        await executeRun(actor, id, { signal: stopping.signal, onProgress: ({ done, of, rule }) => void (c.json || console.error(`  ${done}/${of} ${rule}`)) });
        return viewRun(actor, id, 'zh-CN');
      });
      process.off('SIGINT', stop);
      const lines = run.rules.map((rule) => `  ${rule.code}  ${String(rule.hits).padStart(6)} 命中  ${String(rule.newHits).padStart(6)} 新增  ${rule.title.zh}${rule.reason ? `（${rule.reason}）` : ''}`);
      c.print(run, [`${run.region.fullName} ${run.asOf}：${run.state === 'draft' ? '草稿，等待发布' : run.state}，共 ${run.hits} 条命中`, ...lines, `  编号 ${run.id}`].join('\n'));
      finish(run.state === 'draft' ? 0 : 1);
    });
}
