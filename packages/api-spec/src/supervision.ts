import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  fen,
  id,
  idParams,
  localised,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const severity = z.enum(['red', 'orange', 'yellow', 'blue']);
export const direction = z.enum(['receives-but-should-not', 'should-receive-but-does-not']);
export const ruleItem = z.object({
  code: z.string(),
  version: z.string(),
  title: localised,
  purpose: localised,
  severity,
  direction,
  datasets: z.array(z.string()),
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
  oldestData: z.object({ dataset: z.string(), asOf: calendarDate.nullable() }).nullable(),
});
export type RuleItem = z.output<typeof ruleItem>;
export const ruleView = ruleItem.extend({
  legalBasis: z.array(localised),
  knownExcuses: z.array(z.object({ code: z.string(), text: localised })),
  notice: localised,
  parameters: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
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
  query: pageQuery,
  response: pageOf(runItem),
});
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

export const findingState = z.enum([
  'signal',
  'assigned',
  'verifying',
  'awaiting-answer',
  'decided',
  'followed-up',
  'closed',
]);
export const outcome = z.enum(['confirmed', 'excused', 'wrong-data']);
export const findingItem = z.object({
  id,
  number: z.string(),
  rule: z.string(),
  ruleTitle: localised,
  severity,
  direction,
  state: findingState,
  outcome: outcome.nullable(),
  headline: z.string(),
  householdId: id.nullable(),
  householdHead: z.string().nullable(),
  region: regionSummary,
  period: z.string(),
  openedAt: timestamp,
  dueOn: calendarDate.nullable(),
  overdueDays: z.number().int(),
  workingDaysLeft: z.number().int().nullable(),
  assignee: z.string().nullable(),
  factGone: z.boolean(),
});
export type FindingItem = z.output<typeof findingItem>;
export const findingFilter = z.object({
  regionCode: regionCode.optional(),
  rule: z.string().max(20).optional(),
  severity: severity.optional(),
  direction: direction.optional(),
  state: findingState.optional(),
  assignee: z.enum(['me', 'nobody']).optional(),
  overdue: z.enum(['yes']).optional(),
  ageDays: z.coerce.number().int().min(0).max(3650).optional(),
  householdId: id.optional(),
  q: z.string().trim().max(40).optional(),
});
export const listFindings = defineEndpoint({
  method: 'GET',
  path: '/api/findings',
  access: 'finding.read',
  tag: 'supervision',
  summary: 'Findings of my region',
  query: findingFilter.extend({
    ...pageQuery.shape,
    sort: z.enum(['-opened', 'opened', 'due', '-severity']).default('-severity'),
  }),
  response: pageOf(findingItem),
});
export const findingView = findingItem.extend({
  version: z.number().int(),
  runId: id,
  persons: z.array(
    z.object({ personId: id, name: z.string(), idNumberMasked: z.string(), relation: z.string().nullable() }),
  ),
  evidence: z.array(
    z.object({
      id,
      dataset: z.string(),
      datasetTitle: localised,
      providerName: z.string(),
      text: z.string(),
      observedOn: calendarDate.nullable(),
      amountFen: fen.nullable(),
      detail: z.string().nullable(),
      delivery: z
        .object({ id, asOf: calendarDate, receivedAt: timestamp, version: z.number().int(), row: z.number().int() })
        .nullable(),
    }),
  ),
  ruleVersion: z.string(),
  rulePurpose: localised,
  legalBasis: z.array(localised),
  precision: ruleItem.shape.precision,
  excuses: z.array(
    z.object({ code: z.string(), text: localised, checked: z.enum(['no', 'applies', 'does-not-apply']) }),
  ),
  notice: z.string(),
  responsible: z.object({ name: z.string(), phone: z.string() }).nullable(),
  history: z.array(
    z.object({
      at: timestamp,
      by: z.string(),
      action: z.string(),
      from: findingState.nullable(),
      to: findingState,
      reason: z.string(),
    }),
  ),
  answers: z.array(z.object({ at: timestamp, recordedBy: z.string(), text: z.string(), channel: z.string() })),
  attachments: z.array(
    z.object({ id, fileName: z.string(), size: z.number().int(), addedAt: timestamp, addedBy: z.string() }),
  ),
  decision: z
    .object({ outcome, excuse: z.string().nullable(), reason: z.string(), by: z.string(), at: timestamp })
    .nullable(),
  related: z.array(findingItem),
  correctionTask: z.object({ id, state: z.enum(['open', 'done']), provider: z.string() }).nullable(),
  /** what I may do next here; empty when somebody else must act */
  actions: z.array(
    z.enum([
      'assign',
      'start-verification',
      'record-answer',
      'request-answer',
      'decide',
      'follow-up',
      'close',
      'attach',
    ]),
  ),
  notMine: z.string().nullable(),
});
export type FindingView = z.output<typeof findingView>;
export const getFinding = defineEndpoint({
  method: 'GET',
  path: '/api/findings/:id',
  access: 'finding.read',
  tag: 'supervision',
  summary: 'One finding',
  params: idParams,
  response: findingView,
});
export const listAssignees = defineEndpoint({
  method: 'GET',
  path: '/api/findings/:id/assignees',
  access: 'finding.assign',
  tag: 'supervision',
  summary: 'Who could take this finding; nobody concerned or related',
  params: idParams,
  response: z.object({
    items: z.array(z.object({ id, displayName: z.string(), role: localised, openFindings: z.number().int() })),
  }),
});
export const assignFindings = defineEndpoint({
  method: 'POST',
  path: '/api/findings/assign',
  access: 'finding.assign',
  tag: 'supervision',
  summary: 'Assign findings to a person',
  body: command.extend({
    findingIds: z.array(id).min(1).max(500),
    assigneeId: id,
    note: z.string().trim().max(300).default(''),
  }),
  response: z.object({ assigned: z.number().int(), skipped: z.array(z.object({ findingId: id, reason: z.string() })) }),
});
const step = (path: string, access: 'finding.verify' | 'finding.decide', summary: string) =>
  defineEndpoint({
    method: 'POST',
    path: `/api/findings/:id/${path}`,
    access,
    tag: 'supervision',
    summary,
    params: idParams,
    body: command.extend({ expectedVersion: z.number().int(), reason: z.string().trim().min(2).max(1000) }),
    response: done,
  });
export const startVerification = step('start-verification', 'finding.verify', 'Start verifying');
export const requestAnswer = step(
  'request-answer',
  'finding.verify',
  'Ask the household for its answer; the notice becomes printable',
);
export const recordAnswer = defineEndpoint({
  method: 'POST',
  path: '/api/findings/:id/answers',
  access: 'finding.verify',
  tag: 'supervision',
  summary: 'Record what the household says',
  params: idParams,
  body: command.extend({
    text: z.string().trim().min(2).max(4000),
    channel: z.enum(['in-person', 'phone', 'paper', 'online']),
    wordForWord: z.boolean().default(false),
  }),
  response: done,
});
export const checkExcuse = defineEndpoint({
  method: 'PUT',
  path: '/api/findings/:id/excuses/:excuse',
  access: 'finding.verify',
  tag: 'supervision',
  summary: 'Tick off a known excuse',
  params: z.object({ id, excuse: z.string().max(60) }),
  body: command.extend({ checked: z.enum(['no', 'applies', 'does-not-apply']) }),
  response: done,
});
export const decideFinding = defineEndpoint({
  method: 'POST',
  path: '/api/findings/:id/decision',
  access: 'finding.decide',
  tag: 'supervision',
  summary: 'Decide; stops no benefit by itself',
  params: idParams,
  body: command.extend({
    expectedVersion: z.number().int(),
    outcome,
    excuse: z.string().max(60).nullable().default(null),
    reason: z.string().trim().min(5).max(2000),
    withoutAnswerReason: z.string().trim().max(500).optional(),
  }),
  response: done,
});
export const followUpFinding = step('follow-up', 'finding.verify', 'Record what was done after the decision');
export const closeFinding = step('close', 'finding.decide', 'Close');
export const attachToFinding = defineEndpoint({
  method: 'POST',
  path: '/api/findings/:id/attachments',
  access: 'finding.verify',
  tag: 'supervision',
  summary: 'Attach a file (multipart: file, commandId)',
  params: idParams,
  upload: true,
  response: z.object({ id }),
});
export const downloadAttachment = defineEndpoint({
  method: 'GET',
  path: '/api/findings/:id/attachments/:attachmentId',
  access: 'finding.read',
  tag: 'supervision',
  summary: 'An attached file',
  params: z.object({ id, attachmentId: id }),
  produces: 'application/octet-stream',
});
export const getFindingNotice = defineEndpoint({
  method: 'GET',
  path: '/api/findings/:id/notice',
  access: 'finding.verify',
  tag: 'supervision',
  summary: 'Printable notice to the household, in plain words, at least 18 pt',
  params: idParams,
  produces: 'text/html',
});
export const exportFindings = defineEndpoint({
  method: 'GET',
  path: '/api/findings/export',
  access: 'finding.export',
  tag: 'supervision',
  summary: 'Findings as a masked, watermarked CSV; logged with its purpose',
  query: findingFilter.extend({ purpose: z.string().trim().min(4).max(200) }),
  produces: 'text/csv',
});
export const savedView = z.object({ id, name: z.string(), query: z.string() });
export const listSavedViews = defineEndpoint({
  method: 'GET',
  path: '/api/saved-views',
  access: 'signed-in',
  tag: 'supervision',
  summary: 'My saved list views',
  query: z.object({ list: z.string().max(40) }),
  response: z.object({ items: z.array(savedView) }),
});
export const saveView = defineEndpoint({
  method: 'POST',
  path: '/api/saved-views',
  access: 'signed-in',
  tag: 'supervision',
  summary: 'Save a list view',
  body: command.extend({
    list: z.string().max(40),
    name: z.string().trim().min(1).max(40),
    query: z.string().max(2000),
  }),
  response: z.object({ id }),
});
export const deleteSavedView = defineEndpoint({
  method: 'DELETE',
  path: '/api/saved-views/:id',
  access: 'signed-in',
  tag: 'supervision',
  summary: 'Remove a saved view',
  params: idParams,
  response: done,
});

const sixth = z.object({
  code: z.string(),
  title: localised,
  value: z.number().nullable(),
  unit: z.string(),
  definition: localised,
  trend: z.array(z.object({ month: z.string(), value: z.number().nullable() })),
});
export const getCockpit = defineEndpoint({
  method: 'GET',
  path: '/api/cockpit',
  access: 'finding.read',
  tag: 'supervision',
  summary: 'Figures of a division and its children',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({
    region: regionSummary,
    totals: z.object({
      households: z.number().int(),
      persons: z.number().int(),
      open: z.number().int(),
      overdue: z.number().int(),
      decided: z.number().int(),
      confirmed: z.number().int(),
      owed: z.number().int(),
    }),
    children: z.array(
      z.object({
        region: regionSummary,
        households: z.number().int(),
        persons: z.number().int(),
        open: z.number().int(),
        overdue: z.number().int(),
        owed: z.number().int(),
      }),
    ),
    indicators: z.array(sixth),
    oldest: z.array(findingItem),
    freshness: z.array(
      z.object({
        dataset: z.string(),
        title: localised,
        provider: z.string(),
        asOf: calendarDate.nullable(),
        state: z.enum(['fresh', 'stale', 'never']),
      }),
    ),
  }),
});
