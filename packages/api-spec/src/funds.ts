import { z } from 'zod';
import { calendarDate, command, done, exportPurpose, fen, id, idParams, localised, pageOf, pageQuery, regionCode, regionSummary, timeSort, timestamp } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';

const tag = 'funds';
/** An amount somebody enters: whole fen, more than nothing, at most a trillion yuan. */
const amount = fen.min(1).max(100_000_000_000_000);
const text = (least: number, most: number) => z.string().trim().min(least).max(most);
const fiscalYear = z.coerce.number().int().min(2000).max(2100);

export const fundSource = z.enum(['central', 'provincial', 'city', 'county', 'social', 'village']);
const worded = z.object({ code: z.string(), title: localised });
export const getFundCatalogue = defineEndpoint({
  method: 'GET',
  path: '/api/funds/catalogue',
  access: 'fund.read',
  tag,
  summary: 'Kinds of funds, their purposes, negative lists, factors and carry-over rules',
  response: z.object({
    funds: z.array(
      z.object({
        code: z.string(),
        title: localised,
        source: fundSource,
        validFrom: calendarDate,
        validTo: calendarDate.nullable(),
        purposes: z.array(worded),
        negativeList: z.array(worded),
        factors: z.array(z.object({ title: localised, share: z.number().int() })),
        carryOverYears: z.number().int().nullable(),
        basis: z.string(),
      }),
    ),
  }),
});

export const sourceDocument = z.object({
  id,
  region: regionSummary,
  number: z.string(),
  title: z.string(),
  issuer: z.string(),
  issuedOn: calendarDate,
  amountFen: fen,
  /** what indicators have been made of it */
  indicatedFen: fen,
  recordedBy: z.string(),
});
export const listSourceDocuments = defineEndpoint({
  method: 'GET',
  path: '/api/funds/documents',
  access: 'fund.read',
  tag,
  summary: 'Documents by which money was given',
  query: pageQuery.extend({ regionCode: regionCode.optional(), search: z.string().trim().max(60).optional(), sort: timeSort }),
  response: pageOf(sourceDocument),
});
export const exportSourceDocuments = exportOf(listSourceDocuments);
export const recordSourceDocument = defineEndpoint({
  method: 'POST',
  path: '/api/funds/documents',
  access: 'fund.allocate',
  tag,
  summary: 'Record a document by which money is given',
  body: command.extend({
    regionCode,
    number: text(3, 60),
    title: text(4, 200),
    issuer: text(2, 80),
    issuedOn: calendarDate,
    amountFen: amount,
  }),
  response: z.object({ id }),
});

export const clockLevel = z.enum(['none', 'running', 'yellow', 'orange', 'red']);
export type ClockLevel = z.output<typeof clockLevel>;
const balances = z.object({
  inTransitFen: fen,
  availableFen: fen,
  plannedFen: fen,
  paidFen: fen,
  passedOnFen: fen,
  carriedForwardFen: fen,
  /** what is left after recalls and withdrawals */
  receivedFen: fen,
});
export const clock = z.object({
  level: clockLevel,
  /** what the clock waits for */
  waitingFor: z.enum(['nothing', 'arrival', 'passing-on']),
  /** calendar days since the money was issued (arrival) or arrived (passing on) */
  days: z.number().int(),
  workingDays: z.number().int(),
});
export const indicatorItem = z.object({
  id,
  kind: z.enum(['source', 'allocation', 'carry-over']),
  region: regionSummary,
  department: z.string().nullable(),
  fund: worded,
  fiscalYear: z.number().int(),
  purpose: worded,
  title: z.string(),
  documentNumber: z.string(),
  amountFen: fen,
  issuedOn: calendarDate,
  expectedOn: calendarDate,
  arrivedOn: calendarDate.nullable(),
  state: z.enum(['in-transit', 'held', 'withdrawn']),
  balances,
  clock,
});
export type IndicatorItem = z.output<typeof indicatorItem>;
const indicatorFilter = z.object({
  regionCode: regionCode.optional(),
  fundCode: z.string().max(60).optional(),
  fiscalYear: fiscalYear.optional(),
  state: z.enum(['in-transit', 'held', 'withdrawn']).optional(),
  /** `late` = yellow or worse */
  clock: z.enum(['late', 'orange', 'red']).optional(),
});
export const listIndicators = defineEndpoint({
  method: 'GET',
  path: '/api/funds/indicators',
  access: 'fund.read',
  tag,
  summary: 'Tranches of money with their balances and clocks',
  query: pageQuery.extend({ ...indicatorFilter.shape, sort: z.enum(['-issued', 'clock']).default('-issued') }),
  response: pageOf(indicatorItem),
});
export const exportIndicators = defineEndpoint({
  method: 'GET',
  path: '/api/funds/indicators/export',
  access: 'fund.read',
  tag,
  summary: 'The list as CSV; logged with its purpose',
  query: indicatorFilter.extend(exportPurpose),
  produces: 'text/csv',
});

const hop = z.object({ id, region: regionSummary, documentNumber: z.string(), amountFen: fen, issuedOn: calendarDate, arrivedOn: calendarDate.nullable() });
export const planItem = z.object({
  id,
  kind: z.enum(['project', 'direct-benefit', 'management-fee']),
  title: z.string(),
  use: worded,
  place: regionSummary,
  households: z.number().int(),
  amountFen: fen,
  paidFen: fen,
  plannedOn: calendarDate,
  finishBy: calendarDate,
  negativeWords: z.array(z.string()),
  state: z.enum(['planned', 'cancelled']),
  plannedBy: z.string(),
  transactionId: id,
});
/** where a payment to a unit went: the unit's account, somebody's own account, or cash */
export const paymentAccount = z.enum(['unit', 'personal', 'cash']);
export type PaymentAccount = z.output<typeof paymentAccount>;
export const paymentItem = z.object({
  id,
  planId: id,
  voucherNumber: z.string(),
  payeeKind: z.enum(['vendor', 'village', 'institution', 'household']),
  payee: z.string(),
  accountKind: paymentAccount,
  households: z.number().int(),
  amountFen: fen,
  paidOn: calendarDate,
  state: z.enum(['paid', 'reversed']),
  paidBy: z.string(),
  transactionId: id,
});
export const fundAttachment = z.object({ id, fileName: z.string(), size: z.number().int(), addedAt: timestamp, addedBy: z.string() });
export type FundAttachment = z.output<typeof fundAttachment>;
const evidence = (path: string, access: 'fund.allocate' | 'fund.pay', what: string) =>
  [
    defineEndpoint({ method: 'POST', path: `${path}/:id/attachments`, access, tag, summary: `Attach a paper or picture to ${what} (multipart: file, commandId)`, params: idParams, upload: true, response: z.object({ id }) }),
    defineEndpoint({ method: 'GET', path: `${path}/:id/attachments/:attachmentId`, access: 'fund.read', tag, summary: `A file attached to ${what}; opening it is recorded`, params: z.object({ id, attachmentId: id }), produces: 'application/octet-stream' }),
  ] as const;
export const [attachToFundDocument, downloadFundDocumentFile] = evidence('/api/funds/documents', 'fund.allocate', 'a document of funds');
export const [attachToTransaction, downloadTransactionFile] = evidence('/api/ledger/transactions', 'fund.pay', 'a posting');
export const indicatorView = indicatorItem.extend({
  /** the document it was made of and its files, where the document is the reader's to see */
  document: z.object({ id, attachments: z.array(fundAttachment) }).nullable(),
  issuedBy: z.string(),
  arrivedBy: z.string().nullable(),
  transactionId: id,
  carryOverYears: z.number().int().nullable(),
  /** where it came from, the source first */
  lineage: z.array(hop),
  /** where it was passed on to */
  children: z.array(indicatorItem),
  plans: z.array(planItem),
  payments: z.array(paymentItem),
});
export const getIndicator = defineEndpoint({
  method: 'GET',
  path: '/api/funds/indicators/:id',
  access: 'fund.read',
  tag,
  summary: 'One tranche: where it came from, what became of it',
  params: idParams,
  response: indicatorView,
});
export const createIndicator = defineEndpoint({
  method: 'POST',
  path: '/api/funds/indicators',
  access: 'fund.allocate',
  tag,
  summary: 'Make an indicator of a document; the document’s sum is never exceeded',
  body: command.extend({
    documentId: id,
    fundCode: text(1, 60),
    purposeCode: text(1, 60),
    fiscalYear,
    title: text(2, 120),
    amountFen: amount,
    arrivedOn: calendarDate,
  }),
  response: z.object({ id }),
});
export const allocateIndicator = defineEndpoint({
  method: 'POST',
  path: '/api/funds/indicators/:id/allocations',
  access: 'fund.allocate',
  tag,
  summary: 'Pass money on to a division or department below; it is in transit until they confirm it',
  params: idParams,
  body: command.extend({
    regionCode,
    departmentCode: z.string().max(60).nullable().default(null),
    documentNumber: text(3, 60),
    amountFen: amount,
    issuedOn: calendarDate,
  }),
  response: z.object({ id }),
});
export const confirmArrival = defineEndpoint({
  method: 'POST',
  path: '/api/funds/indicators/:id/arrival',
  access: 'fund.receive',
  tag,
  summary: 'Confirm that the money arrived; never by whoever sent it',
  params: idParams,
  body: command.extend({ arrivedOn: calendarDate }),
  response: done,
});
export const recallAllocation = defineEndpoint({
  method: 'POST',
  path: '/api/funds/indicators/:id/recalls',
  access: 'fund.allocate',
  tag,
  summary: 'Take back what has not been spent, to the place it came from',
  params: idParams,
  body: command.extend({ amountFen: amount, recalledOn: calendarDate, reason: text(2, 300) }),
  response: done,
});
export const carryForward = defineEndpoint({
  method: 'POST',
  path: '/api/funds/indicators/:id/carry-forward',
  access: 'fund.allocate',
  tag,
  summary: 'Carry what is available into the next fiscal year, as often as the fund’s rule allows',
  params: idParams,
  body: command.extend({ carriedOn: calendarDate, documentNumber: text(3, 60) }),
  response: z.object({ id }),
});
export const planUse = defineEndpoint({
  method: 'POST',
  path: '/api/funds/indicators/:id/plans',
  access: 'fund.plan',
  tag,
  summary: 'Plan what the money is for: a project or a direct benefit',
  params: idParams,
  body: command.extend({
    kind: z.enum(['project', 'direct-benefit', 'management-fee']),
    useCode: text(1, 60),
    title: text(4, 200),
    placeCode: regionCode,
    projectId: id.nullable().default(null),
    households: z.number().int().min(0).max(1_000_000).default(0),
    amountFen: amount,
    plannedOn: calendarDate,
    finishBy: calendarDate,
  }),
  response: z.object({ id, negativeWords: z.array(z.string()) }),
});
export const payPlan = defineEndpoint({
  method: 'POST',
  path: '/api/funds/plans/:id/payments',
  access: 'fund.pay',
  tag,
  summary: 'Pay from a plan; never by whoever planned it; one voucher pays once',
  params: idParams,
  body: command
    .extend({
      voucherNumber: text(2, 60),
      payeeKind: z.enum(['vendor', 'village', 'institution', 'household']),
      payee: text(2, 120).optional(),
      accountKind: paymentAccount.default('unit'),
      /** for households: who gets how much; the voucher pays their sum */
      households: z
        .array(z.object({ householdId: id, amountFen: amount }))
        .max(5000)
        .default([]),
      amountFen: amount,
      paidOn: calendarDate,
    })
    .refine((body) => (body.payeeKind === 'household') === body.households.length > 0, { path: ['households'] })
    .refine((body) => body.payeeKind === 'household' || body.payee !== undefined, { path: ['payee'] })
    .refine((body) => body.households.length === 0 || body.households.reduce((sum, one) => sum + one.amountFen, 0) === body.amountFen, { path: ['amountFen'] }),
  response: z.object({ id, transactionId: id }),
});

export const getFundSummary = defineEndpoint({
  method: 'GET',
  path: '/api/funds/summary',
  access: 'fund.read',
  tag,
  summary: 'Money of a division by fund and by the divisions below, for a fiscal year',
  query: z.object({ regionCode: regionCode.optional(), fiscalYear: fiscalYear.optional() }),
  response: z.object({
    region: regionSummary,
    fiscalYear: z.number().int(),
    years: z.array(z.number().int()),
    /** percent that should be spent by now */
    expectedPercent: z.number().nullable(),
    total: balances,
    late: z.object({ yellow: z.number().int(), orange: z.number().int(), red: z.number().int() }),
    funds: z.array(z.object({ fund: worded, source: fundSource, balances })),
    places: z.array(z.object({ region: regionSummary, balances })),
  }),
});

export const transactionItem = z.object({
  id,
  kind: z.enum(['source', 'allocation', 'arrival', 'recall', 'plan', 'payment', 'carry-over', 'reversal']),
  day: calendarDate,
  book: regionSummary,
  otherBook: regionSummary.nullable(),
  totalFen: fen,
  summary: z.string(),
  reason: z.string().nullable(),
  reversesId: id.nullable(),
  reversedById: id.nullable(),
  postedBy: z.string(),
  postedAt: timestamp,
});
const transactionFilter = z.object({
  regionCode: regionCode.optional(),
  kind: transactionItem.shape.kind.optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  indicatorId: id.optional(),
});
export const listTransactions = defineEndpoint({
  method: 'GET',
  path: '/api/ledger/transactions',
  access: 'fund.read',
  tag,
  summary: 'Postings of the ledger, newest day first',
  query: pageQuery.extend(transactionFilter.shape),
  response: pageOf(transactionItem),
});
export const exportTransactions = defineEndpoint({
  method: 'GET',
  path: '/api/ledger/transactions/export',
  access: 'fund.read',
  tag,
  summary: 'Postings as CSV; logged with its purpose',
  query: transactionFilter.extend(exportPurpose),
  produces: 'text/csv',
});
export const getTransaction = defineEndpoint({
  method: 'GET',
  path: '/api/ledger/transactions/:id',
  access: 'fund.read',
  tag,
  summary: 'One posting with its lines',
  params: idParams,
  response: transactionItem.extend({
    lineCount: z.number().int(),
    attachments: z.array(fundAttachment),
    /** the first 200 */
    lines: z.array(z.object({ number: z.number().int(), book: regionSummary, account: z.string(), indicatorId: id, fund: worded, fiscalYear: z.number().int(), ofHousehold: z.boolean(), amountFen: fen })),
  }),
});
export const reverseTransaction = defineEndpoint({
  method: 'POST',
  path: '/api/ledger/transactions/:id/reversal',
  access: 'fund.reverse',
  tag,
  summary: 'Reverse a posting, once, with a reason; refused where the money has moved on',
  params: idParams,
  body: command.extend({ day: calendarDate, reason: text(2, 300) }),
  response: z.object({ id }),
});

export const listLedgerAlarms = defineEndpoint({
  method: 'GET',
  path: '/api/ledger/alarms',
  access: 'ledger.watch',
  tag,
  summary: 'Counties whose balances did not agree with their postings, open ones first',
  response: z.object({
    open: z.number().int(),
    items: z.array(
      z.object({
        id,
        county: regionSummary,
        differences: z.number().int(),
        openedAt: timestamp,
        /** when the check last found that they agree again */
        goneAt: timestamp.nullable(),
        settledAt: timestamp.nullable(),
        settledBy: z.string().nullable(),
        cause: z.string().nullable(),
      }),
    ),
  }),
});
export const settleLedgerAlarm = defineEndpoint({
  method: 'POST',
  path: '/api/ledger/alarms/:id/settlement',
  access: 'ledger.watch',
  tag,
  summary: 'Say why balances did not agree, once they agree again',
  params: idParams,
  body: command.extend({ cause: text(5, 500) }),
  response: done,
});

export const getPublicFunds = defineEndpoint({
  method: 'GET',
  path: '/api/public/funds',
  access: 'public',
  tag: 'public',
  summary: 'Money of a division by fund and by the divisions below, never below the town',
  query: z.object({ regionCode: regionCode.optional(), fiscalYear: fiscalYear.optional() }),
  response: z.object({
    region: regionSummary,
    parent: regionSummary.nullable(),
    synthetic: z.boolean(),
    fiscalYear: z.number().int().nullable(),
    years: z.array(z.number().int()),
    /** `paidFen` leaves out what went to households: that is published for whole counties, and only if they are many */
    funds: z.array(z.object({ fund: worded, purposes: z.array(localised), receivedFen: fen, paidFen: fen, basis: z.string() })),
    toHouseholdsFen: fen.nullable(),
    places: z.array(z.object({ region: regionSummary, receivedFen: fen, paidFen: fen, toHouseholdsFen: fen.nullable() })),
    projects: z.array(z.object({ title: z.string(), place: regionSummary, amountFen: fen, paidFen: fen, finishBy: calendarDate })),
  }),
});
