import { loadDatasetTables, loadRules, resolveParameters, ruleParameterFileSchema } from '@sunlit/rule-kit';
import type { DatasetTable, ParameterValues, Rule, RuleParameterFile } from '@sunlit/rule-kit';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const repositoryRoot = fileURLToPath(new URL('../../../../../', import.meta.url));

export interface RuleLibrary {
  /** what cross-checks run */
  readonly rules: readonly Rule[];
  /** what households raise themselves */
  readonly statements: readonly Rule[];
  readonly datasetTables: ReadonlyMap<string, DatasetTable>;
  readonly baseParameters: RuleParameterFile;
}

/** The rules, dataset kinds and default parameters that ship with the product. */
export async function loadRuleLibrary(root: string = repositoryRoot): Promise<RuleLibrary> {
  const base = join(root, 'regions', '_base');
  const [rules, statements, datasetTables, parameters] = await Promise.all([
    loadRules(join(root, 'rules')),
    loadRules(join(root, 'rules'), 'statement'),
    loadDatasetTables(join(base, 'dataset-kinds')),
    readFile(join(base, 'rule-parameters.yaml'), 'utf8'),
  ]);
  return { rules, statements, datasetTables, baseParameters: ruleParameterFileSchema.parse(parse(parameters)) };
}

/** `parametersOf` for `runRules`: each county's values on a day, from the base down through its own layers. */
export function parametersPerCounty(
  library: Pick<RuleLibrary, 'baseParameters'>,
  countyCodes: readonly string[],
  asOf: string,
  layersOf: (countyCode: string) => readonly RuleParameterFile[] = () => [],
): (rule: Rule) => ReadonlyMap<string, ParameterValues> {
  return (rule) =>
    new Map(
      countyCodes.map((code) => [code, resolveParameters(rule, [library.baseParameters, ...layersOf(code)], asOf)]),
    );
}
