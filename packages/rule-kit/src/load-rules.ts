import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RuleDefinition } from './define-rule.ts';

/** A rule as it stands on disk: description, SQL and cases. */
export interface Rule extends RuleDefinition {
  readonly evidenceSql: string;
  readonly folder: string;
}

/** Reads every `<topic>/<CODE-short-name>/` below a folder, ordered by code: those that compare data, or those that households raise. */
export async function loadRules(folder: string, raisedBy: RuleDefinition['raisedBy'] = 'comparison'): Promise<Rule[]> {
  const rules: Rule[] = [];
  for (const topic of await subfolders(folder)) {
    for (const name of await subfolders(join(folder, topic))) {
      const path = join(folder, topic, name);
      const { default: definition } = (await import(pathToFileURL(join(path, 'rule.ts')).href)) as {
        default: RuleDefinition;
      };
      if (!name.startsWith(`${definition.code}-`) || definition.topic !== topic) {
        throw new Error(`The rule in ${topic}/${name} calls itself ${definition.topic}/${definition.code}`);
      }
      if (definition.raisedBy !== raisedBy) continue;
      const evidenceSql = raisedBy === 'statement' ? '' : await readFile(join(path, 'evidence.sql'), 'utf8');
      rules.push({ ...definition, evidenceSql, folder: path });
    }
  }
  const codes = rules.map((rule) => rule.code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice) throw new Error(`Two rules are called ${twice}`);
  return rules.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** In force on a day: outside its dates a rule finds nothing. */
export function isInForce(rule: Pick<RuleDefinition, 'effectiveFrom' | 'effectiveTo'>, asOf: string): boolean {
  return rule.effectiveFrom <= asOf && (rule.effectiveTo === undefined || asOf <= rule.effectiveTo);
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'data-quality')
    .map((entry) => entry.name)
    .toSorted();
}
