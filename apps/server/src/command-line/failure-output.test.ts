import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryFolder } from '#platform/settings.ts';

function sunlit(...args: string[]) {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(repositoryFolder, 'apps/server/src/main.ts'), ...args], { encoding: 'utf8' });
}

it('says why it was wrongly called, in two languages or as one line of JSON, and ends with 2', () => {
  const plain = sunlit('demo', 'create', '--scale', 'x');
  expect(plain).toMatchObject({ status: 2, stdout: '' });
  expect(plain.stderr).toMatch(/^规模应为.+ \/ The scale is .+\n$/);
  const machine = sunlit('--json', 'demo', 'create', '--scale', 'x');
  expect(machine.status).toBe(2);
  expect(JSON.parse(machine.stderr)).toMatchObject({ error: { code: 'usage', message: expect.stringContaining('规模应为') as string } });
});
