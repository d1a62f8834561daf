import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { repositoryFolder } from '#platform/settings.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';
import { readScale } from './demo/demo-commands.ts';

interface BenchKit {
  benchNames: readonly string[];
  runBench: (name: string, scale: ReturnType<typeof readScale>) => Promise<{ name: string; scale: string; rows: number; seconds: number; baseline: string; baselineSeconds: number; ratio: number; peakMemoryMiB: number }>;
}

/** The kit lies outside the server, which must not depend on it: it is loaded when asked for. */
export function registerBenchCommand(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  program
    .command('bench <name>')
    .description('测一项性能，与同一次运行里的底线比较 / measure against a baseline of the same run')
    .option('--scale <scale>', 'sample | county | city | province | 人数 / number of persons', 'sample')
    .action(async (name: string, options: { scale: string }) => {
      const c = context();
      const file = join(repositoryFolder, 'bench/index.ts');
      if (!existsSync(file)) throw new CommandError('这份安装不带性能测试（bench/）。');
      const kit = (await import(pathToFileURL(file).href)) as BenchKit;
      if (!kit.benchNames.includes(name)) throw new UsageError(`没有“${name}”这项测试；可选：${kit.benchNames.join('、')}。`);
      const result = await kit.runBench(name, readScale(options.scale));
      c.print(result, `${result.name}（${result.scale}，${result.rows} 行）：${result.seconds} 秒；底线 ${result.baseline} ${result.baselineSeconds} 秒；比值 ${result.ratio}；内存峰值 ${result.peakMemoryMiB} MiB\n${JSON.stringify(result)}`);
      finish();
    });
}
