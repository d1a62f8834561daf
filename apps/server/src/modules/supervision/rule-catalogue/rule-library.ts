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

export async function getRule(code: string): Promise<Rule> {
  const rule = (await getRuleLibrary()).rules.find((one) => one.code === code);
  if (!rule) throw new AppError('rule-unknown');
  return rule;
}
