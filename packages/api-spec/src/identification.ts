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

const tag = 'identification';
const text = (least: number, most: number) => z.string().trim().min(least).max(most);
const exportPurpose = { purpose: text(4, 200) };
const coded = z.object({ code: z.string(), title: localised });

/** How somebody's need became known. */
export const clueChannel = z.enum([
  'online',
  'counter',
  'phone',
  'visit',
  'survey',
  'department',
  'hotline',
  'supervision',
]);
export type ClueChannel = z.output<typeof clueChannel>;
export const procedurePurpose = z.enum(['entry', 'exit']);
export const procedureOutcome = z.enum(['entered', 'exited', 'not-eligible', 'withdrawn', 'set-aside']);

export const listProcedureDefinitions = defineEndpoint({
  method: 'GET',
  path: '/api/identification/definitions',
  access: 'identification.read',
  tag,
  summary: 'The procedures with their dates, classes, steps and deadlines, and the code lists of their forms',
  response: z.object({
    items: z.array(
      coded.extend({
        purpose: procedurePurpose,
        validFrom: calendarDate,
        validTo: calendarDate.nullable(),
        isCurrent: z.boolean(),
        legalBasis: z.string(),
        classes: z.array(coded),
        states: z.array(coded.extend({ dueWorkingDays: z.number().int().nullable() })),
        quorumPercent: z.number().int().nullable(),
        signatures: z.array(coded),
        confirmations: z.array(coded),
      }),
    ),
    risks: z.array(coded),
    measures: z.array(coded.extend({ developing: z.boolean() })),
    relations: z.array(coded),
  }),
});

export const procedureItem = z.object({
  id,
  number: z.string(),
  definition: coded,
  purpose: procedurePurpose,
  region: regionSummary,
  householdId: id.nullable(),
  /** the head's name as the reader may see it; null while nobody has been found in the registry */
  head: z.string().nullable(),
  channel: clueChannel,
  state: coded,
  isFinal: z.boolean(),
  outcome: procedureOutcome.nullable(),
  dueOn: calendarDate.nullable(),
  workingDaysLeft: z.number().int().nullable(),
  openAppeals: z.number().int(),
  openedAt: timestamp,
});
export type ProcedureItem = z.output<typeof procedureItem>;
const procedureFilter = z.object({
  regionCode: regionCode.optional(),
  purpose: procedurePurpose.optional(),
  state: z.string().max(40).optional(),
  channel: clueChannel.optional(),
  show: z.enum(['open', 'overdue', 'closed', 'appealed']).optional(),
  householdId: id.optional(),
});
export const listProcedures = defineEndpoint({
  method: 'GET',
  path: '/api/identification',
  access: 'identification.read',
  tag,
  summary: 'Procedures: where each stands, what is due when',
  query: pageQuery.extend({ ...procedureFilter.shape, sort: z.enum(['-opened', 'opened', 'due']).default('-opened') }),
  response: pageOf(procedureItem),
});
export const exportProcedures = defineEndpoint({
  method: 'GET',
  path: '/api/identification/export',
  access: 'identification.read',
  tag,
  summary: 'The list as CSV, names masked; logged with its purpose',
  query: procedureFilter.extend(exportPurpose),
  produces: 'text/csv',
});
const days = z.object({ median: z.number().nullable(), longest: z.number().nullable(), count: z.number().int() });
export const getIdentificationFigures = defineEndpoint({
  method: 'GET',
  path: '/api/identification/figures',
  access: 'identification.read',
  tag,
  summary:
    'How many procedures are under way, and how many days pass from a clue to the visit, the decision and the first help',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({
    open: z.number().int(),
    overdue: z.number().int(),
    toVisit: days,
    toDecision: days,
    toHelp: days,
    /** of those that a department’s data called for: from the event to the visit */
    warningToVisit: days,
    measuresOverdue: z.number().int(),
    withoutMeasure: z.number().int(),
  }),
});

const speaker = {
  speakerName: z.string().trim().max(60).optional(),
  speakerPhone: z.string().trim().max(30).optional(),
};
export const openProcedure = defineEndpoint({
  method: 'POST',
  path: '/api/identification',
  access: 'identification.record',
  tag,
  summary: 'Take down a clue or an application, or propose that a risk is over',
  body: command.extend({
    purpose: procedurePurpose.default('entry'),
    regionCode,
    channel: clueChannel.exclude(['online', 'department']),
    eventOn: calendarDate,
    told: text(2, 4000),
    householdId: id.optional(),
    ...speaker,
  }),
  response: z.object({ id, number: z.string(), dueOn: calendarDate.nullable() }),
});
export const applyForHelp = defineEndpoint({
  method: 'POST',
  path: '/api/public/identification',
  access: 'public',
  tag,
  summary:
    'Ask for help on the public site, for oneself or somebody else, without an account; the answer carries a receipt number',
  body: command.extend({ regionCode, told: text(2, 2000), speakerName: text(1, 60), speakerPhone: text(5, 30) }),
  response: z.object({ number: z.string() }),
});

const isOk = z.enum(['ok', 'problem', 'not-checked']);
const relation = z.enum(['none', 'same-household', 'spouse', 'parent-or-child', 'sibling', 'other-relative']);
/** What each step asks; which steps there are, in which order, and who takes them, is regional data. */
export const stepForm = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('verify'),
    visitedOn: calendarDate,
    householdId: id.optional(),
    classCode: z.string().max(40).optional(),
    risks: z.array(z.string().max(40)).max(5),
    present: text(1, 60),
    situation: text(2, 4000),
    incomePerCapitaFen: fen.min(0).max(100_000_000).optional(),
    selfPaidFen: fen.min(0).max(1_000_000_000).optional(),
    food: isOk,
    education: isOk,
    medical: isOk,
    housing: isOk,
    water: isOk,
    opinion: z.enum(['suggested', 'not-suggested']),
  }),
  z.object({
    action: z.literal('authorise'),
    signedOn: calendarDate,
    signedBy: z.enum(['self', 'guardian', 'proxy']),
    truthful: z.literal(true),
  }),
  z.object({ action: z.literal('compare'), conclusion: text(2, 2000), obstacle: z.boolean() }),
  z.object({
    action: z.literal('appraise'),
    heldOn: calendarDate,
    chair: text(1, 60),
    eligible: z.number().int().min(1).max(2000),
    attendees: z
      .array(z.object({ name: text(1, 60), relation, votes: z.boolean(), namesake: z.boolean().default(false) }))
      .min(1)
      .max(500),
    votesFor: z.number().int().min(0),
    votesAgainst: z.number().int().min(0),
    abstained: z.number().int().min(0),
    minutes: text(2, 4000),
  }),
  z.object({
    action: z.literal('sign'),
    signatures: z.array(z.object({ code: z.string().max(40), name: text(1, 60), signedOn: calendarDate })).max(10),
    confirmations: z.array(z.string().max(40)).max(10),
  }),
  z.object({ action: z.literal('put-up'), contact: text(2, 100), group: z.string().trim().max(40).default('') }),
  z.object({ action: z.literal('review'), approve: z.boolean(), opinion: text(2, 2000), noInterest: z.literal(true) }),
  z.object({ action: z.literal('put-up-second'), contact: text(2, 100), group: z.string().trim().max(40).default('') }),
  z.object({
    action: z.literal('decide'),
    approve: z.boolean(),
    classCode: z.string().max(40).optional(),
    opinion: text(2, 2000),
    noInterest: z.literal(true),
  }),
  z.object({ action: z.literal('announce'), contact: text(2, 100), group: z.string().trim().max(40).default('') }),
  z.object({ action: z.literal('complete'), from: calendarDate }),
  z.object({ action: z.literal('set-aside'), reason: text(2, 1000) }),
  z.object({ action: z.literal('withdraw'), reason: text(2, 1000) }),
]);
export type StepForm = z.output<typeof stepForm>;
export type StepAction = StepForm['action'];

export const measureState = z.enum(['promised', 'delivered', 'confirmed', 'dropped']);
export const measureView = z.object({
  id,
  kind: coded,
  risk: coded.nullable(),
  what: z.string(),
  responsible: z.string(),
  promisedOn: calendarDate,
  dueOn: calendarDate,
  isOverdue: z.boolean(),
  state: measureState,
  deliveredOn: calendarDate.nullable(),
  delivered: z.string().nullable(),
  confirmedOn: calendarDate.nullable(),
  /** what the household said about it */
  confirmed: z.string().nullable(),
  helped: z.boolean().nullable(),
  droppedReason: z.string().nullable(),
});
export type MeasureView = z.output<typeof measureView>;
export const appealView = z.object({
  id,
  number: z.string(),
  against: z.string(),
  againstAt: timestamp,
  text: z.string(),
  suspends: z.boolean(),
  recordedBy: z.string(),
  recordedAt: timestamp,
  outcome: z.enum(['upheld', 'rejected']).nullable(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: timestamp.nullable(),
  mayAnswer: z.boolean(),
});
export type AppealView = z.output<typeof appealView>;
const condition = z.object({ code: z.string(), title: localised, met: z.boolean().nullable(), fact: localised });

export const procedureView = procedureItem.extend({
  legalBasis: z.string(),
  states: z.array(coded),
  classes: z.array(coded),
  class: coded.nullable(),
  eventOn: calendarDate,
  told: z.string(),
  speaker: z.object({ name: z.string(), phoneMasked: z.string() }).nullable(),
  /** what opened it: a finding of a cross-check */
  source: z.object({ kind: z.string(), id }).nullable(),
  risks: z.array(coded),
  /** step that can be taken now by this reader; the first is the next one */
  actions: z.array(z.string()),
  actionTitles: z.record(z.string(), localised),
  waits: z.array(localised),
  version: z.number().int(),
  steps: z.array(
    z.object({
      id,
      action: z.string(),
      title: localised,
      by: z.string(),
      at: timestamp,
      to: coded,
      reason: z.string(),
      facts: z.array(z.object({ label: localised, value: z.string() })),
      mayAppeal: z.boolean(),
    }),
  ),
  comparison: z
    .object({
      milliseconds: z.number().int(),
      hits: z.array(z.object({ rule: z.string(), title: localised, severity: z.string(), headline: localised })),
      notRun: z.number().int(),
    })
    .nullable(),
  notices: z.array(
    z.object({
      id,
      number: z.string(),
      state: z.string(),
      endsOn: calendarDate.nullable(),
      openObjections: z.number().int(),
    }),
  ),
  attachments: z.array(z.object({ id, fileName: z.string(), addedBy: z.string(), addedAt: timestamp })),
  measures: z.array(measureView),
  appeals: z.array(appealView),
  followUps: z.array(
    z.object({
      id,
      dueOn: calendarDate,
      doneOn: calendarDate.nullable(),
      result: z.string().nullable(),
      note: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  conditions: z.array(condition),
  members: z.array(
    z.object({ name: z.string(), relation: z.string(), authorised: z.boolean(), needsToSign: z.boolean() }),
  ),
  quorumPercent: z.number().int().nullable(),
  signatures: z.array(coded),
  confirmations: z.array(coded),
  suspended: z.boolean(),
  /** there is a decision to hand over in writing */
  hasLetter: z.boolean(),
  isOwn: z.boolean(),
});
export type ProcedureView = z.output<typeof procedureView>;
export const getProcedure = defineEndpoint({
  method: 'GET',
  path: '/api/identification/:id',
  access: 'identification.read',
  tag,
  summary: 'One procedure with its steps, notices, measures and appeals',
  params: idParams,
  response: procedureView,
});
export const takeProcedureStep = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/steps',
  access: 'identification.read',
  tag,
  summary: 'Take the next step; which permission it needs is part of the procedure',
  params: idParams,
  body: command.extend({ expectedVersion: z.number().int(), form: stepForm }),
  response: z.object({ state: z.string(), dueOn: calendarDate.nullable() }),
});
export const attachToProcedure = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/attachments',
  access: 'identification.work',
  tag,
  summary: 'Add a paper: a signed form, minutes, a photograph',
  params: idParams,
  upload: true,
  response: z.object({ id }),
});
export const downloadProcedureAttachment = defineEndpoint({
  method: 'GET',
  path: '/api/identification/:id/attachments/:attachmentId',
  access: 'identification.read',
  tag,
  summary: 'Open a paper',
  params: z.object({ id, attachmentId: id }),
  produces: 'application/octet-stream',
});
export const getVerificationPaper = defineEndpoint({
  method: 'GET',
  path: '/api/identification/:id/paper',
  access: 'identification.read',
  tag,
  summary: 'The home verification and the statement as paper forms',
  params: idParams,
  produces: 'text/html',
});
export const getDecisionLetter = defineEndpoint({
  method: 'GET',
  path: '/api/identification/:id/letter',
  access: 'identification.read',
  tag,
  summary: 'What the household is told in writing: the decision, its reasons, and how to appeal',
  params: idParams,
  produces: 'text/html',
});

export const promiseMeasure = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/measures',
  access: 'identification.work',
  tag,
  summary: 'Promise a measure against a risk: what, by whom, until when',
  params: idParams,
  body: command.extend({
    kind: text(1, 40),
    risk: z.string().max(40).optional(),
    what: text(2, 500),
    responsible: text(2, 100),
    dueOn: calendarDate,
  }),
  response: z.object({ id }),
});
const measureParams = z.object({ id, measureId: id });
export const deliverMeasure = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/measures/:measureId/deliver',
  access: 'identification.work',
  tag,
  summary: 'The measure was delivered',
  params: measureParams,
  body: command.extend({ on: calendarDate, what: text(2, 500) }),
  response: done,
});
export const confirmMeasure = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/measures/:measureId/confirm',
  access: 'identification.work',
  tag,
  summary: 'What the household says about a delivered measure',
  params: measureParams,
  body: command.extend({ on: calendarDate, helped: z.boolean(), said: text(2, 500) }),
  response: done,
});
export const dropMeasure = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/measures/:measureId/drop',
  access: 'identification.review',
  tag,
  summary: 'Give a promise up, with the reason',
  params: measureParams,
  body: command.extend({ reason: text(2, 500) }),
  response: done,
});

export const lodgeAppeal = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/appeals',
  access: 'identification.record',
  tag,
  summary: 'Take down an appeal against a decision',
  params: idParams,
  body: command.extend({ stepId: id, text: text(2, 4000) }),
  response: z.object({ id, number: z.string(), suspends: z.boolean() }),
});
export const answerAppeal = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/appeals/:appealId/answer',
  access: 'identification.review',
  tag,
  summary: 'Decide an appeal: never who took the step it is against; upheld, the procedure goes back to before it',
  params: z.object({ id, appealId: id }),
  body: command.extend({ outcome: z.enum(['upheld', 'rejected']), answer: text(2, 4000), noInterest: z.literal(true) }),
  response: done,
});
export const recordFollowUp = defineEndpoint({
  method: 'POST',
  path: '/api/identification/:id/follow-ups/:followUpId',
  access: 'identification.work',
  tag,
  summary: 'A visit after the exit: how things stand',
  params: z.object({ id, followUpId: id }),
  body: command.extend({ on: calendarDate, result: z.enum(['stable', 'new-risk']), note: text(2, 2000) }),
  response: done,
});
