/** Starts the product from nothing in a folder of its own and walks through it in a real browser. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A browser that is on the machine is used before one is fetched. */
const browsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The one on the machine, else Debian's, else Playwright's own. */
function findBrowser(): string | undefined {
  const found = () => process.env.SUNLIT_E2E_BROWSER ?? browsers.find((path) => existsSync(path));
  if (found()) return found();
  const debian = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status === 0;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Debian’s chromium…');
    if (!debian('install', '-y', '--no-install-recommends', 'chromium') && debian('update'))
      debian('install', '-y', '--no-install-recommends', 'chromium');
  }
  return found();
}

const folder = mkdtempSync(join(tmpdir(), 'sunlit-e2e-'));
// The database runs as another user when this runs as root.
chmodSync(folder, 0o755);
const browser = findBrowser();
const playwright = join(root, 'node_modules/.bin/playwright');
if (!browser) spawnSync(process.execPath, [playwright, 'install', 'chromium'], { cwd: root, stdio: 'inherit' });

const result = spawnSync(
  process.execPath,
  [playwright, 'test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PORT: process.env.PORT ?? String(await findFreePort()),
      SUNLIT_DATA: join(folder, 'data'),
      SUNLIT_KEYS: join(folder, 'keys'),
      ...(browser ? { SUNLIT_E2E_BROWSER: browser } : {}),
    },
  },
);
rmSync(folder, { recursive: true, force: true });
process.exit(result.status ?? 1);
