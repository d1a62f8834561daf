import type { Command } from 'commander';
import { listUndeliveredEvents, settleDeadEvent } from '#platform/events/undelivered-events.ts';
import { withRuntime } from './administration-commands.ts';
import { UsageError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';

export function registerEventsCommands(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  const events = program.command('events').description('模块之间还没有送到的事件 / events between modules that have not arrived');
  events
    .command('list')
    .description('列出等待重试和送不到的事件；有送不到的，退出码为 1 / those to be tried again and those that are dead; exit code 1 if any is dead')
    .option('--dead', '只看送不到的 / dead ones only')
    .action(async (options: { dead?: boolean }) => {
      const c = context();
      const items = await withRuntime(c, () => listUndeliveredEvents({ deadOnly: options.dead === true, limit: 500 }));
      const lines = items.map((item) => `  ${item.position}  ${item.state === 'dead' ? '送不到' : '待重试'}  ${item.event} → ${item.subscriber}  ${item.attempts} 次  ${item.at}${item.failure ? `  ${item.failure}` : ''}`);
      c.print({ items }, items.length === 0 ? '没有未送到的事件。' : lines.join('\n'));
      finish(items.some((item) => item.state === 'dead') ? 1 : 0);
    });
  events
    .command('retry <position>')
    .description('原因排除后再送 / deliver again after the cause is mended')
    .action(async (position: string) => {
      const c = context();
      await withRuntime(c, () => settleDeadEvent(positionOf(position), { action: 'retry' }));
      c.print({ position: Number(position), action: 'retry' }, '将再次投递。');
      finish();
    });
  events
    .command('skip <position>')
    .description('不再投递，同一对象后面的事件继续 / give it up; later ones of the same subject go on')
    .requiredOption('--reason <text>', '原因，记入审计 / why; goes into the audit')
    .action(async (position: string, options: { reason: string }) => {
      const c = context();
      await withRuntime(c, () => settleDeadEvent(positionOf(position), { action: 'skip', reason: options.reason }));
      c.print({ position: Number(position), action: 'skip' }, '已放弃投递。');
      finish();
    });
}

function positionOf(text: string): number {
  const position = Number(text);
  if (!Number.isSafeInteger(position) || position < 1) throw new UsageError('请给出 sunlit events list 里的序号。');
  return position;
}
