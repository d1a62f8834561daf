import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Localised } from '@sunlit/api-spec';
import { parse } from 'yaml';
import { z } from 'zod';
import { today } from '#platform/clock/today.ts';
import { addWorkingDays, loadCalendar } from '#platform/calendar/working-days.ts';
import { dictionary } from '#platform/configuration/dictionaries.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { repositoryFolder } from '#platform/settings.ts';
import { openWorkflow, type Workflow } from '#platform/workflow/workflow.ts';
import { policyField, type PolicyKind } from '#modules/programmes/index.ts';
import { changeKindCodes } from './change-kinds.ts';

const read = (file: string): unknown => parse(readFileSync(join(repositoryFolder, 'regions/_base', file), 'utf8'));

let workflows: ReadonlyMap<string, Workflow> | undefined;
export function changeWorkflow(code: string): Workflow {
  workflows ??= new Map((read('workflows/change-request.yaml') as unknown[]).map(openWorkflow).map((one) => [one.definition.code, one]));
  return workflows.get(code)!;
}

let roles: { code: string; title: Localised }[] | undefined;
export function roleTitles(): { code: string; title: Localised }[] {
  roles ??= z.array(z.object({ code: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })).parse(read('roles.yaml'));
  return roles;
}

const roleList = z.string().max(400);
const procedureSchema = z.object({ twoSteps: z.boolean(), proposers: roleList, verifiers: roleList, approvers: roleList }).strict();
const effect = z.enum(['block', 'warn', 'log']);
const conflictSchema = z.object({ sameField: effect, samePerson: effect, sameHousehold: effect }).strict();
export type ConflictRules = z.output<typeof conflictSchema>;

export interface Procedure {
  workflow: 'change-one-step' | 'change-two-steps';
  proposers: string[];
  verifiers: string[];
  approvers: string[];
}

/** Who may propose and decide this kind of change in a division on a day. */
export async function getProcedure(trx: Trx, kind: string, regionCode: string): Promise<Procedure> {
  const found = await findPolicy(trx, `change.procedure.${kind}`, regionCode, today(), procedureSchema);
  if (!found) throw new AppError('not-permitted', '本地还没有规定这类变更由谁提出、由谁审批。');
  const { twoSteps, ...by } = found.value;
  return { workflow: twoSteps ? 'change-two-steps' : 'change-one-step', proposers: by.proposers.split(','), verifiers: twoSteps ? by.verifiers.split(',') : [], approvers: by.approvers.split(',') };
}

export async function getConflictRules(trx: Trx, regionCode: string): Promise<ConflictRules> {
  return (await findPolicy(trx, 'change.conflict', regionCode, today(), conflictSchema))?.value ?? { sameField: 'block', samePerson: 'warn', sameHousehold: 'log' };
}

export async function dueOn(trx: Trx, workflow: Workflow, state: string): Promise<string | null> {
  const days = workflow.dueWorkingDays(state);
  return days === undefined ? null : addWorkingDays(await loadCalendar(trx), today(), days);
}

/** What a region may set: who decides which change, and what happens when two proposals meet. */
export function changePolicyKinds(): PolicyKind[] {
  const choices = roleTitles().map(({ code, title }) => ({ code, label: title }));
  const effects = [
    { code: 'block', label: { zh: '不允许', en: 'Refused' } },
    { code: 'warn', label: { zh: '说明理由后允许', en: 'Allowed with a reason' } },
    { code: 'log', label: { zh: '允许并留痕', en: 'Allowed and noted' } },
  ];
  const titles = new Map(dictionary('change-kind').map((one) => [one.code, one]));
  return [
    ...changeKindCodes.map((code): PolicyKind => {
      const { zh, en } = titles.get(code)!;
      return {
        code: `change.procedure.${code}`,
        title: { zh: `谁办理：${zh}`, en: `Who decides: ${en}` },
        fields: [
          policyField({ name: 'twoSteps', label: { zh: '先核实再审批', en: 'Verified before approval' }, unit: 'flag' }),
          policyField({ name: 'proposers', label: { zh: '可以提出', en: 'May propose' }, unit: 'codes', choices }),
          policyField({ name: 'verifiers', label: { zh: '可以核实', en: 'May verify' }, unit: 'codes', choices }),
          policyField({ name: 'approvers', label: { zh: '可以审批', en: 'May approve' }, unit: 'codes', choices }),
        ],
        schema: procedureSchema,
      };
    }),
    {
      code: 'change.conflict',
      title: { zh: '同时办理的变更', en: 'Changes under way at once' },
      fields: [
        policyField({ name: 'sameField', label: { zh: '同一项信息', en: 'Same field' }, unit: 'choice', choices: effects }),
        policyField({ name: 'samePerson', label: { zh: '同一个人', en: 'Same person' }, unit: 'choice', choices: effects }),
        policyField({ name: 'sameHousehold', label: { zh: '同一户', en: 'Same household' }, unit: 'choice', choices: effects }),
      ],
      schema: conflictSchema,
    },
  ];
}
