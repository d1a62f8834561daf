import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Actor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { findActorByUserName } from '#modules/organisation/index.ts';
import { importHouseholdsFile } from '#modules/registries/households/index.ts';
import { withRuntime } from './administration-commands.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';

/** The account that acts. There is no silent administrator: what a command does is done, limited and audited as somebody. */
export async function requireActor(context: CommandContext): Promise<Actor> {
  if (!context.as) throw new UsageError('请用 --as 写明以谁的身份办理（用户名或服务账号）。');
  const actor = await findActorByUserName(context.as);
  if (!actor) throw new CommandError(`没有这个账号，或账号已停用：${context.as}。`);
  return actor;
}

export function registerImportCommand(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  const importing = program.command('import').description('导入 / import');
  importing
    .command('households <file>')
    .description('导入户和人的表格：先检查，再写入 / check and write a table of households')
    .option('--as-of <date>', '表格是哪一天的情况，默认今天 / the day the table describes')
    .option('--mode <mode>', 'good-rows（写入没有错误的行）或 all-or-nothing（有错就一行也不写）', 'good-rows')
    .action(async (file: string, options: { asOf?: string; mode: string }) => {
      const c = context();
      if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new CommandError(`找不到文件：${file}。`);
      if (options.mode !== 'good-rows' && options.mode !== 'all-or-nothing') throw new UsageError('--mode 只能是 good-rows 或 all-or-nothing。');
      const mode = options.mode;
      const result = await withRuntime(c, async () => {
        const actor = await requireActor(c);
        return importHouseholdsFile(actor, file, basename(file), { asOf: options.asOf ?? today(), mode, onProgress: c.json ? () => undefined : showProgress });
      });
      if (!c.json && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      const { view, firstProblems } = result;
      const counts = view.counts;
      const lines = [
        view.state === 'applied' ? '已写入。' : `没有写入：${view.failure ?? '文件里有错误，请改好后再导入。'}`,
        ...(counts
          ? [`共 ${counts.rows} 行，${counts.goodRows} 行可以写入，${counts.problemRows} 行有错误${heldRows(counts)}，${counts.warnings} 处提醒。`, `新增 ${counts.newHouseholds} 户，变更 ${counts.changedHouseholds} 户，未变 ${counts.unchangedHouseholds} 户，登记中有而表里没有 ${counts.missingHouseholds} 户。`]
          : []),
        ...view.unresolvedCodes.slice(0, 10).map((code) => `没有认出的代码：${code.field} “${code.value}”（${code.rows} 行）`),
        ...firstProblems.map((problem) => `  ${problem.row > 0 ? `第 ${problem.row} 行 ` : ''}${problem.column}${problem.value ? `（${problem.value}）` : ''}：${problem.message}`),
      ];
      c.print(result, lines.join('\n'));
      finish(view.state === 'applied' ? 0 : 1);
    });
}

/** A household goes in as a whole: rows beside a wrong one wait with it. */
function heldRows(counts: { rows: number; goodRows: number; problemRows: number }): string {
  const held = counts.rows - counts.goodRows - counts.problemRows;
  return held > 0 ? `，${held} 行因同一户有错先不写入` : '';
}

function showProgress(step: 'check' | 'write', share: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${step === 'check' ? '检查' : '写入'} ${Math.round(share * 100)} %\u001b[K`);
}
