import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { addWorkingDays, loadCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { repositoryFolder } from '#platform/settings.ts';
import { numberKind, type PolicyKind } from '#modules/programmes/index.ts';
import { openWorkflow, type Workflow } from '#platform/workflow/workflow.ts';

let workflow: Workflow | undefined;

export function findingWorkflow(): Workflow {
  workflow ??= openWorkflow(parse(readFileSync(join(repositoryFolder, 'regions/_base/workflows/finding.yaml'), 'utf8')));
  return workflow;
}

/** How long each step may take, where a region sets its own. */
export function deadlineKinds(): PolicyKind[] {
  const { definition } = findingWorkflow();
  return definition.states
    .filter((state) => !definition.final.includes(state.code))
    .map((state) => ({
      ...numberKind(`finding.due.${state.code}`, { zh: `疑点期限：${state.zh}`, en: `Deadline of a finding: ${state.en}` }, { unit: 'working-days' }),
      shipped: () => (state.dueWorkingDays === undefined ? undefined : { value: state.dueWorkingDays, validFrom: definition.validFrom, basis: '产品默认值' }),
    }));
}

/**
 * Day on which the next step is due once a finding is in this state; null when the state has no deadline. A region may
 * set its own number of working days (`finding.due.<state>`).
 */
export async function dueOnFor(trx: Trx, state: string, regionCode: string): Promise<string | null> {
  const own = await findPolicy(trx, `finding.due.${state}`, regionCode, today(), z.number().int().positive());
  const days = own?.value ?? findingWorkflow().dueWorkingDays(state);
  return days === undefined ? null : addWorkingDays(await loadCalendar(trx), today(), days);
}
