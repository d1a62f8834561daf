import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Settings } from '#platform/settings.ts';
import { CommandError } from './command-error.ts';
import { startServer, untilStopped } from './serve.ts';

/** `npm start`: builds the web apps if their sources changed, serves, makes the demo at first, and prints where to go. */
export async function startEverything(settings: Settings): Promise<number> {
  const began = Date.now();
  const say = (text: string) => console.log(`[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s] ${text}`);
  say('构建网页…… / building the web apps');
  await buildWebApps(settings.repositoryFolder);
  const words: Record<string, string> = { database: '启动数据库…… / starting the database', structure: '检查表结构…… / checking the structure' };
  const server = await startServer(settings, { worker: true, onStep: (step) => say(words[step] ?? step) });
  const stopped = untilStopped(server.stop);
  server.setReady(true, 'ready');
  say('就绪 / ready');
  console.log(`\n  公众站 public site   ${server.address}/\n  工作台 workbench     ${server.address}/workbench/\n  客户端 client        ${server.address}/client/\n  接口   API           ${server.address}/api/openapi.json\n\n  数据 data  ${settings.dataFolder}\n  密钥 keys  ${settings.keysFolder}\n\n  Ctrl-C 停止 / to stop`);
  await stopped;
  return 0;
}

async function buildWebApps(root: string): Promise<void> {
  const code = await new Promise<number | null>((done) => {
    const child = spawn(process.execPath, [join(root, 'tools/build-web-apps.ts')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('exit', done);
    child.once('error', () => done(1));
  });
  if (code !== 0) throw new CommandError('网页构建失败，原因见上。');
}
