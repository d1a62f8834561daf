import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  exportPurpose,
  fen,
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
import { direction, ruleItem, severity } from './cross-checks.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';
import { payoutLineState } from './payouts.ts';

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
  /** the tranche of money that it is about */
  indicatorId: id.nullable(),
  projectId: id.nullable(),
  assetId: id.nullable(),
  /** the line of a pay-out that the household says did not arrive */
  /** the public notice that is the matter */
  noticeId: id.nullable(),
  paymentId: id.nullable(),
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
  /** tranches, projects or assets they are about, joined by commas */
  subjectIds: z
    .string()
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,99}$/)
    .optional(),
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
  /** the cross-check that saw it last; null where a household said it */
  runId: id.nullable(),
  persons: z.array(
    z.object({ personId: id, name: z.string(), idNumberMasked: z.string(), relation: z.string().nullable() }),
  ),
  evidence: z.array(
    z.object({
      /** place among the evidence of this finding, from 0 */
      ordinal: z.number().int(),
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
      /** the cross-check that made the step; null where a person did */
      runId: id.nullable(),
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
  /** the payment that is said not to have arrived, as it stands now */
  payment: z
    .object({
      id,
      batchId: id,
      batchNumber: z.string(),
      programme: localised,
      month: z.string(),
      payee: z.string(),
      accountMasked: z.string(),
      amountFen: fen,
      state: payoutLineState,
      paidOn: calendarDate.nullable(),
      bankText: z.string().nullable(),
      reissuedIn: z.object({ batchId: id, batchNumber: z.string(), state: payoutLineState }).nullable(),
    })
    .nullable(),
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
  query: findingFilter.extend(exportPurpose),
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

/** A department's data were wrong: what it is asked to look at, without whom it is about. */
export const correctionTask = z.object({
  id,
  state: z.enum(['open', 'done']),
  providerCode: z.string(),
  providerName: z.string(),
  datasetTitle: localised.nullable(),
  region: regionSummary,
  note: z.string(),
  /** rows of the department's own files, at most five */
  records: z.array(z.object({ deliveryId: id, asOf: calendarDate, version: z.number().int(), row: z.number().int() })),
  createdAt: timestamp,
  doneAt: timestamp.nullable(),
});
export type CorrectionTask = z.output<typeof correctionTask>;
export const listCorrectionTasks = defineEndpoint({
  method: 'GET',
  path: '/api/correction-tasks',
  access: 'dataset.read',
  tag: 'supervision',
  summary: 'Data to be corrected; a provider sees its own department’s',
  query: pageQuery.extend({
    state: z.enum(['open', 'done']).optional(),
    regionCode: regionCode.optional(),
    sort: timeSort,
  }),
  response: pageOf(correctionTask),
});
export const exportCorrectionTasks = exportOf(listCorrectionTasks);
