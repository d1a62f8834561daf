import { z } from 'zod';
import { bilingualSchema } from './bilingual.ts';
import { parameterColumns } from './rule-parameters.ts';
import { placeholdersOf } from './render-template.ts';

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const sentencePlaceholders = ['observedOn', 'amountYuan', 'detail', 'dataset'];
const headlinePlaceholders = ['count', 'amountYuan', 'firstOn', 'lastOn', 'detail'];

/** Everything a person needs to know about a rule besides its SQL: what it looks for, why it may, and what it must not say. */
const ruleDefinitionSchema = z.object({
  code: z.string().regex(/^[A-Z]\d{2,3}$/),
  /** Raised with every change of meaning; findings keep the version they were found by. */
  version: z.int().min(1),
  topic: z.string().min(1),
  /** `statement`: said by a household, not found by SQL; it has neither evidence.sql nor cases and takes part in no cross-check */
  raisedBy: z.enum(['comparison', 'statement']).default('comparison'),
  titles: bilingualSchema,
  purpose: bilingualSchema,
  legalBasis: z.array(z.object({ zh: z.string().min(1), en: z.string().optional() })).min(1),
  severity: z.enum(['red', 'orange', 'yellow', 'blue']),
  /** `money-off-track`: about public money on its way, not about who receives it */
  direction: z.enum(['receives-but-should-not', 'should-receive-but-does-not', 'money-off-track']),
  subjectKind: z.enum(['person', 'household', 'account', 'indicator', 'project', 'asset', 'payment', 'notice']),
  /** `none`: one finding while the fact lasts */
  period: z.enum(['none', 'month', 'year']),
  effectiveFrom: isoDate,
  effectiveTo: isoDate.optional(),
  /** Dataset kinds: without a `required` one the rule does not run; a missing `optional` one counts as empty. */
  datasets: z.object({ required: z.array(z.string()), optional: z.array(z.string()).default([]) }),
  parameters: z.custom<z.ZodObject>((value) => value instanceof z.ZodObject),
  knownExcuses: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), hint: bilingualSchema })),
  /** `discipline-first`: about officials; seen first by discipline inspection alone and never announced before release. */
  visibility: z.enum(['ordinary', 'discipline-first']),
  facts: z.record(z.string(), bilingualSchema),
  headline: bilingualSchema,
  notice: bilingualSchema,
  impactAssessment: z.object({
    purpose: z.string(),
    necessity: z.string(),
    risk: z.string(),
    measures: z.string(),
    assessedOn: isoDate,
  }),
});

export type RuleDefinition = z.output<typeof ruleDefinitionSchema>;
export type RuleDefinitionInput = z.input<typeof ruleDefinitionSchema>;

/** Checks a rule's description when it is loaded, so that a template nobody can fill or a parameter SQL cannot read fails at once. */
export function defineRule(input: RuleDefinitionInput): RuleDefinition {
  const rule = ruleDefinitionSchema.parse(input);
  for (const template of Object.values(rule.facts)) {
    requirePlaceholders(rule.code, [template.zh, template.en], sentencePlaceholders);
  }
  requirePlaceholders(rule.code, [rule.headline.zh, rule.headline.en], headlinePlaceholders);
  requirePlaceholders(rule.code, [rule.notice.zh, rule.notice.en], headlinePlaceholders);
  parameterColumns(rule.parameters);
  return rule;
}

function requirePlaceholders(code: string, templates: readonly string[], allowed: readonly string[]): void {
  for (const name of templates.flatMap(placeholdersOf)) {
    if (!allowed.includes(name))
      throw new Error(`Rule ${code}: a text uses {${name}}; it may use ${allowed.join(', ')}`);
  }
}
