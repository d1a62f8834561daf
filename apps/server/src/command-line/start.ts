import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isLoopback, type Settings } from '#platform/settings.ts';
import { CommandError } from './command-error.ts';
import { ensureDemo, hasRealData } from './demo/ensure-demo.ts';
import { personasTable, type Persona } from './demo/personas.ts';
import { startServer, untilStopped, type Server } from './serve.ts';

/** `npm start`: builds the web apps if their sources changed, serves, makes the demo at first, and prints where to go. */
export async function startEverything(settings: Settings): Promise<number> {
  const began = Date.now();
  const say = (text: string) => console.log(`[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s] ${text}`);
  say('构建网页…… / building the web apps');
  await buildWebApps(settings.repositoryFolder);
  const words: Record<string, string> = { database: '启动数据库…… / starting the database', structure: '检查表结构…… / checking the structure' };
  const server = await startServer(settings, { worker: true, onStep: (step) => say(words[step] ?? step) });
  const stopping = new AbortController();
  const making = makeDemoAtFirst(server, settings, say, stopping.signal);
  const stopped = untilStopped(async () => {
    stopping.abort();
    await making.catch(() => undefined);
    await server.stop();
  });
  let personas: Persona[] | undefined;
  try {
    personas = await making;
  } catch (error) {
    if (!stopping.signal.aborted) {
      await server.stop();
      throw error;
    }
    await stopped;
    return 0;
  }
  server.setReady(true, 'ready');
  say('就绪 / ready');
  console.log(`\n  公众站 public site   ${server.address}/\n  工作台 workbench     ${server.address}/workbench/\n  客户端 client        ${server.address}/client/\n  接口   API           ${server.address}/api/openapi.json\n\n  数据 data  ${settings.dataFolder}\n  密钥 keys  ${settings.keysFolder}\n\n  Ctrl-C 停止 / to stop`);
  if (!personas && !(await hasRealData())) console.log('\n  这里还没有账号；用 npx sunlit setup --region 区划代码 建立三个管理员。 / No accounts yet: npx sunlit setup');
  if (personas) console.log(`\n  演示账号（全部虚构，仅限本机）/ demo accounts:\n${personasTable(personas)}`);
  await stopped;
  return 0;
}

/** The demo is for this machine only, and only where there are no real data. */
async function makeDemoAtFirst(server: Server, settings: Settings, say: (text: string) => void, signal: AbortSignal): Promise<Persona[] | undefined> {
  if (!isLoopback(settings.host)) return undefined;
  const onStep = (step: string) => {
    say(step);
    server.setReady(false, step);
  };
  return ensureDemo(server.runtime, { onStep, signal });
}

async function buildWebApps(root: string): Promise<void> {
  const code = await new Promise<number | null>((done) => {
    const child = spawn(process.execPath, [join(root, 'tools/build-web-apps.ts')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('exit', done);
    child.once('error', () => done(1));
  });
  if (code !== 0) throw new CommandError('网页构建失败，原因见上。');
}
