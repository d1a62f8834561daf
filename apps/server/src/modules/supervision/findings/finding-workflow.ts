import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { addWorkingDays, loadCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { repositoryFolder } from '#platform/settings.ts';
import { openWorkflow, type Workflow } from '#platform/workflow/workflow.ts';

let workflow: Workflow | undefined;

export function findingWorkflow(): Workflow {
  workflow ??= openWorkflow(parse(readFileSync(join(repositoryFolder, 'regions/_base/workflows/finding.yaml'), 'utf8')));
  return workflow;
}

/** Day on which the next step is due once a finding is in this state; null when the state has no deadline. */
export async function dueOnFor(trx: Trx, state: string): Promise<string | null> {
  const days = findingWorkflow().dueWorkingDays(state);
  return days === undefined ? null : addWorkingDays(await loadCalendar(trx), today(), days);
}
