import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  id,
  idParams,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
  timeSort,
  timestamp,
  localised,
} from './common.ts';
import { direction } from './cross-checks.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';

export const taskView = z.object({
  id,
  kind: z.string(),
  title: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  progress: z.number().min(0).max(1).nullable(),
  message: z.string().nullable(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
  link: z.string().nullable(),
  cancellable: z.boolean(),
});
export type TaskView = z.output<typeof taskView>;
export const listTasks = defineEndpoint({
  method: 'GET',
  path: '/api/tasks',
  access: 'signed-in',
  tag: 'platform',
  summary: 'My long-running work',
  response: z.object({ items: z.array(taskView) }),
});
export const getTask = defineEndpoint({
  method: 'GET',
  path: '/api/tasks/:id',
  access: 'signed-in',
  tag: 'platform',
  summary: 'One piece of long-running work',
  params: idParams,
  response: taskView,
});
export const cancelTask = defineEndpoint({
  method: 'POST',
  path: '/api/tasks/:id/cancel',
  access: 'signed-in',
  tag: 'platform',
  summary: 'Cancel my work',
  params: idParams,
  body: command,
  response: done,
});

export const auditItem = z.object({
  sequence: z.number().int().nullable(),
  at: timestamp,
  actor: z.string(),
  action: z.string(),
  objectKind: z.string(),
  objectId: z.string(),
  region: z.string().nullable(),
  reason: z.string().nullable(),
  sealed: z.boolean(),
});
export const listAudit = defineEndpoint({
  method: 'GET',
  path: '/api/audit-records',
  access: 'audit.read',
  tag: 'platform',
  summary: 'Audit log',
  query: pageQuery.extend({
    action: z.string().max(60).optional(),
    actor: z.string().max(60).optional(),
    objectId: z.string().max(60).optional(),
    from: calendarDate.optional(),
    to: calendarDate.optional(),
    sort: timeSort,
  }),
  response: pageOf(auditItem),
});
export const exportAudit = exportOf(listAudit);
export const getHealth = defineEndpoint({
  method: 'GET',
  path: '/api/health',
  access: 'public',
  tag: 'system',
  summary: 'The process answers',
  response: z.object({ status: z.literal('ok') }),
});
export const getReady = defineEndpoint({
  method: 'GET',
  path: '/api/ready',
  access: 'public',
  tag: 'system',
  summary: '200 when ready to be used, 503 with the step until then',
  response: z.object({ ready: z.boolean(), step: z.string() }),
});

/* ---- public layer ---- */
export const getPublicFigures = defineEndpoint({
  method: 'GET',
  path: '/api/public/figures',
  access: 'public',
  tag: 'public',
  summary: 'Figures at township level and above; small cells suppressed',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({
    region: regionSummary,
    parent: regionSummary.nullable(),
    synthetic: z.boolean(),
    asOf: calendarDate.nullable(),
    threshold: z.number().int(),
    columns: z.array(z.object({ code: z.string(), title: localised })),
    rows: z.array(
      z.object({ region: regionSummary, hasChildren: z.boolean(), values: z.array(z.number().int().nullable()) }),
    ),
    total: z.array(z.number().int().nullable()),
  }),
});
export const listPublicRules = defineEndpoint({
  method: 'GET',
  path: '/api/public/rules',
  access: 'public',
  tag: 'public',
  summary: 'The rule catalogue in plain language',
  response: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        title: localised,
        purpose: localised,
        direction,
        datasets: z.array(localised),
        precision: z
          .object({ decided: z.number().int(), rate: z.number(), low: z.number(), high: z.number() })
          .nullable(),
      }),
    ),
  }),
});

/* ---- being heard ---- */
export const voiceItem = z.object({
  id,
  number: z.string(),
  recordedAt: timestamp,
  recordedBy: z.string(),
  region: regionSummary,
  channel: z.string(),
  subject: z.string(),
  text: z.string(),
  state: z.enum(['received', 'in-progress', 'answered']),
  answer: z.string().nullable(),
});
const voiceSubject = z.enum(['benefit', 'project', 'cadre', 'data-correction', 'other']);
export const recordVoice = defineEndpoint({
  method: 'POST',
  path: '/api/voices',
  access: 'voice.record',
  tag: 'participation',
  summary: 'Record what a resident says; gives a receipt number',
  body: command.extend({
    regionCode,
    channel: z.enum(['counter', 'phone', 'visit', 'letter']),
    subject: voiceSubject,
    text: z.string().trim().min(4).max(4000),
    speakerName: z.string().trim().max(40).default(''),
    speakerPhone: z.string().trim().max(20).default(''),
  }),
  response: z.object({ id, number: z.string() }),
});
export const listVoices = defineEndpoint({
  method: 'GET',
  path: '/api/voices',
  access: 'voice.read',
  tag: 'participation',
  summary: 'What residents said',
  query: pageQuery.extend({
    regionCode: regionCode.optional(),
    state: voiceItem.shape.state.optional(),
    subject: voiceSubject.optional(),
    sort: timeSort,
  }),
  response: pageOf(voiceItem),
});
export const exportVoices = exportOf(listVoices);
export const getVoiceReceipt = defineEndpoint({
  method: 'GET',
  path: '/api/voices/:id/receipt',
  access: 'voice.record',
  tag: 'participation',
  summary: 'Printable receipt',
  params: idParams,
  produces: 'text/html',
});
export const answerVoice = defineEndpoint({
  method: 'POST',
  path: '/api/voices/:id/answer',
  access: 'voice.record',
  tag: 'participation',
  summary: 'Answer',
  params: idParams,
  body: command.extend({ answer: z.string().trim().min(2).max(4000) }),
  response: done,
});
