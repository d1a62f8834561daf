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
import { paymentAccount } from './funds.ts';

const tag = 'projects';
const amount = fen.min(1).max(100_000_000_000_000);
const text = (least: number, most: number) => z.string().trim().min(least).max(most);
const vendorSummary = z.object({ id, creditCode: z.string(), name: z.string() });

export const vendorItem = vendorSummary.extend({
  county: regionSummary,
  debarredUntil: calendarDate.nullable(),
  contracts: z.number().int(),
  valueFen: fen,
});
export type VendorItem = z.output<typeof vendorItem>;
export const listVendors = defineEndpoint({
  method: 'GET',
  path: '/api/vendors',
  access: 'project.read',
  tag,
  summary: 'Firms that bid or work, with their contracts in the division of who asks',
  query: pageQuery.extend({ search: z.string().trim().max(60).optional() }),
  response: pageOf(vendorItem),
});
export const recordVendor = defineEndpoint({
  method: 'POST',
  path: '/api/vendors',
  access: 'project.run',
  tag,
  summary: 'Record a firm. Numbers of its representative and telephone are kept as pseudonyms only',
  body: command.extend({
    creditCode: text(18, 20),
    name: text(4, 80),
    debarredUntil: calendarDate.nullable().default(null),
    representativeIdNumber: z.string().trim().max(20).optional(),
    phone: z.string().trim().max(20).optional(),
  }),
  response: z.object({ id }),
});

export const vendorChange = z.object({
  id,
  changedOn: calendarDate,
  /** null is what stayed as it was */
  name: z.string().nullable(),
  oldName: z.string().nullable(),
  debarredUntil: calendarDate.nullable(),
  oldDebarredUntil: calendarDate.nullable(),
  representative: z.boolean(),
  phone: z.boolean(),
  paper: z.string(),
  state: z.enum(['proposed', 'approved', 'refused']),
  proposedBy: z.string(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  mayDecide: z.boolean(),
});
export const getVendor = defineEndpoint({
  method: 'GET',
  path: '/api/vendors/:id',
  access: 'project.read',
  tag,
  summary: 'A firm with what changed about it, and from when',
  params: idParams,
  response: vendorSummary.extend({
    county: regionSummary,
    debarredUntil: calendarDate.nullable(),
    hasRepresentative: z.boolean(),
    changes: z.array(vendorChange),
  }),
});
export const proposeVendorChange = defineEndpoint({
  method: 'POST',
  path: '/api/vendors/:id/changes',
  access: 'project.run',
  tag,
  summary: 'Propose a change of name, representative, telephone or debarment from a day on; another person decides',
  params: idParams,
  body: command.extend({
    changedOn: calendarDate,
    name: text(4, 80).optional(),
    debarredUntil: calendarDate.optional(),
    representativeIdNumber: z.string().trim().min(1).max(20).optional(),
    phone: z.string().trim().min(5).max(20).optional(),
    /** the paper that shows it: the register's notice, the decision to debar */
    paper: text(2, 120),
  }),
  response: z.object({ id }),
});
export const decideVendorChange = defineEndpoint({
  method: 'POST',
  path: '/api/vendor-changes/:id/decision',
  access: 'project.approve',
  tag,
  summary: 'Approve or refuse the change of a firm; never by whoever proposed it',
  params: idParams,
  body: command.extend({ approve: z.boolean(), reason: text(2, 300) }),
  response: done,
});

export const tenderMethod = z.enum(['open', 'limited', 'direct']);
export const publishTender = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/tenders',
  access: 'project.run',
  tag,
  summary: 'Publish a tender of a project in the pool',
  params: idParams,
  body: command.extend({
    number: text(3, 60),
    title: text(4, 120),
    method: tenderMethod,
    methodReason: text(4, 300).optional(),
    estimateFen: amount,
    priceOnly: z.boolean(),
    publishedOn: calendarDate,
    bidsDueAt: timestamp,
  }),
  response: z.object({ id }),
});
export const recordBid = defineEndpoint({
  method: 'POST',
  path: '/api/tenders/:id/bids',
  access: 'project.run',
  tag,
  summary: 'Record a bid as received; a late one is recorded as late',
  params: idParams,
  body: command.extend({
    vendorId: id,
    amountFen: amount,
    receivedAt: timestamp,
    origin: z.string().trim().max(80).optional(),
  }),
  response: z.object({ id, late: z.boolean() }),
});
export const awardTender = defineEndpoint({
  method: 'POST',
  path: '/api/tenders/:id/award',
  access: 'project.approve',
  tag,
  summary: 'Award a tender; who was disqualified is said with the reason. Never by whoever published it',
  params: idParams,
  body: command.extend({
    bidId: id,
    awardedOn: calendarDate,
    awardNumber: text(2, 60),
    disqualified: z.array(z.object({ bidId: id, reason: text(2, 300) })).max(100),
  }),
  response: done,
});
export const cancelTender = defineEndpoint({
  method: 'POST',
  path: '/api/tenders/:id/cancellation',
  access: 'project.run',
  tag,
  summary: 'Cancel a tender, with the reason',
  params: idParams,
  body: command.extend({ reason: text(2, 300) }),
  response: done,
});

const milestoneInput = z.object({ title: text(2, 80), dueOn: calendarDate, amountFen: amount });
export const signContract = defineEndpoint({
  method: 'POST',
  path: '/api/projects/:id/contracts',
  access: 'project.run',
  tag,
  summary: 'Record a signed contract with its milestones; their amounts make the contract',
  params: idParams,
  body: command.extend({
    tenderId: id.nullable().default(null),
    /** why there was no tender, and on what basis: demanded without one, and public */
    directReason: text(4, 300).optional(),
    vendorId: id,
    number: text(2, 60),
    title: text(4, 120),
    valueFen: amount,
    signedOn: calendarDate,
    startOn: calendarDate,
    finishBy: calendarDate,
    retentionPercent: z.number().int().min(0).max(20),
    retentionUntil: calendarDate,
    milestones: z.array(milestoneInput).min(1).max(30),
  }),
  response: z.object({ id }),
});
/** up to three decimals */
const quantity = z.number().positive().max(10_000_000).multipleOf(0.001);
export const recordContractItems = defineEndpoint({
  method: 'POST',
  path: '/api/contracts/:id/items',
  access: 'project.run',
  tag,
  summary: 'Record the bill of quantities of a contract, once; its items make the sum that was signed',
  params: idParams,
  body: command.extend({
    items: z.array(z.object({ itemCode: text(2, 40), title: text(2, 80), quantity, unitPriceFen: amount })).min(1).max(200),
  }),
  response: done,
});
export const measureContractItem = defineEndpoint({
  method: 'POST',
  path: '/api/contracts/:id/measurements',
  access: 'project.run',
  tag,
  summary: 'Record how much of an item was measured on site, with the paper that shows it; never by whoever signed',
  params: idParams,
  body: command.extend({ ordinal: z.number().int().min(1).max(200), quantity: quantity.or(z.literal(0)), measuredOn: calendarDate, documentId: id }),
  response: done,
});
export const amendContract = defineEndpoint({
  method: 'POST',
  path: '/api/contracts/:id/amendments',
  access: 'project.approve',
  tag,
  summary: 'Record an amendment of value or dates, with the reason; never by whoever signed',
  params: idParams,
  body: command.extend({
    amendedOn: calendarDate,
    changeFen: fen.min(-100_000_000_000_000).max(100_000_000_000_000),
    finishBy: calendarDate,
    reason: text(4, 500),
  }),
  response: z.object({ id }),
});
export const confirmMilestone = defineEndpoint({
  method: 'POST',
  path: '/api/contracts/:id/milestones',
  access: 'project.run',
  tag,
  summary: 'Confirm that a milestone was met, with a paper of the project as evidence',
  params: idParams,
  body: command.extend({ milestone: z.number().int().min(1).max(40), metOn: calendarDate, documentId: id }),
  response: done,
});
export const recordInvoice = defineEndpoint({
  method: 'POST',
  path: '/api/contracts/:id/invoices',
  access: 'project.run',
  tag,
  summary: 'Record an invoice; the same number counts once in a county',
  params: idParams,
  body: command.extend({
    number: z
      .string()
      .trim()
      .regex(/^[0-9]{8,20}$/),
    issuedOn: calendarDate,
    amountFen: amount,
  }),
  response: z.object({ id }),
});
export const voidInvoice = defineEndpoint({
  method: 'POST',
  path: '/api/invoices/:id/void',
  access: 'project.run',
  tag,
  summary: 'Record that an invoice was voided, also one that was already paid',
  params: idParams,
  body: command.extend({ voidOn: calendarDate, reason: text(2, 300) }),
  response: done,
});
export const payContract = defineEndpoint({
  method: 'POST',
  path: '/api/contracts/:id/payments',
  access: 'fund.pay',
  tag,
  summary: 'Pay a milestone that was met, by its invoices, from a plan of the project; never above the contract',
  params: idParams,
  body: command.extend({
    planId: id,
    milestone: z.number().int().min(1).max(40),
    invoiceIds: z.array(id).min(1).max(50),
    voucherNumber: text(2, 60),
    accountKind: paymentAccount.default('unit'),
    amountFen: amount,
    paidOn: calendarDate,
  }),
  response: z.object({ id, transactionId: id }),
});
export const endContract = defineEndpoint({
  method: 'POST',
  path: '/api/contracts/:id/end',
  access: 'project.approve',
  tag,
  summary: 'Close a contract as completed or terminated',
  params: idParams,
  body: command.extend({ state: z.enum(['completed', 'terminated']), endedOn: calendarDate, reason: text(2, 300) }),
  response: done,
});

export const contractItem = z.object({
  id,
  number: z.string(),
  title: z.string(),
  region: regionSummary,
  project: z.object({ id, number: z.string(), title: z.string() }),
  vendor: vendorSummary,
  method: tenderMethod,
  signedFen: fen,
  valueFen: fen,
  paidFen: fen,
  signedOn: calendarDate,
  finishBy: calendarDate,
  state: z.enum(['active', 'completed', 'terminated']),
});
export type ContractItem = z.output<typeof contractItem>;
const contractFilter = z.object({
  regionCode: regionCode.optional(),
  state: contractItem.shape.state.optional(),
  vendorId: id.optional(),
  search: z.string().trim().max(60).optional(),
});
export const listContracts = defineEndpoint({
  method: 'GET',
  path: '/api/contracts',
  access: 'project.read',
  tag,
  summary: 'Works contracts, latest first',
  query: pageQuery.extend(contractFilter.shape),
  response: pageOf(contractItem),
});
export const exportContracts = defineEndpoint({
  method: 'GET',
  path: '/api/contracts/export',
  access: 'project.read',
  tag,
  summary: 'The list as CSV; logged with its purpose',
  query: contractFilter.extend({ purpose: z.string().trim().min(4).max(200) }),
  produces: 'text/csv',
});
export const getContract = defineEndpoint({
  method: 'GET',
  path: '/api/contracts/:id',
  access: 'project.read',
  tag,
  summary: 'A contract: milestones, invoices, payments, amendments',
  params: idParams,
  response: contractItem.extend({
    /** why it was not put out to open tender */
    directReason: z.string().nullable(),
    startOn: calendarDate,
    retentionPercent: z.number().int(),
    retentionUntil: calendarDate,
    /** how much more may be paid today */
    payableFen: fen,
    endedOn: calendarDate.nullable(),
    endedReason: z.string().nullable(),
    milestones: z.array(
      z.object({
        ordinal: z.number().int(),
        title: z.string(),
        dueOn: calendarDate,
        amountFen: fen,
        paidFen: fen,
        metOn: calendarDate.nullable(),
        documentId: id.nullable(),
        confirmedBy: z.string().nullable(),
      }),
    ),
    items: z.array(
      z.object({
        ordinal: z.number().int(),
        item: z.object({ code: z.string(), title: localised, unit: localised }),
        title: z.string(),
        quantity: z.number(),
        unitPriceFen: fen,
        /** the reference price of the day of signing; NULL where none is set */
        referenceFen: fen.nullable(),
        measured: z.number().nullable(),
        measuredOn: calendarDate.nullable(),
        measuredBy: z.string().nullable(),
      }),
    ),
    amendments: z.array(
      z.object({
        id,
        amendedOn: calendarDate,
        changeFen: fen,
        finishBy: calendarDate,
        reason: z.string(),
        recordedBy: z.string(),
      }),
    ),
    invoices: z.array(
      z.object({
        id,
        number: z.string(),
        issuedOn: calendarDate,
        amountFen: fen,
        used: z.boolean(),
        voidOn: calendarDate.nullable(),
        voidReason: z.string().nullable(),
      }),
    ),
    payments: z.array(
      z.object({
        id,
        milestone: z.number().int(),
        voucherNumber: z.string(),
        amountFen: fen,
        paidOn: calendarDate,
        state: z.enum(['paid', 'reversed']),
        transactionId: id,
      }),
    ),
    plans: z.array(z.object({ id, title: z.string(), leftFen: fen })),
    documents: z.array(z.object({ id, fileName: z.string() })),
  }),
});
export const getProcurement = defineEndpoint({
  method: 'GET',
  path: '/api/projects/:id/procurement',
  access: 'project.read',
  tag,
  summary: 'Tenders of a project with their bids, and its contracts',
  params: idParams,
  response: z.object({
    tenders: z.array(
      z.object({
        id,
        number: z.string(),
        title: z.string(),
        method: tenderMethod,
        methodReason: z.string().nullable(),
        estimateFen: fen,
        priceOnly: z.boolean(),
        publishedOn: calendarDate,
        bidsDueAt: timestamp,
        state: z.enum(['active', 'awarded', 'cancelled']),
        awardedOn: calendarDate.nullable(),
        awardNumber: z.string().nullable(),
        closedReason: z.string().nullable(),
        bids: z.array(
          z.object({
            id,
            vendor: vendorSummary,
            amountFen: fen,
            receivedAt: timestamp,
            late: z.boolean(),
            state: z.enum(['valid', 'disqualified']),
            reason: z.string().nullable(),
            won: z.boolean(),
          }),
        ),
      }),
    ),
    contracts: z.array(contractItem),
  }),
});

const openDocument = z.record(z.string(), z.unknown());
export const getOpenContractingRelease = defineEndpoint({
  method: 'GET',
  path: '/api/public/open-contracting/releases/:id',
  access: 'public',
  tag: 'public',
  summary: 'One contracting process as an OCDS 1.1 release package; the address stays',
  params: idParams,
  response: openDocument,
});
export const getOpenContractingProject = defineEndpoint({
  method: 'GET',
  path: '/api/public/open-contracting/projects/:id',
  access: 'public',
  tag: 'public',
  summary: 'One project as an OC4IDS 0.9 project package; the address stays',
  params: idParams,
  response: openDocument,
});
export const getOpenContractingBulk = defineEndpoint({
  method: 'GET',
  path: '/api/public/open-contracting/bulk',
  access: 'public',
  tag: 'public',
  summary: 'All contracting processes, or all projects, of a division and year in one package',
  query: z.object({
    kind: z.enum(['releases', 'projects']).default('releases'),
    regionCode: regionCode.optional(),
    fiscalYear: z.coerce.number().int().min(2000).max(2100).optional(),
  }),
  response: openDocument,
});
