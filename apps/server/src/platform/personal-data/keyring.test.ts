import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('several processes that start at once on a new machine open the same keyring', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunlit-keys-'));
  const atOnce = Date.now() + 700;
  const program = `import { openKeyring } from ${JSON.stringify(new URL('keyring.ts', import.meta.url).href)};
    while (Date.now() < ${atOnce}) {}
    process.stdout.write(openKeyring(${JSON.stringify(folder)}, { dataExists: false }).masterId);`;
  const opened = await Promise.all(Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])));
  expect(new Set(opened.map(({ stdout }) => stdout)).size).toBe(1);
  expect(readdirSync(folder)).toEqual(['keyring.json']);
  rmSync(folder, { recursive: true });
});
