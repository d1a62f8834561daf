import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataQualityCheck } from '@sunlit/rule-kit';
import { repositoryFolder } from '#platform/settings.ts';

let library: Promise<ReadonlyMap<string, DataQualityCheck>> | undefined;

/** The checks that ship with the product, by code, in the order of their files. */
export function getQualityChecks(): Promise<ReadonlyMap<string, DataQualityCheck>> {
  library ??= loadQualityChecks(join(repositoryFolder, 'rules/data-quality'));
  return library;
}

async function loadQualityChecks(folder: string): Promise<Map<string, DataQualityCheck>> {
  const checks = new Map<string, DataQualityCheck>();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).toSorted()) {
    const { default: own } = (await import(pathToFileURL(join(folder, file)).href)) as { default: readonly DataQualityCheck[] };
    for (const check of own) {
      if (checks.has(check.code)) throw new Error(`Two data-quality checks are called ${check.code}`);
      checks.set(check.code, check);
    }
  }
  return checks;
}
