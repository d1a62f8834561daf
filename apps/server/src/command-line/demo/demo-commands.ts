import type { Scale } from '@sunlit/demo';
import type { Command } from 'commander';
import { isLoopback } from '#platform/settings.ts';
import { withRuntime } from '../administration-commands.ts';
import { CommandError, UsageError } from '../command-error.ts';
import type { CommandContext } from '../command-line.ts';
import { demoPersonas, ensureDemo } from './ensure-demo.ts';
import { openInstallation } from './installation.ts';
import { personasTable } from './personas.ts';
import { verifyDemo } from './verify-demo.ts';

/** `sample`, `county`, `city`, `province`, or a number of persons. */
export function readScale(text: string): Scale {
  if (text === 'sample' || text === 'county' || text === 'city' || text === 'province') return text;
  const persons = Number(text);
  if (Number.isInteger(persons) && persons >= 300) return persons;
  throw new UsageError(`规模应为 sample、county、city、province 或不小于 300 的人数，现为“${text}”。`);
}

function readSeed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`种子应为不超过九位的整数，现为“${text}”。`);
}

export function registerDemoCommands(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  const demo = program.command('demo').description('演示城市（全部虚构）/ the made-up demo city');
  demo
    .command('create')
    .description('建一个演示城市；中断后再次运行会接着做 / make the demo city; goes on after an interruption')
    .option('--scale <scale>', 'sample（默认 / default）| county | city | province | 人数 / number of persons')
    .option('--seed <number>', '随机种子，默认 2026；同一种子产生同样的城市 / same seed, same city; 2026 by default')
    .action(async (options: { scale?: string; seed?: string }) => {
      const c = context();
      if (!isLoopback(c.settings.host)) throw new CommandError(`演示账号的密码是公开的，不能对外提供：HOST=${c.settings.host}。`);
      const plan = { ...(options.scale === undefined ? {} : { scale: readScale(options.scale) }), ...(options.seed === undefined ? {} : { seed: readSeed(options.seed) }) };
      const began = Date.now();
      const onStep = (step: string) => void (c.json || console.error(`[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s] ${step}`));
      const personas = await withRuntime(c, (runtime) => ensureDemo(runtime, { ...plan, onStep }));
      if (!personas) throw new CommandError('这里已有真实数据，不能建演示；请换一个空的数据文件夹（SUNLIT_DATA）和密钥文件夹（SUNLIT_KEYS）。');
      c.print({ personas, seconds: (Date.now() - began) / 1000 }, `演示城市已建好。演示账号：\n${personasTable(personas)}`);
      finish();
    });
  demo
    .command('personas')
    .description('列出演示账号 / list the demo accounts')
    .action(async () => {
      const c = context();
      const personas = await withRuntime(c, async (runtime) => {
        const installation = await openInstallation(runtime.ownerUrl);
        await installation.close();
        return demoPersonas(installation);
      });
      if (personas.length === 0) throw new CommandError('这里没有演示城市；请先运行 sunlit demo create。');
      c.print({ personas }, personasTable(personas));
      finish();
    });
  demo
    .command('verify')
    .description('逐条规则核对命中与预埋情形 / precision and recall per rule')
    .action(async () => {
      const c = context();
      const rules = await withRuntime(c, verifyDemo);
      const right = rules.every((rule) => rule.precision === 1 && rule.recall === 1);
      const line = (rule: (typeof rules)[number]) => `  ${rule.ruleCode}  ${String(rule.planted).padStart(6)}  ${String(rule.found).padStart(6)}  ${rule.precision.toFixed(2)}  ${rule.recall.toFixed(2)}`;
      c.print({ rules: rules.map(({ missed, unexpected, ...rule }) => ({ ...rule, missed: missed.length, unexpected: unexpected.length })) }, ['  规则    预埋    命中  准确  召回', ...rules.map(line)].join('\n'));
      finish(right ? 0 : 1);
    });
}
