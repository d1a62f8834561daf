import { z } from 'zod';

/**
 * A workflow is a table of transitions kept as data in `regions/`. The engine only says what may happen next; whoever
 * uses it writes the change, its reason and its audit record.
 */
export const workflowDefinition = z.object({
  code: z.string(),
  validFrom: z.iso.date(),
  legalBasis: z.string(),
  initial: z.string(),
  final: z.array(z.string()),
  states: z.array(
    z.object({
      code: z.string(),
      zh: z.string(),
      en: z.string(),
      /** working days until the next step is due; none = no deadline */
      dueWorkingDays: z.number().int().positive().optional(),
    }),
  ),
  transitions: z.array(z.object({ action: z.string(), from: z.array(z.string()).min(1), to: z.string(), permission: z.string(), reasonRequired: z.boolean().default(true) })),
});
export type WorkflowDefinition = z.output<typeof workflowDefinition>;

export interface Workflow {
  definition: WorkflowDefinition;
  /** the transition an action makes from a state, if it may happen */
  find: (state: string, action: string) => WorkflowDefinition['transitions'][number] | undefined;
  actionsFrom: (state: string) => WorkflowDefinition['transitions'];
  dueWorkingDays: (state: string) => number | undefined;
}

/** Checks a definition at start-up: known states, every state reachable, every state but the final ones can be left. */
export function openWorkflow(data: unknown): Workflow {
  const definition = workflowDefinition.parse(data);
  const states = new Map(definition.states.map((state) => [state.code, state]));
  const problems: string[] = [];
  for (const code of [definition.initial, ...definition.final, ...definition.transitions.flatMap((transition) => [...transition.from, transition.to])]) {
    if (!states.has(code)) problems.push(`unknown state ${code}`);
  }
  const reached = new Set([definition.initial]);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const transition of definition.transitions) if (transition.from.some((from) => reached.has(from))) reached.add(transition.to);
  }
  for (const state of states.keys()) {
    if (!reached.has(state)) problems.push(`state ${state} can never be reached`);
    if (!definition.final.includes(state) && !definition.transitions.some((transition) => transition.from.includes(state))) problems.push(`state ${state} can never be left`);
  }
  const pairs = definition.transitions.flatMap((transition) => transition.from.map((from) => `${from}/${transition.action}`));
  for (const pair of pairs) if (pairs.indexOf(pair) !== pairs.lastIndexOf(pair)) problems.push(`${pair} is defined twice`);
  if (problems.length > 0) throw new Error(`Workflow ${definition.code}: ${problems.join('; ')}`);
  return {
    definition,
    find: (state, action) => definition.transitions.find((transition) => transition.action === action && transition.from.includes(state)),
    actionsFrom: (state) => definition.transitions.filter((transition) => transition.from.includes(state)),
    dueWorkingDays: (state) => states.get(state)?.dueWorkingDays,
  };
}
