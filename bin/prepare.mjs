// Plain JavaScript that any Node ≥ 18 can run: installs what the lockfile says, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  console.error(`需要 Node.js 18 或更新的版本，现为 ${process.versions.node}。 / Node.js 18 or newer is needed.`);
  process.exit(1);
}

export function pinnedNode() {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Installs only when the lockfile changed since the last installation. */
export function install() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const mark = join(root, 'node_modules', '.sunlit-installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash && existsSync(pinnedNode())) return;
  console.log('正在安装依赖…… / Installing dependencies…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error('依赖安装失败，请检查网络或 npm 源后重试。 / npm ci failed.');
    process.exit(result.status ?? 1);
  }
  if (!existsSync(pinnedNode())) {
    // An npm that runs no install scripts leaves the pinned Node out; its own script fetches it.
    spawnSync(npm, ['rebuild', 'node'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  }
  writeFileSync(mark, hash);
}

/** Runs a program under the pinned Node and ends as it ends; signals reach it first. */
export function handOver(file, args) {
  // Imports and intakes make millions of short-lived strings: with more room for the young, fewer of them are copied about.
  const child = spawn(pinnedNode(), ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64', join(root, file), ...args], { cwd: process.cwd(), stdio: 'inherit', env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}
