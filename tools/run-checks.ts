/** `npm test`: everything that must be true before a change lands, the cheapest first. `--only NAME,NAME` runs some. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const checks: { name: string; run: string[] }[] = [
  { name: 'types', run: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'lint', run: [bin('eslint'), '.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint/'] },
  { name: 'boundaries', run: [bin('depcruise'), '--config', 'tools/dependency-cruiser.cjs', 'apps', 'packages', 'rules', 'demo', 'bench'] },
  { name: 'dead-code', run: [bin('knip'), '--config', 'tools/knip.json'] },
  { name: 'unit and module tests', run: [process.execPath, bin('vitest'), 'run'] },
  { name: 'web build', run: [process.execPath, 'tools/build-web-apps.ts'] },
  { name: 'e2e', run: [process.execPath, 'e2e/run-e2e.ts'] },
];

const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',') : undefined;
const unknown = only?.filter((name) => name === '' || !checks.some((check) => check.name.startsWith(name))) ?? [];
if (unknown.length > 0) {
  console.error(`No check is called ${unknown.join(', ') || 'nothing'}; there are: ${checks.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const failed: string[] = [];
for (const check of checks) {
  if (only && !only.some((name) => check.name.startsWith(name))) continue;
  const began = Date.now();
  console.log(`\n── ${check.name}`);
  const [command, ...args] = check.run as [string, ...string[]];
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  console.log(`── ${check.name}: ${result.status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (result.status !== 0) failed.push(check.name);
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`);
  process.exit(1);
}
