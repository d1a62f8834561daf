import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  id,
  idParams,
  localised,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
  timeSort,
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';

export const severity = z.enum(['red', 'orange', 'yellow', 'blue']);
export const direction = z.enum(['receives-but-should-not', 'should-receive-but-does-not', 'money-off-track']);
export const ruleItem = z.object({
  code: z.string(),
  version: z.string(),
  title: localised,
  purpose: localised,
  severity,
  direction,
  datasets: z.array(z.string()),
  datasetTitles: z.array(localised),
  visibility: z.enum(['ordinary', 'discipline-first']),
  effectiveFrom: calendarDate,
  effectiveTo: calendarDate.nullable(),
  /** how often right so far; null until somebody decided one */
  precision: z
    .object({
      decided: z.number().int(),
      confirmed: z.number().int(),
      rate: z.number(),
      low: z.number(),
      high: z.number(),
    })
    .nullable(),
  oldestData: z.object({ dataset: z.string(), title: localised, asOf: calendarDate.nullable() }).nullable(),
});
export type RuleItem = z.output<typeof ruleItem>;
export const ruleView = ruleItem.extend({
  legalBasis: z.array(localised),
  knownExcuses: z.array(z.object({ code: z.string(), text: localised })),
  notice: localised,
  parameters: z.array(
    z.object({
      name: z.string(),
      description: localised,
      unit: z.string(),
      values: z.array(
        z.object({ region: regionSummary, value: z.string(), validFrom: calendarDate.nullable(), basis: z.string() }),
      ),
    }),
  ),
  sql: z.string(),
  impactAssessment: z.object({
    purpose: localised,
    necessity: localised,
    risk: localised,
    measures: localised,
    assessedOn: calendarDate,
  }),
});
export const listRules = defineEndpoint({
  method: 'GET',
  path: '/api/rules',
  access: 'rule.read',
  tag: 'supervision',
  summary: 'Rule catalogue',
  response: z.object({ items: z.array(ruleItem) }),
});
export const getRule = defineEndpoint({
  method: 'GET',
  path: '/api/rules/:code',
  access: 'rule.read',
  tag: 'supervision',
  summary: 'One rule',
  params: z.object({ code: z.string().max(20) }),
  response: ruleView,
});

export const runState = z.enum(['queued', 'running', 'draft', 'released', 'failed', 'cancelled']);
export const runItem = z.object({
  id,
  region: regionSummary,
  asOf: calendarDate,
  state: runState,
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  startedBy: z.string(),
  taskId: id.nullable(),
  hits: z.number().int(),
  failure: z.string().nullable(),
});
export const runRule = z.object({
  code: z.string(),
  title: localised,
  severity,
  state: z.enum(['waiting', 'running', 'done', 'not-run', 'failed']),
  reason: z.string().nullable(),
  hits: z.number().int(),
  newHits: z.number().int(),
  milliseconds: z.number().int().nullable(),
  releasedAt: timestamp.nullable(),
});
export const runView = runItem.extend({
  rules: z.array(runRule),
  inputs: z.array(
    z.object({
      table: z.string(),
      rows: z.number().int(),
      versions: z.array(z.object({ id: z.string(), asOf: calendarDate })),
    }),
  ),
});
export type RunView = z.output<typeof runView>;
export const startRun = defineEndpoint({
  method: 'POST',
  path: '/api/cross-check-runs',
  access: 'run.start',
  tag: 'supervision',
  summary: 'Cross-check a region',
  body: command.extend({ regionCode, asOf: calendarDate.optional() }),
  response: z.object({ id, taskId: id }),
});
export const listRuns = defineEndpoint({
  method: 'GET',
  path: '/api/cross-check-runs',
  access: 'run.read',
  tag: 'supervision',
  summary: 'Cross-checks',
  query: pageQuery.extend({ state: runState.optional(), regionCode: regionCode.optional(), sort: timeSort }),
  response: pageOf(runItem),
});
export const exportRuns = exportOf(listRuns);
export const getRun = defineEndpoint({
  method: 'GET',
  path: '/api/cross-check-runs/:id',
  access: 'run.read',
  tag: 'supervision',
  summary: 'One cross-check',
  params: idParams,
  response: runView,
});
export const listRunCounts = defineEndpoint({
  method: 'GET',
  path: '/api/cross-check-runs/:id/counts',
  access: 'run.read',
  tag: 'supervision',
  summary: 'Draft hits per rule and division',
  params: idParams,
  query: z.object({
    level: z.enum(['county', 'town', 'village']).default('county'),
    rule: z.string().max(20).optional(),
  }),
  response: z.object({ items: z.array(z.object({ region: regionSummary, rule: z.string(), hits: z.number().int() })) }),
});
export const cancelRun = defineEndpoint({
  method: 'POST',
  path: '/api/cross-check-runs/:id/cancel',
  access: 'run.start',
  tag: 'supervision',
  summary: 'Stop a cross-check',
  params: idParams,
  body: command,
  response: done,
});
export const releaseRun = defineEndpoint({
  method: 'POST',
  path: '/api/cross-check-runs/:id/release',
  access: 'run.release',
  tag: 'supervision',
  summary: 'Release the draft, rule by rule',
  params: idParams,
  body: command.extend({ rules: z.array(z.string().max(20)).min(1) }),
  response: z.object({ released: z.number().int() }),
});
export const checkHousehold = defineEndpoint({
  method: 'POST',
  path: '/api/households/:id/check',
  access: 'subject.check',
  tag: 'supervision',
  summary: 'Check one household now; opens nothing',
  params: idParams,
  body: z.object({ purpose: z.string().trim().min(2).max(200) }),
  response: z.object({
    milliseconds: z.number().int(),
    hits: z.array(z.object({ rule: z.string(), title: localised, severity, headline: localised })),
    notRun: z.array(z.object({ rule: z.string(), reason: z.string() })),
  }),
});
