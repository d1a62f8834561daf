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
  timeSort,
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';
import { holdNotice } from './payouts.ts';

const tag = 'my-file';
export const helperRelation = z.enum(['child', 'parent', 'spouse', 'neighbour', 'other']);
export const residentRequestKind = z.enum(['correction', 'contest']);
const requestState = z.enum(['received', 'answered']);
/** Whether an objection to holding a payment was right: then the hold ends at once. */
const objectionOutcome = z.enum(['upheld', 'rejected']);

/* ---- the resident, without an account ---- */
export const openMyFile = defineEndpoint({
  method: 'POST',
  path: '/api/my-file/visit',
  access: 'public',
  tag,
  summary: 'Open one’s own file with the code of a letter and the identity number; also as a plain form',
  body: z.object({ code: z.string().trim().min(8).max(24), idNumber: z.string().trim().min(15).max(24) }),
  response: done,
});
export const closeMyFile = defineEndpoint({
  method: 'POST',
  path: '/api/my-file/close',
  access: 'public',
  tag,
  summary: 'End the visit',
  body: z.object({}),
  response: done,
});
/** Identification, help or exit of the household: where it stands, what was decided by whom, what was promised. */
export const householdCase = z.object({
  id,
  number: z.string(),
  title: localised,
  class: localised.nullable(),
  state: localised,
  isFinal: z.boolean(),
  /** an appeal is being decided; nothing goes on until then */
  suspended: z.boolean(),
  openedOn: calendarDate,
  dueOn: calendarDate.nullable(),
  next: localised.nullable(),
  decisions: z.array(
    z.object({
      id,
      title: localised,
      result: localised,
      by: z.string(),
      on: calendarDate,
      reason: z.string(),
      mayAppeal: z.boolean(),
    }),
  ),
  measures: z.array(
    z.object({
      id,
      kind: localised,
      risk: localised.nullable(),
      what: z.string(),
      responsible: z.string(),
      dueOn: calendarDate,
      isOverdue: z.boolean(),
      state: z.enum(['promised', 'delivered', 'confirmed', 'dropped']),
      deliveredOn: calendarDate.nullable(),
      /** what the household said about it; false: that it did not arrive or does not help */
      helped: z.boolean().nullable(),
      said: z.string().nullable(),
    }),
  ),
  followUps: z.array(z.object({ dueOn: calendarDate, doneOn: calendarDate.nullable() })),
  appeals: z.array(
    z.object({
      number: z.string(),
      against: localised,
      on: calendarDate,
      outcome: z.enum(['upheld', 'rejected']).nullable(),
      answer: z.string().nullable(),
      answeredBy: z.string().nullable(),
    }),
  ),
});
export type HouseholdCase = z.output<typeof householdCase>;
export const myFileView = z.object({
  /** who is being read about, and who reads */
  person: z.object({ name: z.string(), idNumberMasked: z.string() }),
  reader: localised,
  endsAt: timestamp,
  region: regionSummary,
  summary: z.string(),
  address: z.string().nullable(),
  accountMasked: z.string().nullable(),
  members: z.array(
    z.object({
      name: z.string(),
      relation: z.string().nullable(),
      age: z.number().nullable(),
      idNumberMasked: z.string(),
    }),
  ),
  incomes: z.array(z.object({ year: z.number().int(), perCapitaFen: fen.nullable(), source: z.string() })),
  benefits: z.array(
    z.object({
      programme: z.string(),
      person: z.string().nullable(),
      from: calendarDate,
      to: calendarDate.nullable(),
    }),
  ),
  payouts: z.array(
    z.object({
      id,
      month: z.string(),
      programme: localised,
      payee: z.string(),
      amountFen: fen,
      standardFen: fen,
      units: z.number(),
      months: z.number(),
      basis: z.string(),
      state: z.string(),
      paidOn: calendarDate.nullable(),
      /** what the household was told about a payment that is held */
      notices: z.array(holdNotice),
    }),
  ),
  /** findings that the household raised, was asked about or that were decided; none about officials */
  decisions: z.array(
    z.object({
      id,
      number: z.string(),
      headline: z.string(),
      rule: localised,
      state: localised,
      outcome: localised.nullable(),
      reason: z.string().nullable(),
      decidedBy: z.string().nullable(),
      decidedOn: calendarDate.nullable(),
      dueOn: calendarDate.nullable(),
      /** the payment that the household said did not arrive */
      paymentId: id.nullable(),
    }),
  ),
  cases: z.array(householdCase),
  /** who looked at the household’s data; inspection’s and audit’s looks come after the term */
  lookups: z.array(z.object({ at: timestamp, who: z.string(), what: localised, reason: z.string().nullable() })),
  lookupsHiddenForDays: z.number().int(),
  authorisations: z.array(
    z.object({
      id,
      kinds: z.array(localised),
      purpose: z.string(),
      signedOn: calendarDate,
      validUntil: calendarDate.nullable(),
      state: z.enum(['valid', 'expired', 'withdrawn']),
    }),
  ),
  helpers: z.array(z.object({ id, relation: helperRelation, name: z.string(), validUntil: calendarDate })),
  requests: z.array(
    z.object({
      id,
      number: z.string(),
      kind: residentRequestKind,
      text: z.string(),
      state: requestState,
      dueOn: calendarDate,
      outcome: objectionOutcome.nullable(),
      answer: z.string().nullable(),
      answeredBy: z.string().nullable(),
    }),
  ),
});
export type MyFileView = z.output<typeof myFileView>;
export const getMyFile = defineEndpoint({
  method: 'GET',
  path: '/api/my-file',
  access: 'public',
  tag,
  summary: 'The file of one’s own household; needs an open visit',
  response: myFileView,
});
export const getOwnHoldNotice = defineEndpoint({
  method: 'GET',
  path: '/api/my-file/hold-notices/:id',
  access: 'public',
  tag,
  summary: 'The notice of a payment of one’s own that is held, to print; needs an open visit',
  params: idParams,
  produces: 'text/html',
});
export const getOwnHoldEndNotice = defineEndpoint({
  method: 'GET',
  path: '/api/my-file/hold-notices/:id/end',
  access: 'public',
  tag,
  summary: 'The notice that a payment of one’s own is no longer held, to print; needs an open visit',
  params: idParams,
  produces: 'text/html',
});
export const askFromMyFile = defineEndpoint({
  method: 'POST',
  path: '/api/my-file/requests',
  access: 'public',
  tag,
  summary:
    'Ask for a correction, contest or appeal against a decision, or say that a payment did not arrive; also as a plain form',
  body: command.extend({
    /** an appeal names a decision of a case and is decided by somebody else; a payment that did not arrive becomes a finding */
    kind: z.enum([...residentRequestKind.options, 'appeal', 'not-received']),
    subjectId: id.or(z.literal('').transform(() => undefined)).optional(),
    text: z.string().trim().min(2).max(2000),
  }),
  response: z.object({ number: z.string() }),
});
export const answerMeasure = defineEndpoint({
  method: 'POST',
  path: '/api/my-file/measures',
  access: 'public',
  tag,
  summary: 'Say of help that is recorded as delivered whether it arrived and helps; also as a plain form',
  body: command.extend({
    measureId: id,
    helped: z.union([z.boolean(), z.enum(['yes', 'no']).transform((word) => word === 'yes')]),
    text: z.string().trim().max(500).default(''),
  }),
  response: done,
});
export const withdrawFromMyFile = defineEndpoint({
  method: 'POST',
  path: '/api/my-file/withdrawals',
  access: 'public',
  tag,
  summary: 'Withdraw an authorisation or the right of somebody to read for oneself; also as a plain form',
  body: command.extend({ what: z.enum(['authorisation', 'helper']), subjectId: id }),
  response: done,
});

/* ---- staff who serve ---- */
export const codeLetter = z.object({
  id,
  personName: z.string(),
  helperRelation: helperRelation.nullable(),
  validUntil: calendarDate,
  state: z.enum(['valid', 'expired', 'revoked', 'locked']),
  madeBy: z.string(),
  madeAt: timestamp,
});
export const listCodeLetters = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/code-letters',
  access: 'my-file.serve',
  tag,
  summary: 'Letters with which a household’s file can be opened',
  params: idParams,
  response: z.object({ items: z.array(codeLetter) }),
});
export const makeCodeLetter = defineEndpoint({
  method: 'POST',
  path: '/api/households/:id/code-letters',
  access: 'my-file.serve',
  tag,
  summary: 'Make a letter for a member whose identity card was seen; the code is shown once',
  params: idParams,
  body: command.extend({
    personId: id,
    cardSeen: z.literal(true),
    helper: z
      .object({ name: z.string().trim().min(2).max(40), relation: helperRelation })
      .nullable()
      .default(null),
  }),
  response: z.object({ id, code: z.string(), validUntil: calendarDate }),
});
export const revokeCodeLetter = defineEndpoint({
  method: 'POST',
  path: '/api/code-letters/:id/revoke',
  access: 'my-file.serve',
  tag,
  summary: 'Make a letter void; whoever reads with it is shown out',
  params: idParams,
  body: command,
  response: done,
});
export const printMyFile = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/my-file/print',
  access: 'my-file.serve',
  tag,
  summary: 'The file on paper, for a member who asks at the counter; recorded with how they were known',
  params: idParams,
  query: z.object({ personId: id, askedBy: z.enum(['self', 'helper']), purpose: z.string().trim().min(4).max(200) }),
  produces: 'text/html',
});

export const sayNotReceived = defineEndpoint({
  method: 'POST',
  path: '/api/households/:id/not-received',
  access: 'my-file.serve',
  tag,
  summary: 'A household says at the counter, by phone or on paper that a payment did not arrive; it becomes a finding',
  params: idParams,
  body: command.extend({
    paymentId: id,
    channel: z.enum(['in-person', 'phone', 'paper']),
    text: z.string().trim().min(2).max(2000),
  }),
  response: z.object({ findingId: id, number: z.string() }),
});

export const residentRequest = z.object({
  id,
  number: z.string(),
  kind: residentRequestKind,
  householdId: id,
  householdHead: z.string(),
  region: regionSummary,
  text: z.string(),
  subjectId: id.nullable(),
  /** what is contested: a finding’s decision, or the hold of a payment */
  subjectKind: z.enum(['finding', 'hold']).nullable(),
  /** of an objection to a hold: the batch whose payment is held */
  batchId: id.nullable(),
  state: requestState,
  dueOn: calendarDate,
  overdue: z.boolean(),
  madeAt: timestamp,
  answer: z.string().nullable(),
  outcome: objectionOutcome.nullable(),
  answeredBy: z.string().nullable(),
  /** the reader decided what is contested: somebody else answers */
  notByYou: z.boolean(),
});
export type ResidentRequest = z.output<typeof residentRequest>;
export const listResidentRequests = defineEndpoint({
  method: 'GET',
  path: '/api/resident-requests',
  access: 'my-file.answer',
  tag,
  summary: 'What residents ask about their own files',
  query: pageQuery.extend({
    regionCode: regionCode.optional(),
    kind: residentRequestKind.optional(),
    state: requestState.optional(),
    sort: timeSort,
  }),
  response: pageOf(residentRequest),
});
export const exportResidentRequests = exportOf(listResidentRequests);
export const answerResidentRequest = defineEndpoint({
  method: 'POST',
  path: '/api/resident-requests/:id/answer',
  access: 'my-file.answer',
  tag,
  summary: 'Answer a resident, never by who made the contested decision; an objection that is right ends the hold of a payment',
  params: idParams,
  body: command.extend({ answer: z.string().trim().min(2).max(2000), /** demanded of an objection to a hold */ outcome: objectionOutcome.optional() }),
  response: done,
});
