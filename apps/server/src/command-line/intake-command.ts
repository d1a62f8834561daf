import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { newId } from '@sunlit/kernel';
import type { DeliveryView } from '@sunlit/api-spec';
import type { Command } from 'commander';
import { safeFileName } from '#platform/http/endpoint-route.ts';
import { checkDelivery, deliverFile, viewDelivery } from '#modules/data-intake/index.ts';
import { getActingUser } from './acting-user.ts';
import { withRuntime } from './administration-commands.ts';
import { CommandError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';

export function registerIntakeCommand(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  program
    .command('intake <file>')
    .description('报送一个部门数据文件并当场检查；未被接收时退出码为 1 / deliver a department file and check it at once; exit code 1 unless accepted')
    .requiredOption('--kind <code>', '数据种类，例如 vehicle / kind of dataset')
    .requiredOption('--as-of <date>', '数据截止日期，例如 2026-03-01 / the day the data stand at')
    .action(async (file: string, options: { kind: string; asOf: string }) => {
      const c = context();
      const path = resolve(file);
      const size = sizeOf(path);
      const view = await withRuntime(c, async (runtime) => {
        const actor = await getActingUser(c, runtime);
        const delivered = { path, fileName: safeFileName(path), mediaType: 'application/octet-stream', size };
        const { id, taskId } = await deliverFile(actor, { commandId: newId(), kind: options.kind, asOf: options.asOf }, delivered);
        // A worker may have taken the same check meanwhile: one does it, the other waits and finds it done.
        await checkDelivery(actor, { actorId: actor.accountId, subjectId: id, taskId });
        return viewDelivery(actor, id, 'zh-CN');
      });
      c.print(view, report(view));
      finish(view.state === 'accepted' ? 0 : 1);
    });
}

function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new CommandError(`没有文件 ${path}。`);
  return stat.size;
}

const states: Partial<Record<DeliveryView['state'], string>> = { accepted: '已接收', held: '暂缓接收，待人工决定', failed: '检查失败', cancelled: '已取消' };
const marks = { green: '✓', amber: '△', red: '✗', none: '·' };

function report(view: DeliveryView): string {
  const share = (value: number) => `${Math.round(value * 1000) / 10}%`;
  return [
    `${view.kindTitle.zh}（${view.fileName}，截至 ${view.asOf}）：${states[view.state] ?? view.state}`,
    ...(view.failure ? [`  ${view.failure}`] : []),
    `  ${view.rows ?? 0} 行，保留 ${view.kept ?? 0} 行${view.encoding ? `，编码 ${view.encoding}` : ''}`,
    ...view.lights.map(({ light, text }) => `  ${marks[light]} ${text}`),
    ...view.holdReasons.map(({ text }) => `  ! ${text}`),
    ...view.fieldQuality.filter(({ completeness, validity }) => completeness < 1 || validity < 1).map((field) => `    ${field.field}：完整 ${share(field.completeness)}，有效 ${share(field.validity)}`),
    `  编号 ${view.id}`,
  ].join('\n');
}
