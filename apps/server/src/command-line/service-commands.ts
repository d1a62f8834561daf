import type { Command } from 'commander';
import { startDeliveringEvents } from '#platform/events/deliver-events.ts';
import { startWorking, stopWorking } from '#platform/jobs/jobs.ts';
import { openRuntime } from '../runtime.ts';
import type { CommandContext } from './command-line.ts';
import { startServer, untilStopped } from './serve.ts';
import { startEverything } from './start.ts';

export function registerServiceCommands(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  program
    .command('start', { hidden: true })
    .description('what `npm start` runs: builds, serves, and makes the demo at first')
    .action(async () => finish(await startEverything(context().settings)));
  program
    .command('serve')
    .description('提供网站与接口 / serve the sites and the API')
    .option('--no-worker', '不处理后台任务 / leave jobs to `sunlit worker`')
    .action(async (options: { worker: boolean }) => {
      const server = await startServer(context().settings, { worker: options.worker });
      server.setReady(true, 'ready');
      console.log(server.address);
      await untilStopped(server.stop);
      finish();
    });
  program
    .command('worker')
    .description('只处理后台任务 / work on jobs only')
    .action(async () => {
      const runtime = await openRuntime(context().settings, { migrate: false });
      await startWorking();
      const stopDelivering = startDeliveringEvents();
      console.log('正在处理后台任务 / working on jobs');
      await untilStopped(async () => {
        await stopDelivering();
        await stopWorking();
        await runtime.close();
      });
      finish();
    });
  program
    .command('migrate')
    .description('升级表结构 / bring the database to the newest structure')
    .action(async () => {
      const { settings, print } = context();
      const runtime = await openRuntime(settings);
      await runtime.close();
      print({ migrated: true }, '表结构已是最新。');
      finish();
    });
}
