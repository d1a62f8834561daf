import { loadDatasetKinds } from '#analytics/dataset-kinds/load-dataset-kinds.ts';
import { loadRuleLibrary, type RuleLibrary } from '#analytics/rule-runner/index.ts';
import type { DatasetKind } from '@sunlit/api-spec';
import type { Rule } from '@sunlit/rule-kit';
import { join } from 'node:path';
import { AppError } from '#platform/errors.ts';
import { repositoryFolder } from '#platform/settings.ts';

let library: Promise<RuleLibrary & { kinds: ReadonlyMap<string, DatasetKind> }> | undefined;

/** The rules that ship with the product, loaded once. */
export function getRuleLibrary(): Promise<RuleLibrary & { kinds: ReadonlyMap<string, DatasetKind> }> {
  library ??= Promise.all([loadRuleLibrary(), loadDatasetKinds(join(repositoryFolder, 'regions/_base/dataset-kinds'))]).then(([rules, kinds]) => ({ ...rules, kinds }));
  return library;
}

/** Everything a finding can be about: what data show and what households say. */
export async function listCatalogue(): Promise<readonly Rule[]> {
  const { rules, statements } = await getRuleLibrary();
  return [...rules, ...statements].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

export async function getRule(code: string): Promise<Rule> {
  const rule = (await listCatalogue()).find((one) => one.code === code);
  if (!rule) throw new AppError('rule-unknown');
  return rule;
}
