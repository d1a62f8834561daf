import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');

interface WebApp {
  readonly name: string;
  /** Folders and files whose content decides whether the stored build is still good. */
  readonly inputs: readonly string[];
  readonly build: (appFolder: string) => Promise<void>;
}

const shared = ['packages/kernel/src', 'packages/api-spec/src', 'package-lock.json', 'tools/build-web-apps.ts'];

const webApps: readonly WebApp[] = [
  {
    name: 'public-site',
    inputs: ['apps/public-site', ...shared],
    build: async (folder) => {
      await build({ root: folder, logLevel: 'warn' });
      await build({
        root: folder,
        logLevel: 'warn',
        build: { ssr: 'src/entry-server.tsx', outDir: 'dist/server', emptyOutDir: true },
      });
    },
  },
  {
    name: 'client',
    inputs: ['apps/client', ...shared],
    build: async (folder) => void (await build({ root: folder, logLevel: 'warn' })),
  },
  {
    name: 'workbench',
    inputs: ['apps/workbench', 'packages/ui/src', ...shared],
    build: async (folder) => void (await build({ root: folder, logLevel: 'warn' })),
  },
];

function listFiles(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules' && !entry.name.includes('.test.'))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? listFiles(child) : [child];
    })
    .sort();
}

function hashInputs(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(root, input);
    if (!existsSync(path)) continue;
    const files = input.includes('.') ? [path] : listFiles(path);
    for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds every web app whose inputs changed since its last build; `npm start` runs it on each start. */
export async function buildWebApps(log: (line: string) => void): Promise<void> {
  for (const app of webApps) {
    const folder = join(root, 'apps', app.name);
    const stamp = join(folder, 'dist', '.build-hash');
    const hash = hashInputs(app.inputs);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) continue;
    const started = performance.now();
    rmSync(stamp, { force: true });
    await app.build(folder);
    writeFileSync(stamp, hash);
    log(`${app.name}: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

process.env.NODE_ENV ??= 'production';
await buildWebApps((line) => process.stdout.write(`${line}\n`));
