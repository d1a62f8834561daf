import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryFolder } from '../settings.ts';
import { inLocale } from './english.ts';

it('has English for everything the server says about a refused request', () => {
  const missing: string[] = [];
  const files = globSync('apps/server/src/{modules,platform}/**/*.ts', { cwd: repositoryFolder }).filter((file) => !/\.test\.ts$|english\.ts$|errors\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const text = readFileSync(join(repositoryFolder, file), 'utf8');
    for (const match of text.matchAll(/(?:AppError\('[a-z-]+',\s*|message:\s*|return )(['`])([^'`]*[\u4e00-\u9fff][^'`]*)\1/g)) {
      const said = match[2]!.replace(/\$\{[^}]*\}/g, '7');
      if (/AppError|fields|path:/.test(text.slice(Math.max(0, match.index - 200), match.index + 20)) && inLocale(said, 'en') === said) missing.push(`${file}: ${said}`);
    }
  }
  expect(missing).toEqual([]);
});

it('has English for every reason the command line gives the operator', () => {
  const missing: string[] = [];
  let seen = 0;
  for (const file of globSync('apps/server/src/**/*.ts', { cwd: repositoryFolder }).filter((name) => !name.endsWith('.test.ts'))) {
    const text = readFileSync(join(repositoryFolder, file), 'utf8');
    for (const match of text.matchAll(/new (?:Command|Usage|Backup|Cluster|DatabaseRole|Migration|Keyring|Settings)Error\((['`])(.*?[\u4e00-\u9fff].*?)\1[,)]/g)) {
      seen += 1;
      for (const said of choicesOf(match[2]!)) if (inLocale(said, 'en') === said) missing.push(`${file}: ${said}`);
    }
  }
  expect(seen).toBeGreaterThan(60);
  expect(missing).toEqual([]);
});

/** What is put in by `${…}` as a value; where it chooses between words, each of them. */
function choicesOf(template: string): string[] {
  const choice = /\$\{[^{}]*\? '([^']*)' : '([^']*)'\}/.exec(template);
  const texts = choice ? [template.replace(choice[0], choice[1]!), template.replace(choice[0], choice[2]!)] : [template];
  return texts.map((text) => text.replace(/\$\{.*?\}(?=[^}]|$)/g, '7'));
}

it('keeps values in their place', () => {
  expect(inLocale('不能早于入户日期 2026-01-01。', 'en')).toBe('Not before the day of joining, 2026-01-01.');
  expect(inLocale('不能早于入户日期 2026-01-01。', 'zh-CN')).toBe('不能早于入户日期 2026-01-01。');
});
