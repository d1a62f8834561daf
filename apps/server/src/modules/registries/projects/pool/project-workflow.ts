import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Localised } from '@sunlit/api-spec';
import { parse } from 'yaml';
import { repositoryFolder } from '#platform/settings.ts';
import { openWorkflow, type Workflow } from '#platform/workflow/workflow.ts';

let workflow: Workflow | undefined;

export function projectWorkflow(): Workflow {
  workflow ??= openWorkflow(parse(readFileSync(join(repositoryFolder, 'regions/_base/workflows/project.yaml'), 'utf8')));
  return workflow;
}

export function stateTitle(code: string): { code: string; title: Localised } {
  const state = projectWorkflow().definition.states.find((one) => one.code === code);
  return { code, title: { zh: state?.zh ?? code, en: state?.en ?? code } };
}

/** The project stands in the pool: money may be set aside for it. */
export const statesInPool: readonly string[] = ['approved', 'under-way', 'completed', 'accepted', 'audited', 'settled'];
/** Work may be reported, tendered and contracted. */
export const statesAtWork: readonly string[] = ['approved', 'under-way'];
