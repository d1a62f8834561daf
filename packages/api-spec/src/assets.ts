import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  fen,
  id,
  idParams,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
} from './common.ts';
import { tenderMethod } from './contracts.ts';
import { defineEndpoint } from './endpoint.ts';
import { recordedVote, villageVote } from './projects.ts';

const tag = 'assets';
const amount = fen.min(1).max(100_000_000_000_000);
const text = (least: number, most: number) => z.string().trim().min(least).max(most);

export const assetClass = z.enum(['operating', 'public', 'household']);
export const assetState = z.enum(['in-use', 'idle', 'damaged', 'lost', 'disposed']);
export const assetItem = z.object({
  id,
  number: z.string(),
  title: z.string(),
  region: regionSummary,
  class: assetClass,
  state: assetState,
  originalFen: fen,
  owner: z.string().nullable(),
  operator: z.string(),
  project: z.object({ id, title: z.string() }).nullable(),
  /** what leases say should have come by today, what came, and what went to households */
  dueFen: fen,
  receivedFen: fen,
  distributedFen: fen,
  overdueDays: z.number().int().nullable(),
});
export type AssetItem = z.output<typeof assetItem>;
const assetFilter = z.object({
  regionCode: regionCode.optional(),
  class: assetClass.optional(),
  state: assetState.optional(),
  /** `overdue`: income that should have come; `undistributed`: came and is not shared out; `unowned`: ownership not settled */
  trouble: z.enum(['overdue', 'undistributed', 'unowned']).optional(),
  search: z.string().trim().max(60).optional(),
});
export const listAssets = defineEndpoint({
  method: 'GET',
  path: '/api/assets',
  access: 'project.read',
  tag,
  summary: 'Assets formed with aid money, with what they should bring and bring',
  query: pageQuery.extend(assetFilter.shape),
  response: pageOf(assetItem),
});
export const exportAssets = defineEndpoint({
  method: 'GET',
  path: '/api/assets/export',
  access: 'project.read',
  tag,
  summary: 'The list as CSV; logged with its purpose',
  query: assetFilter.extend({ purpose: z.string().trim().min(4).max(200) }),
  produces: 'text/csv',
});
export const recordAsset = defineEndpoint({
  method: 'POST',
  path: '/api/assets',
  access: 'asset.manage',
  tag,
  summary: 'Record an asset, of an accepted project or from before',
  body: command.extend({
    regionCode,
    projectId: id.nullable().default(null),
    title: text(2, 120),
    class: assetClass,
    originalFen: amount,
    formedOn: calendarDate,
    operator: text(2, 80),
  }),
  response: z.object({ id }),
});
export const registerAsset = defineEndpoint({
  method: 'POST',
  path: '/api/assets/:id/registration',
  access: 'asset.approve',
  tag,
  summary: 'Settle who owns an asset',
  params: idParams,
  body: command.extend({
    ownerKind: z.enum(['county', 'town', 'village', 'household']),
    ownerName: text(2, 80),
    registeredOn: calendarDate,
    certificateNumber: text(2, 60),
  }),
  response: done,
});
export const inspectAsset = defineEndpoint({
  method: 'POST',
  path: '/api/assets/:id/inspections',
  access: 'asset.manage',
  tag,
  summary: 'Record what an inspection found',
  params: idParams,
  body: command.extend({
    inspectedOn: calendarDate,
    state: z.enum(['in-use', 'idle', 'damaged', 'lost']),
    note: text(2, 300),
  }),
  response: done,
});
const due = z.object({ dueOn: calendarDate, amountFen: amount });
export const leaseAsset = defineEndpoint({
  method: 'POST',
  path: '/api/assets/:id/leases',
  access: 'asset.manage',
  tag,
  summary: 'Record a lease with its due dates and the village vote that carried it',
  params: idParams,
  body: command.extend({
    number: text(2, 60),
    vendorId: id,
    startOn: calendarDate,
    endOn: calendarDate,
    yearlyFen: amount,
    appraisedFen: amount,
    vote: villageVote.nullable().default(null),
    publishedOn: calendarDate.nullable().default(null),
    dues: z.array(due).min(1).max(60),
  }),
  response: z.object({ id }),
});
export const endLease = defineEndpoint({
  method: 'POST',
  path: '/api/leases/:id/end',
  access: 'asset.approve',
  tag,
  summary: 'End a lease before its term and settle what is still owed; never by whoever recorded it',
  params: idParams,
  body: command.extend({
    endedOn: calendarDate,
    reason: text(4, 300),
    /** still owed up to that day, beyond what was due before; 0 when everything is settled */
    settlementFen: fen.min(0).max(100_000_000_000_000),
  }),
  response: done,
});
export const receiveIncome = defineEndpoint({
  method: 'POST',
  path: '/api/assets/:id/incomes',
  access: 'asset.manage',
  tag,
  summary: 'Record income of an asset; it enters the ledger. One receipt counts once',
  params: idParams,
  body: command.extend({
    kind: z.enum(['rent', 'dividend', 'other']),
    leaseId: id.nullable().default(null),
    due: z.number().int().min(1).max(60).nullable().default(null),
    receiptNumber: text(2, 60),
    amountFen: amount,
    receivedOn: calendarDate,
  }),
  response: z.object({ id, indicatorId: id }),
});
export const proposeDistribution = defineEndpoint({
  method: 'POST',
  path: '/api/assets/:id/distributions',
  access: 'asset.manage',
  tag,
  summary: 'Record how the village decided to share out an income, household by household',
  params: idParams,
  body: command.extend({
    incomeId: id,
    proposedOn: calendarDate,
    vote: villageVote,
    shares: z
      .array(z.object({ householdNumber: text(2, 40), amountFen: amount }))
      .min(1)
      .max(5000),
  }),
  response: z.object({ id }),
});
export const decideDistribution = defineEndpoint({
  method: 'POST',
  path: '/api/distributions/:id/decision',
  access: 'asset.approve',
  tag,
  summary: 'Approve a distribution, which sets the money aside, or send it back; never by whoever proposed it',
  params: idParams,
  body: command.extend({ approve: z.boolean(), decidedOn: calendarDate, reason: text(2, 300) }),
  response: done,
});
export const payDistribution = defineEndpoint({
  method: 'POST',
  path: '/api/distributions/:id/payment',
  access: 'fund.pay',
  tag,
  summary: 'Pay the shares to the households, all at once; never by whoever approved it',
  params: idParams,
  body: command.extend({ voucherNumber: text(2, 60), paidOn: calendarDate }),
  response: z.object({ transactionId: id }),
});
export const answerShare = defineEndpoint({
  method: 'POST',
  path: '/api/distributions/:id/answers',
  access: 'asset.confirm',
  tag,
  summary: 'Record what a household says it received; never by whoever proposed or paid',
  params: idParams,
  body: command.extend({
    householdId: id,
    answer: z.enum(['received', 'less', 'nothing']),
    answeredFen: fen.min(0).max(100_000_000_000_000).optional(),
    answeredOn: calendarDate,
  }),
  response: done,
});
export const shareItem = z.object({
  householdId: id,
  householdNumber: z.string(),
  head: z.string(),
  amountFen: fen,
  answer: z.enum(['received', 'less', 'nothing']).nullable(),
  answeredFen: fen.nullable(),
  answeredOn: calendarDate.nullable(),
  answerBy: z.string().nullable(),
});
export type ShareItem = z.output<typeof shareItem>;
export const listShares = defineEndpoint({
  method: 'GET',
  path: '/api/distributions/:id/shares',
  access: 'asset.confirm',
  tag,
  summary: 'Shares of a distribution with what the households say',
  params: idParams,
  query: pageQuery,
  response: pageOf(shareItem),
});
export const disposeAsset = defineEndpoint({
  method: 'POST',
  path: '/api/assets/:id/disposal',
  access: 'asset.approve',
  tag,
  summary: 'Dispose of an asset, only with a village vote that carried; never by whoever recorded it',
  params: idParams,
  body: command.extend({
    /** `loss`: it is gone; the price is what was recovered from whoever answers for it */
    kind: z.enum(['sale', 'scrap', 'transfer', 'loss']),
    appraisedFen: fen.min(0),
    priceFen: fen.min(0),
    vote: villageVote,
    publishedOn: calendarDate.nullable().default(null),
    disposedOn: calendarDate,
    reason: text(4, 300),
  }),
  response: done,
});
export const getAsset = defineEndpoint({
  method: 'GET',
  path: '/api/assets/:id',
  access: 'project.read',
  tag,
  summary: 'An asset: owner, leases, income expected and received, distributions, inspections',
  params: idParams,
  response: assetItem.extend({
    formedOn: calendarDate,
    registeredOn: calendarDate.nullable(),
    certificateNumber: z.string().nullable(),
    stateOn: calendarDate,
    platePath: z.string(),
    leases: z.array(
      z.object({
        id,
        number: z.string(),
        lessee: z.string(),
        startOn: calendarDate,
        endOn: calendarDate,
        yearlyFen: fen,
        appraisedFen: fen,
        publishedOn: calendarDate.nullable(),
        ended: z.object({ on: calendarDate, reason: z.string(), by: z.string() }).nullable(),
        vote: recordedVote.nullable(),
        dues: z.array(
          due.extend({ ordinal: z.number().int(), receivedFen: fen, overdueDays: z.number().int(), cancelled: z.boolean() }),
        ),
      }),
    ),
    incomes: z.array(
      z.object({
        id,
        kind: z.enum(['rent', 'dividend', 'other']),
        receiptNumber: z.string(),
        amountFen: fen,
        receivedOn: calendarDate,
        indicatorId: id,
        distributed: z.boolean(),
        recordedBy: z.string(),
      }),
    ),
    distributions: z.array(
      z.object({
        id,
        incomeId: id,
        state: z.enum(['proposed', 'approved', 'paid', 'rejected']),
        totalFen: fen,
        households: z.number().int(),
        proposedOn: calendarDate,
        proposedBy: z.string(),
        decidedOn: calendarDate.nullable(),
        decidedBy: z.string().nullable(),
        decidedReason: z.string().nullable(),
        paidOn: calendarDate.nullable(),
        transactionId: id.nullable(),
        vote: recordedVote,
        received: z.number().int(),
        disputed: z.number().int(),
      }),
    ),
    inspections: z.array(
      z.object({ id, inspectedOn: calendarDate, state: assetState, note: z.string(), by: z.string() }),
    ),
    disposal: z
      .object({
        kind: z.enum(['sale', 'scrap', 'transfer', 'loss']),
        appraisedFen: fen,
        priceFen: fen,
        disposedOn: calendarDate,
        reason: z.string(),
        approvedBy: z.string(),
      })
      .nullable(),
  }),
});

const publicAsset = z.object({
  title: z.string(),
  class: assetClass,
  state: assetState,
  originalFen: fen,
  owner: z.string().nullable(),
  operator: z.string().nullable(),
  lessee: z.string().nullable(),
  dueFen: fen,
  receivedFen: fen,
  /** null where so few households share it that the figure would tell about one of them */
  distributedFen: fen.nullable(),
  households: z.number().int().nullable(),
  platePath: z.string(),
});
export const publicProject = z.object({
  id,
  number: z.string(),
  title: z.string(),
  place: regionSummary,
  category: z.object({ code: z.string(), title: z.object({ zh: z.string(), en: z.string() }) }),
  state: z.object({ code: z.string(), title: z.object({ zh: z.string(), en: z.string() }) }),
  fiscalYear: z.number().int(),
  budgetFen: fen,
  contractFen: fen,
  paidFen: fen,
  physicalPercent: z.number().int(),
  finishBy: calendarDate,
  /** while people may object */
  publishedUntil: calendarDate.nullable(),
});
export const listPublicProjects = defineEndpoint({
  method: 'GET',
  path: '/api/public/projects',
  access: 'public',
  tag: 'public',
  summary: 'Projects and assets of a division, also of a village; searchable',
  query: pageQuery.extend({ regionCode: regionCode.optional(), search: z.string().trim().max(60).optional() }),
  response: z.object({
    region: regionSummary,
    parent: regionSummary.nullable(),
    children: z.array(regionSummary),
    items: z.array(publicProject),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
    assets: z.array(publicAsset),
    /** false while nobody has set who publishes for this division */
    openContracting: z.boolean(),
    /** counties here that have public projects and no publisher: they are not in the file of the division */
    withoutPublisher: z.array(regionSummary),
  }),
});
export const listPublisherGaps = defineEndpoint({
  method: 'GET',
  path: '/api/open-contracting/gaps',
  access: 'policy.propose',
  tag: 'projects',
  summary: 'Counties whose public projects are in no open contracting file, since nobody has set who publishes for them',
  response: z.object({ items: z.array(regionSummary) }),
});
export const getPublicProject = defineEndpoint({
  method: 'GET',
  path: '/api/public/projects/:id',
  access: 'public',
  tag: 'public',
  summary: 'One project: promise, progress, contractor, pictures, what it left behind',
  params: idParams,
  response: publicProject.extend({
    works: z.string(),
    mechanism: z.string(),
    responsibleUnit: z.string(),
    startOn: calendarDate,
    completedOn: calendarDate.nullable(),
    households: z.number().int().nullable(),
    targets: z.array(
      z.object({ title: z.string(), unit: z.string(), target: z.number(), actual: z.number().nullable() }),
    ),
    contracts: z.array(
      z.object({
        title: z.string(),
        vendor: z.string(),
        method: tenderMethod,
        /** why it was not put out to open tender */
        methodReason: z.string().nullable(),
        valueFen: fen,
        paidFen: fen,
        signedOn: calendarDate,
        finishBy: calendarDate,
      }),
    ),
    photos: z.array(z.object({ id, caption: z.string() })),
    assets: z.array(publicAsset),
    openContracting: z.boolean(),
  }),
});
export const getPublicPhoto = defineEndpoint({
  method: 'GET',
  path: '/api/public/photos/:id',
  access: 'public',
  tag: 'public',
  summary: 'A released picture, without metadata',
  params: idParams,
  produces: 'image/jpeg',
});
export const getPublicPlate = defineEndpoint({
  method: 'GET',
  path: '/api/public/plates/:id',
  access: 'public',
  tag: 'public',
  summary: 'The asset behind a plate',
  params: idParams,
  response: z.object({
    asset: publicAsset,
    place: regionSummary,
    project: z.object({ id, title: z.string() }).nullable(),
  }),
});
