import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  id,
  idParams,
  localised,
  regionCode,
  regionSummary,
  jsonValue,
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';

/** One value a person fills in, in the unit people use: money in yuan on the screen, fen in the data. */
export const policyField = z.object({
  /** name inside the value; null when the value is this alone */
  name: z.string().nullable(),
  label: localised,
  unit: z.enum([
    'fen',
    'years',
    'months',
    'days',
    'working-days',
    'percent',
    'thousandths',
    'count',
    'month-of-year',
    'flag',
    'codes',
    'choice',
    'pairs',
    'text',
  ]),
  min: z.number().nullable(),
  max: z.number().nullable(),
  choices: z.array(z.object({ code: z.string(), label: localised })),
});
export type PolicyField = z.output<typeof policyField>;
export const policyKind = z.object({ code: z.string(), title: localised, fields: z.array(policyField) });
export type PolicyKindItem = z.output<typeof policyKind>;

export const policyItem = z.object({
  code: z.string(),
  region: regionSummary,
  value: jsonValue,
  validFrom: calendarDate,
  validTo: calendarDate.nullable(),
  basis: z.string(),
});
export const policyProposal = z.object({
  id,
  code: z.string(),
  region: regionSummary,
  value: jsonValue,
  validFrom: calendarDate,
  basis: z.string(),
  state: z.enum(['proposed', 'approved', 'refused']),
  proposedBy: z.string(),
  proposedAt: timestamp,
  decidedBy: z.string().nullable(),
  decisionReason: z.string().nullable(),
  /** what is in force until then; null when nothing is */
  before: z.object({ value: jsonValue, region: regionSummary, validFrom: calendarDate, basis: z.string() }).nullable(),
  /** the proposer never decides */
  mayDecide: z.boolean(),
});
export const listPolicies = defineEndpoint({
  method: 'GET',
  path: '/api/policies',
  access: 'policy.read',
  tag: 'configuration',
  summary: 'Dated policy values in force for a division, each with the layer it comes from',
  query: z.object({ regionCode: regionCode.optional(), on: calendarDate.optional() }),
  response: z.object({ kinds: z.array(policyKind), items: z.array(policyItem), proposals: z.array(policyProposal) }),
});
export const proposePolicy = defineEndpoint({
  method: 'POST',
  path: '/api/policies',
  access: 'policy.propose',
  tag: 'configuration',
  summary: 'Propose a policy value from a day on, with its basis; a second person approves it',
  body: command.extend({
    regionCode,
    code: z
      .string()
      .trim()
      .regex(/^[a-zA-Z0-9.-]{3,80}$/),
    value: jsonValue,
    validFrom: calendarDate,
    basis: z.string().trim().min(4).max(300),
  }),
  response: z.object({ id }),
});
export const decidePolicy = defineEndpoint({
  method: 'POST',
  path: '/api/policies/:id/decision',
  access: 'policy.approve',
  tag: 'configuration',
  summary: 'Approve or refuse a proposed value; never one’s own',
  params: idParams,
  body: command.extend({ action: z.enum(['approve', 'refuse']), reason: z.string().trim().min(2).max(300) }),
  response: done,
});
export const exportPolicies = defineEndpoint({
  method: 'GET',
  path: '/api/policies/export',
  access: 'policy.read',
  tag: 'configuration',
  summary: 'Values set at run time as a file for regions/',
  query: z.object({ regionCode: regionCode.optional() }),
  produces: 'application/yaml',
});
