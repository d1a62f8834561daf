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
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const tag = 'notices';
const exportPurpose = { purpose: z.string().trim().min(4).max(200) };
const reason = z.string().trim().min(2).max(500);

/** Draft → published (by a second person) → ended by itself; or withdrawn before, or taken down meanwhile. */
export const noticeState = z.enum(['draft', 'published', 'ended', 'withdrawn', 'taken-down']);
export type NoticeState = z.output<typeof noticeState>;
/** What may never stand on a notice board. */
export const leakKind = z.enum(['id-number', 'phone', 'account', 'illness']);
export type LeakKind = z.output<typeof leakKind>;
const leak = z.object({ kind: leakKind, count: z.number().int() });

export const noticeField = z.object({
  name: z.string(),
  label: localised,
  /** a name is masked before it is kept; nothing else is a free choice of fields */
  type: z.enum(['masked-name', 'text', 'count', 'amount', 'day']),
  required: z.boolean(),
});
export type NoticeField = z.output<typeof noticeField>;
export const noticeKind = z.object({
  code: z.string(),
  title: localised,
  wording: localised,
  basis: z.string(),
  fields: z.array(noticeField),
  minimumDays: z.number().int(),
  retentionDays: z.number().int(),
});
export type NoticeKind = z.output<typeof noticeKind>;
export const listNoticeKinds = defineEndpoint({
  method: 'GET',
  path: '/api/notice-kinds',
  access: 'notice.read',
  tag,
  summary: 'Kinds of notices with the only fields each may show, and how long it stands at least',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({ items: z.array(noticeKind) }),
});

export const noticeItem = z.object({
  id,
  number: z.string(),
  kind: z.object({ code: z.string(), title: localised }),
  region: regionSummary,
  entries: z.number().int(),
  state: noticeState,
  startsOn: calendarDate.nullable(),
  endsOn: calendarDate.nullable(),
  daysLeft: z.number().int().nullable(),
  openObjections: z.number().int(),
  madeBy: z.string(),
  madeAt: timestamp,
});
export type NoticeItem = z.output<typeof noticeItem>;
const noticeFilter = z.object({
  regionCode: regionCode.optional(),
  kind: z.string().max(80).optional(),
  state: noticeState.optional(),
  objections: z.enum(['open']).optional(),
});
export const listNotices = defineEndpoint({
  method: 'GET',
  path: '/api/notices',
  access: 'notice.read',
  tag,
  summary: 'Notices with their period and open objections',
  query: pageQuery.extend({ ...noticeFilter.shape, sort: z.enum(['-made', 'made']).default('-made') }),
  response: pageOf(noticeItem),
});
export const exportNotices = defineEndpoint({
  method: 'GET',
  path: '/api/notices/export',
  access: 'notice.read',
  tag,
  summary: 'The list of notices as CSV; logged with its purpose',
  query: noticeFilter.extend(exportPurpose),
  produces: 'text/csv',
});

const entryValues = z.record(z.string().max(40), z.string().trim().max(200));
export const noticeAttachment = z.object({
  id,
  fileName: z.string(),
  size: z.number().int(),
  /** clean = its text was read and nothing personal found; look = it holds pictures or words of illness, which a person must look at */
  state: z.enum(['clean', 'look', 'leak', 'removed']),
  leaks: z.array(leak),
  seen: z.object({ by: z.string(), at: timestamp }).nullable(),
  addedBy: z.string(),
  addedAt: timestamp,
});
export type NoticeAttachment = z.output<typeof noticeAttachment>;
export const noticeObjection = z.object({
  id,
  number: z.string(),
  channel: z.string(),
  text: z.string(),
  /** a way to answer was left; it is kept encrypted and shown to nobody who merely reads */
  contactLeft: z.boolean(),
  recordedBy: z.string(),
  recordedAt: timestamp,
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: timestamp.nullable(),
});
export type NoticeObjection = z.output<typeof noticeObjection>;
export const noticeAction = z.enum([
  'attach',
  'confirm-seen',
  'remove-attachment',
  'publish',
  'withdraw',
  'take-down',
  'record-objection',
  'answer-objection',
  'poster',
]);
export type NoticeAction = z.output<typeof noticeAction>;
export const noticeView = noticeItem.extend({
  wording: localised,
  basis: z.string(),
  fields: z.array(noticeField),
  rows: z.array(z.object({ values: z.record(z.string(), z.string()) })),
  note: z.string(),
  contact: z.string(),
  /** what stands in the way of publishing now */
  obstacles: z.array(z.enum(['leak-in-text', 'leak-in-attachment', 'attachment-not-seen', 'own-draft'])),
  leaks: z.array(leak),
  minimumDays: z.number().int(),
  attachments: z.array(noticeAttachment),
  objections: z.array(noticeObjection),
  steps: z.array(z.object({ action: z.string(), by: z.string(), at: timestamp, reason: z.string() })),
  actions: z.array(noticeAction),
  version: z.number().int(),
  subject: z.object({ kind: z.string(), id }).nullable(),
});
export type NoticeView = z.output<typeof noticeView>;
export const getNotice = defineEndpoint({
  method: 'GET',
  path: '/api/notices/:id',
  access: 'notice.read',
  tag,
  summary: 'One notice as it stands on the board, with its trail',
  params: idParams,
  response: noticeView,
});
export const createNotice = defineEndpoint({
  method: 'POST',
  path: '/api/notices',
  access: 'notice.prepare',
  tag,
  summary: 'Draft a notice from the fields its kind allows; names are masked before anything is kept',
  body: command.extend({
    kind: z.string().min(1).max(80),
    regionCode,
    entries: z
      .array(z.object({ values: entryValues }))
      .min(1)
      .max(500),
    note: z.string().trim().max(500).default(''),
    contact: z.string().trim().min(2).max(100),
  }),
  response: z.object({ id, number: z.string() }),
});
export const attachToNotice = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/attachments',
  access: 'notice.prepare',
  tag,
  summary: 'Add a file; its text is searched for personal data at once',
  params: idParams,
  upload: true,
  response: z.object({ id, state: noticeAttachment.shape.state }),
});
const attachmentParams = z.object({ id, attachmentId: id });
export const downloadNoticeAttachment = defineEndpoint({
  method: 'GET',
  path: '/api/notices/:id/attachments/:attachmentId',
  access: 'notice.read',
  tag,
  summary: 'Open an attachment',
  params: attachmentParams,
  produces: 'application/octet-stream',
});
export const confirmNoticeAttachment = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/attachments/:attachmentId/seen',
  access: 'notice.approve',
  tag,
  summary: 'A second person has looked at a picture and found nothing personal in it',
  params: attachmentParams,
  body: command,
  response: done,
});
export const removeNoticeAttachment = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/attachments/:attachmentId/remove',
  access: 'notice.prepare',
  tag,
  summary: 'Take an attachment off a draft',
  params: attachmentParams,
  body: command.extend({ reason }),
  response: done,
});
export const publishNotice = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/publish',
  access: 'notice.approve',
  tag,
  summary: 'A second person approves; the notice stands from today to its last day',
  params: idParams,
  body: command.extend({ expectedVersion: z.number().int(), endsOn: calendarDate.optional() }),
  response: z.object({ startsOn: calendarDate, endsOn: calendarDate }),
});
export const withdrawNotice = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/withdraw',
  access: 'notice.prepare',
  tag,
  summary: 'Give up a draft',
  params: idParams,
  body: command.extend({ reason }),
  response: done,
});
export const takeDownNotice = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/take-down',
  access: 'notice.prepare',
  tag,
  summary: 'Take a notice down at once, alone: something personal was found in it, or it is wrong',
  params: idParams,
  body: command.extend({ leak: z.boolean(), reason }),
  response: done,
});
export const getNoticePoster = defineEndpoint({
  method: 'GET',
  path: '/api/notices/:id/poster',
  access: 'notice.read',
  tag,
  summary: 'The notice to print and put up, as PDF',
  params: idParams,
  produces: 'application/pdf',
});
const objectionBody = {
  text: z.string().trim().min(2).max(2000),
  speakerName: z.string().trim().max(60).optional(),
  speakerPhone: z.string().trim().max(30).optional(),
};
export const recordObjection = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/objections',
  access: 'voice.record',
  tag,
  summary: 'Write down what somebody says against a notice; it stops nothing by itself, but must be answered',
  params: idParams,
  body: command.extend({ ...objectionBody, channel: z.enum(['counter', 'phone', 'visit', 'letter']) }),
  response: z.object({ id, number: z.string() }),
});
export const answerObjection = defineEndpoint({
  method: 'POST',
  path: '/api/notices/:id/objections/:objectionId/answer',
  access: 'notice.approve',
  tag,
  summary: 'Answer an objection',
  params: z.object({ id, objectionId: id }),
  body: command.extend({ answer: z.string().trim().min(2).max(2000) }),
  response: done,
});

const publicNoticeItem = z.object({
  id,
  number: z.string(),
  title: localised,
  region: regionSummary,
  startsOn: calendarDate,
  endsOn: calendarDate,
  daysLeft: z.number().int(),
  entries: z.number().int(),
});
export type PublicNoticeItem = z.output<typeof publicNoticeItem>;
export const listPublicNotices = defineEndpoint({
  method: 'GET',
  path: '/api/public/notices',
  access: 'public',
  tag,
  summary: 'Notices that stand today, by division',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({
    region: regionSummary,
    parent: regionSummary.nullable(),
    places: z.array(z.object({ region: regionSummary, notices: z.number().int() })),
    items: z.array(publicNoticeItem),
  }),
});
export const getPublicNotice = defineEndpoint({
  method: 'GET',
  path: '/api/public/notices/:id',
  access: 'public',
  tag,
  summary: 'One notice that stands today; never readable after its last day',
  params: idParams,
  response: publicNoticeItem.extend({
    wording: localised,
    basis: z.string(),
    fields: z.array(noticeField.pick({ name: true, label: true, type: true })),
    rows: z.array(z.object({ values: z.record(z.string(), z.string()) })),
    note: z.string(),
    contact: z.string(),
    attachments: z.array(z.object({ id, fileName: z.string() })),
  }),
});
export const getPublicNoticeAttachment = defineEndpoint({
  method: 'GET',
  path: '/api/public/notices/:id/attachments/:attachmentId',
  access: 'public',
  tag,
  summary: 'An attachment of a notice that stands today',
  params: attachmentParams,
  produces: 'application/octet-stream',
});
export const objectToNotice = defineEndpoint({
  method: 'POST',
  path: '/api/public/notices/:id/objections',
  access: 'public',
  tag,
  summary: 'Say something against a notice, without an account; the answer carries a receipt number',
  params: idParams,
  body: command.extend(objectionBody),
  response: z.object({ number: z.string() }),
});
