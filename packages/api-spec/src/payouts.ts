import { z } from 'zod';
import { calendarDate, command, done, exportPurpose, fen, id, idParams, localised, month, pageOf, pageQuery, regionCode, regionSummary, timestamp } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const tag = 'payouts';
const text = (least: number, most: number) => z.string().trim().min(least).max(most);
const programme = z.object({ code: z.string(), title: localised });

/** Why nobody can be paid for an enrolment as things stand; a fact of the registry, not a doubt. */
export const payoutObstacle = z.enum(['no-account', 'no-valid-id', 'left-household', 'died', 'already-listed', 'counted-once']);
export type PayoutObstacle = z.output<typeof payoutObstacle>;
export const payoutStandard = z.object({
  amountFen: fen,
  perPerson: z.boolean(),
  /** the division whose value it is */
  region: regionSummary,
  validFrom: calendarDate,
  basis: z.string(),
});
export const entitlementItem = z.object({
  enrolmentId: id,
  householdId: id,
  householdNumber: z.string(),
  region: regionSummary,
  payee: z.string(),
  accountMasked: z.string().nullable(),
  /** persons counted, or 1 for a benefit per household */
  units: z.number().int(),
  months: z.number().int(),
  standardFen: fen,
  /** standard × units × months; nothing while there is an obstacle */
  amountFen: fen,
  obstacle: payoutObstacle.nullable(),
});
export type EntitlementItem = z.output<typeof entitlementItem>;
const entitlementFilter = z.object({
  programmeCode: text(1, 60),
  month,
  /** how many months are paid at once, beginning with `month` */
  months: z.coerce.number().int().min(1).max(12).default(1),
  regionCode: regionCode.optional(),
  /** enrolments and the standard as of this day; today when left out */
  asOf: calendarDate.optional(),
});
export const listEntitlements = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/entitlements',
  access: 'payout.read',
  tag,
  summary: 'Who is to be paid how much for a month, with the working, and who cannot be paid and why',
  query: pageQuery.extend({ ...entitlementFilter.shape, obstacle: z.enum(['any', 'none']).optional() }),
  response: pageOf(entitlementItem).extend({
    asOf: calendarDate,
    standard: payoutStandard,
    payable: z.object({ lines: z.number().int(), households: z.number().int(), totalFen: fen }),
    obstacles: z.array(z.object({ obstacle: payoutObstacle, lines: z.number().int() })),
  }),
});
export const exportEntitlements = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/entitlements/export',
  access: 'payout.read',
  tag,
  summary: 'The entitlement list as CSV; logged with its purpose',
  query: entitlementFilter.extend(exportPurpose),
  produces: 'text/csv',
});

export const payoutState = z.enum(['draft', 'checked', 'approved', 'sent', 'settled', 'withdrawn']);
export type PayoutState = z.output<typeof payoutState>;
export const payoutBatchItem = z.object({
  id,
  number: z.string(),
  kind: z.enum(['monthly', 're-issue']),
  region: regionSummary,
  programme,
  month,
  months: z.number().int(),
  payDay: calendarDate,
  state: payoutState,
  lines: z.number().int(),
  households: z.number().int(),
  totalFen: fen,
  madeBy: z.string(),
  madeAt: timestamp,
});
export type PayoutBatchItem = z.output<typeof payoutBatchItem>;
const batchFilter = z.object({ regionCode: regionCode.optional(), programmeCode: z.string().max(60).optional(), month: month.optional(), state: payoutState.optional() });
export const listPayoutBatches = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/batches',
  access: 'payout.read',
  tag,
  summary: 'Batches of pay-outs',
  query: pageQuery.extend({ ...batchFilter.shape, sort: z.enum(['-made', 'made']).default('-made') }),
  response: pageOf(payoutBatchItem),
});
export const exportPayoutBatches = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/batches/export',
  access: 'payout.read',
  tag,
  summary: 'The batches as CSV; logged with its purpose',
  query: batchFilter.extend(exportPurpose),
  produces: 'text/csv',
});
const step = z.object({ by: z.string(), at: timestamp }).nullable();
export const payoutBatchView = payoutBatchItem.extend({
  asOf: calendarDate,
  planId: id,
  /** NULL where the plan lies above the reader's division */
  planTitle: z.string().nullable(),
  indicatorId: id.nullable(),
  standard: payoutStandard,
  /** when the check before paying ran and how old each dataset was */
  examined: z.object({ at: timestamp, by: z.string(), datasets: z.array(z.object({ kind: z.string(), title: localised, asOf: calendarDate.nullable() })) }).nullable(),
  proposals: z.object({ open: z.number().int(), pay: z.number().int(), hold: z.number().int() }),
  /** what is to be paid after what people held */
  payable: z.object({ lines: z.number().int(), totalFen: fen }),
  byState: z.array(z.object({ state: z.string(), lines: z.number().int(), totalFen: fen })),
  longestHoldDays: z.number().int().nullable(),
  checked: step,
  approved: step,
  sent: step,
  settledAt: timestamp.nullable(),
  withdrawnReason: z.string().nullable(),
  files: z.array(
    z.object({
      id,
      direction: z.enum(['out', 'in']),
      format: z.enum(['delimited', 'fixed-width', 'camt.053', 'mt940', 'csv']),
      fileName: z.string(),
      records: z.number().int(),
      totalFen: fen,
      /** of a file that came back: how many records had which outcome */
      outcomes: z.record(z.string(), z.number().int()).nullable(),
      by: z.string(),
      at: timestamp,
    }),
  ),
});
export type PayoutBatchView = z.output<typeof payoutBatchView>;
export const getPayoutBatch = defineEndpoint({ method: 'GET', path: '/api/payouts/batches/:id', access: 'payout.read', tag, summary: 'One batch', params: idParams, response: payoutBatchView });
export const createPayoutBatch = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/batches',
  access: 'payout.prepare',
  tag,
  summary: 'Make a batch of everybody who can be paid; it fits its plan in number and sum, or nothing is made',
  body: command.extend({
    planId: id,
    programmeCode: text(1, 60),
    month,
    months: z.number().int().min(1).max(12).default(1),
    regionCode,
    asOf: calendarDate,
    payDay: calendarDate,
  }),
  response: z.object({ id, number: z.string(), lines: z.number().int(), totalFen: fen }),
});

export const listPayoutPlans = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/plans',
  access: 'payout.prepare',
  tag,
  summary: 'Plans of direct benefits with money left, newest first: the envelopes a batch can be paid from',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({ items: z.array(z.object({ id, title: z.string(), region: regionSummary, households: z.number().int(), leftFen: fen })) }),
});

export const payoutLineState = z.enum(['listed', 'held', 'sent', 'paid', 'failed', 're-issued', 'withdrawn']);
export type PayoutLineState = z.output<typeof payoutLineState>;
export const payoutLine = z.object({
  id,
  batchId: id,
  ordinal: z.number().int(),
  householdId: id,
  region: regionSummary,
  payee: z.string(),
  accountMasked: z.string(),
  standardFen: fen,
  units: z.number().int(),
  months: z.number().int(),
  amountFen: fen,
  state: payoutLineState,
  bankCode: z.string().nullable(),
  bankText: z.string().nullable(),
  paidOn: calendarDate.nullable(),
  heldUntil: calendarDate.nullable(),
  reissuesId: id.nullable(),
});
export type PayoutLine = z.output<typeof payoutLine>;
export const listPayoutLines = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/batches/:id/lines',
  access: 'payout.read',
  tag,
  summary: 'The lines of a batch with their working',
  params: idParams,
  query: pageQuery.extend({ state: payoutLineState.optional(), regionCode: regionCode.optional(), sort: z.enum(['ordinal', '-ordinal']).default('ordinal') }),
  response: pageOf(payoutLine),
});
export const exportPayoutLines = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/batches/:id/lines/export',
  access: 'payout.read',
  tag,
  summary: 'The lines as CSV, accounts masked; logged with its purpose',
  params: idParams,
  query: z.object(exportPurpose),
  produces: 'text/csv',
});

export const payoutDoubt = z.enum(['died', 'in-custody', 'twice-in-month', 'exclusive', 'shared-account', 'owner-mismatch', 'over-standard']);
export type PayoutDoubt = z.output<typeof payoutDoubt>;
export const payoutProposal = z.object({
  id,
  line: payoutLine,
  doubt: payoutDoubt,
  /** what was found, in plain words */
  fact: localised,
  decision: z.object({ decision: z.enum(['pay', 'hold']), reason: z.string(), legalBasis: z.string().nullable(), holdDays: z.number().int().nullable(), noticeId: id.nullable(), /** the notice whose hold ended before its term */ ended: z.object({ noticeId: id, reason: z.string(), by: z.string(), on: calendarDate }).nullable(), by: z.string(), at: timestamp }).nullable(),
});
export type PayoutProposal = z.output<typeof payoutProposal>;
export const listPayoutProposals = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/batches/:id/proposals',
  access: 'payout.read',
  tag,
  summary: 'What the check before paying found; left undecided, the line is paid',
  params: idParams,
  query: pageQuery.extend({ decided: z.enum(['yes', 'no']).optional() }),
  response: pageOf(payoutProposal),
});
export const examinePayoutBatch = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/batches/:id/examination',
  access: 'payout.check',
  tag,
  summary: 'Run the check before paying; it only proposes',
  params: idParams,
  body: command,
  response: z.object({ proposals: z.number().int() }),
});
export const decidePayoutProposal = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/proposals/:id/decision',
  access: 'payout.check',
  tag,
  summary: 'Pay a proposed line all the same, or hold it for a number of days with reason, legal basis and a notice to the household',
  params: idParams,
  body: command
    .extend({ decision: z.enum(['pay', 'hold']), reason: text(2, 300), legalBasis: text(2, 300).optional(), holdDays: z.number().int().min(1).max(3650).optional(), /** of who answers, where the account has none */ contactPhone: z.string().trim().regex(/^[0-9+() -]{5,30}$/).optional() })
    .refine((body) => body.decision === 'pay' || body.legalBasis !== undefined, { path: ['legalBasis'] })
    .refine((body) => body.decision === 'pay' || body.holdDays !== undefined, { path: ['holdDays'] }),
  response: done,
});
const batchStep = (path: string, access: 'payout.check' | 'payout.approve', summary: string) => defineEndpoint({ method: 'POST', path: `/api/payouts/batches/:id/${path}`, access, tag, summary, params: idParams, body: command, response: done });
export const confirmPayoutCheck = batchStep('check', 'payout.check', 'Confirm that a batch is checked; never by whoever made it');
export const approvePayoutBatch = batchStep('approval', 'payout.approve', 'Approve a checked batch; never by whoever made or checked it');
export const withdrawPayoutBatch = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/batches/:id/withdrawal',
  access: 'payout.prepare',
  tag,
  summary: 'Withdraw a batch that has not been sent; its months can be listed again',
  params: idParams,
  body: command.extend({ reason: text(2, 300) }),
  response: done,
});

/** What the household of a held payment is told. */
export const holdNotice = z.object({
  id,
  number: z.string(),
  /** what was found, in plain words */
  fact: localised,
  reason: z.string(),
  legalBasis: z.string(),
  until: calendarDate,
  /** who answers */
  contact: z.object({ name: z.string(), phone: z.string() }),
  madeAt: timestamp,
  /** the decision was changed, the batch taken back, or the hold ended before its term */
  withdrawn: z.boolean(),
  /** the hold ended before its term: a notice of its own says so */
  ended: z.object({ number: z.string(), /** of the objection that was right */ objection: z.string().nullable(), reason: z.string(), by: z.string(), on: calendarDate }).nullable(),
});
export type HoldNotice = z.output<typeof holdNotice>;
export const getHoldNotice = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/hold-notices/:id',
  access: 'payout.read',
  tag,
  summary: 'The notice to the household of a held payment, to print, at least 18 pt',
  params: idParams,
  produces: 'text/html',
});

export const getHoldEndNotice = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/hold-notices/:id/end',
  access: 'payout.read',
  tag,
  summary: 'The notice to the household that a hold has ended before its term, to print, at least 18 pt',
  params: idParams,
  produces: 'text/html',
});
export const endPayoutHold = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/hold-notices/:id/end',
  access: 'payout.check',
  tag,
  summary: 'End a hold before its term, with a reason and a notice to the household; never by whoever made the batch',
  params: idParams,
  body: command.extend({ reason: text(2, 300) }),
  response: done,
});

/** What the household was paid, and why. */
export const listHouseholdPayouts = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/households/:id',
  access: 'payout.read',
  tag,
  summary: 'What a household was paid, what for, and what is still under way',
  params: idParams,
  query: pageQuery,
  response: pageOf(
    z.object({
      id,
      batchId: id,
      batchNumber: z.string(),
      programme,
      month,
      months: z.number().int(),
      payee: z.string(),
      standardFen: fen,
      units: z.number().int(),
      amountFen: fen,
      state: payoutLineState,
      paidOn: calendarDate.nullable(),
      bankText: z.string().nullable(),
      heldUntil: calendarDate.nullable(),
      notices: z.array(holdNotice),
      basis: z.string(),
    }),
  ),
});

export const sendPayoutBatch = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/batches/:id/dispatch',
  access: 'payout.send',
  tag,
  summary: 'Write the bank’s file of an approved batch, with control totals and signature',
  params: idParams,
  body: command.extend({ format: z.enum(['delimited', 'fixed-width']) }),
  response: z.object({ fileId: id, lines: z.number().int(), totalFen: fen }),
});
export const downloadPayoutFile = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/files/:id',
  access: 'payout.send',
  tag,
  summary: 'A file of the bank, whole accounts included; each download is recorded',
  params: idParams,
  produces: 'application/octet-stream',
});
export const bankOutcome = z.enum(['paid', 'failed', 'returned', 'returned-after-reversal', 'duplicate', 'unknown', 'wrong-amount', 'return-without-payment', 'paid-after-reissue']);
export type BankOutcome = z.output<typeof bankOutcome>;
export const importPayoutResults = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/batches/:id/results',
  access: 'payout.send',
  tag,
  summary: 'Import the bank’s answer or a statement (CAMT.053, MT940, CSV with a row of sums); a file that does not add up is refused whole, the same file twice does nothing',
  params: idParams,
  upload: true,
  response: z.object({ fileId: id, alreadyImported: z.boolean(), outcomes: z.record(z.string(), z.number().int()), state: payoutState }),
});
export const listBankRecords = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/batches/:id/records',
  access: 'payout.read',
  tag,
  summary: 'What the bank said about each payment, and what it came to',
  params: idParams,
  query: pageQuery.extend({ outcome: bankOutcome.optional() }),
  response: pageOf(z.object({ fileId: id, ordinal: z.number().int(), reference: z.string(), line: z.number().int().nullable(), outcome: bankOutcome, amountFen: fen, bankCode: z.string(), bankText: z.string(), day: calendarDate })),
});
const workFilter = z.object({ regionCode: regionCode.optional(), programmeCode: z.string().max(60).optional(), state: z.enum(['failed', 'held']).optional() });
export const payoutWorkItem = payoutLine.extend({ batchNumber: z.string(), programme, month, /** it can be issued again today */ due: z.boolean() });
export type PayoutWorkItem = z.output<typeof payoutWorkItem>;
export const listPayoutWork = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/work',
  access: 'payout.read',
  tag,
  summary: 'Payments that failed or are held, to be put right and issued again',
  query: pageQuery.extend({ ...workFilter.shape, sort: z.enum(['oldest', 'newest']).default('oldest') }),
  response: pageOf(payoutWorkItem),
});
export const exportPayoutWork = defineEndpoint({
  method: 'GET',
  path: '/api/payouts/work/export',
  access: 'payout.read',
  tag,
  summary: 'The work list as CSV; logged with its purpose',
  query: workFilter.extend(exportPurpose),
  produces: 'text/csv',
});
export const reissuePayoutLines = defineEndpoint({
  method: 'POST',
  path: '/api/payouts/batches/:id/re-issue',
  access: 'payout.prepare',
  tag,
  summary: 'Make a new batch of what failed, or whose hold has ended, to the accounts as they are now',
  params: idParams,
  body: command.extend({ planId: id, payDay: calendarDate }),
  response: z.object({ id, number: z.string(), lines: z.number().int(), totalFen: fen, leftOut: z.number().int() }),
});
