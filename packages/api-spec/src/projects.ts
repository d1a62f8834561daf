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
import { traceView } from './fund-traces.ts';


const tag = 'projects';
const amount = fen.min(1).max(100_000_000_000_000);
const text = (least: number, most: number) => z.string().trim().min(least).max(most);
const fiscalYear = z.coerce.number().int().min(2000).max(2100);
const percent = z.number().int().min(0).max(100);
const worded = z.object({ code: z.string(), title: localised });

export const getProjectCatalogue = defineEndpoint({
  method: 'GET',
  path: '/api/projects/catalogue',
  access: 'project.read',
  tag,
  summary: 'Categories of projects with their required papers, kinds of papers and of targets, and the states',
  response: z.object({
    categories: z.array(worded.extend({ required: z.array(z.string()), assetClass: z.string() })),
    documentKinds: z.array(worded.extend({ picture: z.boolean() })),
    targetKinds: z.array(worded),
    workItems: z.array(worded.extend({ unit: localised })),
    states: z.array(worded),
  }),
});

export const projectItem = z.object({
  id,
  number: z.string(),
  title: z.string(),
  region: regionSummary,
  category: worded,
  fiscalYear: z.number().int(),
  state: worded,
  budgetFen: fen,
  contractFen: fen,
  /** set aside for it in the ledger, and paid */
  plannedFen: fen,
  paidFen: fen,
  physicalPercent: percent,
  /** of the contracts, or of the budget before there are any */
  paidPercent: z.number().int(),
  startOn: calendarDate,
  finishBy: calendarDate,
  rank: z.number().int().nullable(),
  late: z.boolean(),
});
export type ProjectItem = z.output<typeof projectItem>;
const projectFilter = z.object({
  regionCode: regionCode.optional(),
  categoryCode: z.string().max(60).optional(),
  state: z.string().max(40).optional(),
  fiscalYear: fiscalYear.optional(),
  /** beyond the planned end and not completed */
  late: z.enum(['true']).optional(),
  search: z.string().trim().max(60).optional(),
});
export const listProjects = defineEndpoint({
  method: 'GET',
  path: '/api/projects',
  access: 'project.read',
  tag,
  summary: 'Projects with work done and money paid side by side',
  query: pageQuery.extend({ ...projectFilter.shape, sort: z.enum(['-created', 'finish']).default('-created') }),
  response: pageOf(projectItem),
});
export const exportProjects = defineEndpoint({
  method: 'GET',
  path: '/api/projects/export',
  access: 'project.read',
  tag,
  summary: 'The list as CSV; logged with its purpose',
  query: projectFilter.extend({ purpose: z.string().trim().min(4).max(200) }),
  produces: 'text/csv',
});

const targetInput = z.object({
  kind: text(1, 40),
  title: text(2, 120),
  unit: text(1, 20),
  target: z.number().min(0).max(1_000_000_000),
});
const stageInput = z.object({
  title: text(2, 80),
  sharePercent: z.number().int().min(1).max(100),
  startOn: calendarDate,
  finishBy: calendarDate,
});
const projectInput = {
  title: text(4, 120),
  regionCode,
  categoryCode: text(1, 60),
  fiscalYear,
  responsibleUnit: text(2, 80),
  works: text(4, 2000),
  mechanism: text(4, 1000),
  households: z.number().int().min(0).max(1_000_000),
  budgetFen: amount,
  startOn: calendarDate,
  finishBy: calendarDate,
  targets: z.array(targetInput).max(30),
  stages: z.array(stageInput).min(1).max(20),
};
export const createProject = defineEndpoint({
  method: 'POST',
  path: '/api/projects',
  access: 'project.declare',
  tag,
  summary: 'Begin the declaration of a project',
  body: command.extend(projectInput),
  response: z.object({ id }),
});
export const changeProject = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/draft',
  access: 'project.declare',
  tag,
  summary: 'Rewrite a project that is still being declared',
  params: idParams,
  body: command.extend({ ...projectInput, expectedVersion: z.number().int() }),
  response: done,
});

export const villageVote = z.object({
  meeting: z.enum(['villagers', 'representatives']),
  heldOn: calendarDate,
  eligible: z.number().int().min(1).max(100_000),
  present: z.number().int().min(1).max(100_000),
  inFavour: z.number().int().min(0).max(100_000),
  minutesNumber: text(2, 60),
});
export const recordedVote = villageVote.extend({ id, carried: z.boolean(), recordedBy: z.string() });
export const recordProjectVote = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/votes',
  access: 'project.declare',
  tag,
  summary: 'Record what the villagers decided about a project',
  params: idParams,
  body: command.extend(villageVote.shape),
  response: z.object({ id, carried: z.boolean() }),
});
const opinionInput = {
  kind: z.enum(['expert', 'accounting-firm']),
  reviewer: text(2, 80),
  result: z.enum(['agree', 'agree-with-changes', 'disagree']),
  score: percent,
  summary: text(4, 1000),
  givenOn: calendarDate,
};
export const recordOpinion = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/opinions',
  access: 'project.review',
  tag,
  summary: 'Record the opinion of experts or of an accounting firm; never by whoever declared the project',
  params: idParams,
  body: command.extend(opinionInput),
  response: z.object({ id }),
});
export const projectAction = z.enum([
  'declare',
  'review',
  'return',
  'rank',
  'publish',
  'approve',
  'reject',
  'start',
  'complete',
  'accept',
  'send-back',
  'audit',
  'settle',
  'cancel',
]);
export type ProjectAction = z.output<typeof projectAction>;
export const takeProjectStep = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/steps',
  access: 'project.read',
  tag,
  summary: 'Take a project one step on; each step asks for its own permission',
  params: idParams,
  body: command.extend({
    action: projectAction,
    expectedVersion: z.number().int(),
    happenedOn: calendarDate,
    reason: text(2, 500).optional(),
    /** rank among the projects of its year (rank) */
    rank: z.number().int().min(1).max(10_000).optional(),
    /** of the approval (approve) */
    approvalNumber: text(2, 60).optional(),
    /** settlement sum (settle) */
    settlementFen: fen.min(0).max(100_000_000_000_000).optional(),
    /** what was reached of each target, in the order of the targets (accept) */
    actuals: z.array(z.number().min(0).max(1_000_000_000)).max(30).optional(),
  }),
  response: z.object({ state: z.string(), recoverFen: fen.nullable() }),
});
export const reportProgress = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/progress',
  access: 'project.run',
  tag,
  summary: 'Report how far a stage of the work is',
  params: idParams,
  body: command.extend({
    stage: z.number().int().min(1).max(20),
    donePercent: percent,
    reportedOn: calendarDate,
    note: text(2, 500),
  }),
  response: z.object({ physicalPercent: percent }),
});
export const addProjectDocument = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/documents',
  access: 'project.read',
  tag,
  summary: 'Add a paper or a picture; kept with its hash. Fields: commandId, kind',
  params: idParams,
  response: z.object({ id }),
  upload: true,
});
const attachmentParams = z.object({ id, attachmentId: id });
export const downloadProjectDocument = defineEndpoint({
  method: 'GET',
  path: '/api/projects/:id/documents/:attachmentId',
  access: 'project.read',
  tag,
  summary: 'Open a paper of a project',
  params: attachmentParams,
  produces: 'application/octet-stream',
});
export const releaseProjectPhoto = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/documents/:attachmentId/release',
  access: 'project.approve',
  tag,
  summary: 'Show a picture to the public, without its metadata, or take it back; never by whoever added it',
  params: attachmentParams,
  body: command.extend({ release: z.boolean(), caption: text(2, 120), noFaces: z.boolean(), /** of a picture with faces: the paper of the project in which they agree */ consentId: id.optional() }),
  response: done,
});
export const linkHouseholds = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/households',
  access: 'project.declare',
  tag,
  summary: 'Say which registered households a project is meant for, by their numbers',
  params: idParams,
  body: command.extend({ numbers: z.array(text(2, 40)).min(1).max(5000) }),
  response: z.object({ linked: z.number().int() }),
});

export const getProject = defineEndpoint({
  method: 'GET',
  path: '/api/projects/:id',
  access: 'project.read',
  tag,
  summary: 'A project: promise, decisions, plan against actual, papers, money',
  params: idParams,
  response: projectItem.extend({
    version: z.number().int(),
    responsibleUnit: z.string(),
    works: z.string(),
    mechanism: z.string(),
    households: z.number().int(),
    linkedHouseholds: z.number().int(),
    rankReason: z.string().nullable(),
    publishedOn: calendarDate.nullable(),
    publishedUntil: calendarDate.nullable(),
    approvalNumber: z.string().nullable(),
    approvedOn: calendarDate.nullable(),
    startedOn: calendarDate.nullable(),
    completedOn: calendarDate.nullable(),
    acceptedOn: calendarDate.nullable(),
    settledOn: calendarDate.nullable(),
    settlementFen: fen.nullable(),
    cancelledOn: calendarDate.nullable(),
    recoverFen: fen.nullable(),
    declaredBy: z.string(),
    /** what the person who asks may do next */
    actions: z.array(z.object({ action: projectAction, reasonRequired: z.boolean() })),
    /** what still keeps it out of the pool, or from being accepted */
    missing: z.array(z.string()),
    targets: z.array(
      z.object({
        kind: worded,
        title: z.string(),
        unit: z.string(),
        target: z.number(),
        actual: z.number().nullable(),
      }),
    ),
    stages: z.array(
      z.object({
        ordinal: z.number().int(),
        title: z.string(),
        sharePercent: percent,
        startOn: calendarDate,
        finishBy: calendarDate,
        donePercent: percent,
        doneOn: calendarDate.nullable(),
        plannedPercent: percent,
      }),
    ),
    /** what should be done by today, by the stages */
    plannedPercent: percent,
    votes: z.array(recordedVote),
    opinions: z.array(
      z.object({ ...opinionInput, summary: z.string(), reviewer: z.string(), id, recordedBy: z.string() }),
    ),
    steps: z.array(
      z.object({
        id,
        action: projectAction,
        from: worded,
        to: worded,
        happenedOn: calendarDate,
        reason: z.string().nullable(),
        by: z.string(),
        at: timestamp,
      }),
    ),
    progress: z.array(
      z.object({
        id,
        stage: z.string(),
        donePercent: percent,
        physicalPercent: percent,
        reportedOn: calendarDate,
        note: z.string(),
        by: z.string(),
      }),
    ),
    documents: z.array(
      z.object({
        id,
        kind: worded,
        fileName: z.string(),
        sha256: z.string(),
        sizeBytes: z.number().int(),
        publicState: z.enum(['internal', 'approved', 'withdrawn']),
        caption: z.string().nullable(),
        addedBy: z.string(),
        addedAt: timestamp,
      }),
    ),
    payments: z.array(
      z.object({
        id,
        indicatorId: id,
        voucherNumber: z.string(),
        payee: z.string(),
        amountFen: fen,
        paidOn: calendarDate,
        state: z.enum(['paid', 'reversed']),
        transactionId: id,
      }),
    ),
  }),
});

export const traceProject = defineEndpoint({
  method: 'GET',
  path: '/api/projects/:id/trace',
  access: 'project.read',
  tag,
  summary: 'The whole chain of a project: money, contractor, asset, income, households',
  params: idParams,
  response: traceView,
});
