import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { localised, type Localised, type StepAction } from '@sunlit/api-spec';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '#platform/errors.ts';
import { repositoryFolder } from '#platform/settings.ts';
import { openWorkflow, workflowDefinition, type Workflow } from '#platform/workflow/workflow.ts';
import { findNoticeKind } from '#modules/publication/index.ts';
import { numberKind, type PolicyKind } from '#modules/programmes/index.ts';

const words = { code: z.string(), zh: z.string(), en: z.string() };
const procedureDefinition = workflowDefinition.extend({
  title: localised,
  purpose: z.enum(['entry', 'exit']),
  validTo: z.iso.date().optional(),
  transitions: z.array(
    workflowDefinition.shape.transitions.element.extend({
      zh: z.string(),
      en: z.string(),
      /** where a vote or decision against leads */
      otherwise: z.string().optional(),
      /** the kind of notice this step puts up */
      notice: z.string().optional(),
      /** the notice put up before must be over with every objection answered, or at least be up */
      waitsFor: z.enum(['notice-over', 'notice-up']).optional(),
      appealable: z.boolean().default(false),
    }),
  ),
  appraisal: z.object({ quorumPercent: z.number().int().min(1).max(100), yesPercent: z.number().int().min(0).max(100) }).optional(),
  wholeWorkingDays: z.number().int().positive(),
  leastMonths: z.number().int().positive().optional(),
  followUpMonths: z.array(z.number().int().positive()).default([]),
  signatures: z.array(z.object(words)).default([]),
  confirmations: z.array(z.object(words)).default([]),
  classes: z.array(z.object({ ...words, status: z.string(), afterExit: z.string() })).min(1),
});
type Definition = z.output<typeof procedureDefinition>;
export type Transition = Definition['transitions'][number];

export interface Procedure {
  definition: Definition;
  workflow: Workflow;
  find: (state: string, action: string) => Transition | undefined;
  actionsFrom: (state: string) => (Transition & { action: StepAction })[];
  transitionOf: (action: string) => Transition | undefined;
}

const helpFile = z.object({
  risks: z.array(z.object(words)),
  measures: z.array(z.object({ ...words, developing: z.boolean(), answers: z.array(z.string()) })),
  relations: z.array(z.object(words)),
  warnings: z.array(z.object({ rule: z.string(), zh: z.string(), en: z.string(), validFrom: z.iso.date(), validTo: z.iso.date().optional(), basis: z.string(), countsFrom: z.enum(['event', 'release']).default('event') })),
});

let loaded: { procedures: ReadonlyMap<string, Procedure>; help: z.output<typeof helpFile> } | undefined;

function load() {
  if (loaded) return loaded;
  const folder = join(repositoryFolder, 'regions/_base/workflows/identification');
  const procedures = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => openDefinition(parse(readFileSync(join(folder, name), 'utf8'))));
  loaded = { procedures: new Map(procedures.map((one) => [one.definition.code, one])), help: helpFile.parse(parse(readFileSync(join(repositoryFolder, 'regions/_base/help.yaml'), 'utf8'))) };
  return loaded;
}

/** Checks one definition by the engine's rules, and that what its steps name exists. */
export function openDefinition(data: unknown): Procedure {
  const definition = procedureDefinition.parse(data);
  const workflow = openWorkflow(withOtherwise(definition));
  if (definition.transitions.some((one) => one.action === 'appraise') && !definition.appraisal) throw new Error(`${definition.code} appraises without a quorum.`);
  return {
    definition,
    workflow,
    find: (state, action) => definition.transitions.find((one) => one.action === action && one.from.includes(state)),
    actionsFrom: (state) => definition.transitions.filter((one) => one.from.includes(state)) as (Transition & { action: StepAction })[],
    transitionOf: (action) => definition.transitions.find((one) => one.action === action),
  };
}

/** The engine knows one target per transition: the other one counts for whether a state can be reached. */
function withOtherwise(definition: Definition): unknown {
  const others = definition.transitions.flatMap((one) => (one.otherwise === undefined ? [] : [{ ...one, action: `${one.action}-otherwise`, to: one.otherwise }]));
  return { ...definition, transitions: [...definition.transitions, ...others] };
}

/** Fails at start-up, not at the first case, when a definition is broken or names a notice that does not exist. */
export function checkDefinitions(): void {
  for (const { definition } of procedures()) {
    const unknown = definition.transitions.find((one) => one.notice !== undefined && !findNoticeKind(one.notice));
    if (unknown) throw new Error(`Procedure ${definition.code} puts up the unknown notice ${unknown.notice}.`);
  }
}

export function procedures(): Procedure[] {
  return [...load().procedures.values()];
}

export function getProcedureDefinition(code: string): Procedure {
  const found = load().procedures.get(code);
  if (!found) throw new Error(`There is no procedure ${code}.`);
  return found;
}

/** The procedure in force for a purpose on a day; the newest when two overlap. */
export function procedureInForce(purpose: 'entry' | 'exit', on: string): Procedure {
  const found = procedures()
    .filter(({ definition }) => definition.purpose === purpose && definition.validFrom <= on && (definition.validTo === undefined || definition.validTo > on))
    .sort((a, b) => b.definition.validFrom.localeCompare(a.definition.validFrom))[0];
  if (!found) throw new AppError('wrong-state', '这一天没有现行的识别程序。');
  return found;
}

export const help = () => load().help;

export function titled(list: readonly { code: string; zh: string; en: string }[], code: string): { code: string; title: Localised } {
  const found = list.find((one) => one.code === code);
  return { code, title: found ? { zh: found.zh, en: found.en } : { zh: code, en: code } };
}

export const dueCode = (definition: string, state: string) => `identification.due.${definition}.${state}`;
export const quorumCode = (definition: string) => `identification.quorum-percent.${definition}`;
export const suspendCode = 'identification.appeal-suspends';

/** Deadlines and quorums ship with a procedure; a region sets its own with its basis. */
export function identificationPolicyKinds(): PolicyKind[] {
  const kinds = procedures().flatMap(({ definition }) => {
    const shipped = (value: number) => () => ({ value, validFrom: definition.validFrom, basis: definition.legalBasis });
    const dues = definition.states.flatMap((state) =>
      state.dueWorkingDays === undefined ? [] : [{ ...numberKind(dueCode(definition.code, state.code), { zh: `${definition.title.zh}期限：${state.zh}`, en: `${definition.title.en}, deadline: ${state.en}` }, { unit: 'working-days' }), shipped: shipped(state.dueWorkingDays) }],
    );
    if (!definition.appraisal) return dues;
    return [...dues, { ...numberKind(quorumCode(definition.code), { zh: `${definition.title.zh}：民主评议到会比例`, en: `${definition.title.en}: quorum of the appraisal` }, { unit: 'percent', min: 1, max: 100 }), shipped: shipped(definition.appraisal.quorumPercent) }];
  });
  const online = numberKind('identification.online-per-day', { zh: '一个村一天内网上申请的上限', en: 'Most applications from the public site for a village in a day' }, { unit: 'count', min: 1, max: 10_000 });
  return [...kinds, online, { ...numberKind(suspendCode, { zh: '申诉期间暂停办理（1 是，0 否）', en: 'An appeal suspends the procedure (1 yes, 0 no)' }, { unit: 'count', min: 0, max: 1 }) }];
}
