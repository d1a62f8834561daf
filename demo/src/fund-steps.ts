import { z } from 'zod';

const day = z.iso.date();
const region = z.string().regex(/^\d{12}$/);
const ref = z.string();
const base = z.object({
  /** `role:division`; the maker of the demo opens an account for each */
  by: z.string(),
  /** the refusal that this attempt must meet */
  refused: z.string().optional(),
});

/** One line of `funds.jsonl`: an ordinary command of somebody, with names instead of ids. */
export const fundStepSchema = z.discriminatedUnion('kind', [
  base.extend({
    kind: z.literal('document'),
    ref,
    regionCode: region,
    number: z.string(),
    title: z.string(),
    issuer: z.string(),
    issuedOn: day,
    amountFen: z.int(),
  }),
  base.extend({
    kind: z.literal('indicator'),
    ref,
    document: ref,
    fundCode: z.string(),
    purposeCode: z.string(),
    fiscalYear: z.int(),
    title: z.string(),
    amountFen: z.int(),
    arrivedOn: day,
  }),
  base.extend({
    kind: z.literal('allocate'),
    ref,
    from: ref,
    regionCode: region,
    documentNumber: z.string(),
    amountFen: z.int(),
    issuedOn: day,
  }),
  base.extend({ kind: z.literal('arrive'), indicator: ref, arrivedOn: day }),
  base.extend({ kind: z.literal('recall'), indicator: ref, amountFen: z.int(), recalledOn: day, reason: z.string() }),
  base.extend({ kind: z.literal('carry'), ref, indicator: ref, carriedOn: day, documentNumber: z.string() }),
  base.extend({
    kind: z.literal('plan'),
    ref,
    indicator: ref,
    planKind: z.enum(['project', 'direct-benefit']),
    useCode: z.string(),
    title: z.string(),
    placeCode: region,
    households: z.int(),
    amountFen: z.int(),
    plannedOn: day,
    finishBy: day,
    /** a project step before it */
    project: ref.optional(),
  }),
  base.extend({ kind: z.literal('vendor'), ref, countyCode: region, name: z.string(), creditCode: z.string(), representativeIdNumber: z.string().optional() }),
  /** Declared by the village, reviewed by the town, approved by the county, tendered and contracted; days follow from `plannedOn`. */
  base.extend({
    kind: z.literal('project'),
    ref,
    title: z.string(),
    placeCode: region,
    categoryCode: z.string(),
    households: z.int(),
    amountFen: z.int(),
    plannedOn: day,
    /** shares of the contract, in the order they are paid */
    milestones: z.array(z.int()),
    /** the first is the winner */
    vendors: z.array(ref),
    photo: z.int(),
    wrong: z.string().optional(),
  }),
  /** Carries a project on as far as the day of the demo allows. */
  base.extend({
    kind: z.literal('works'),
    project: ref,
    plannedOn: day,
    progress: z.number(),
    wrong: z.string().optional(),
    asset: z.string().optional(),
  }),
  base.extend({
    kind: z.literal('asset'),
    ref,
    project: ref.optional(),
    title: z.string(),
    placeCode: region,
    assetClass: z.enum(['operating', 'public']),
    amountFen: z.int(),
    formedOn: day,
    vendor: ref,
    countyCode: region,
    households: z.int(),
    wrong: z.string().optional(),
  }),
  /** `perHouseholdFen`: to every registered household of the place, at most as many as the amount allows */
  base.extend({
    kind: z.literal('pay'),
    ref,
    plan: ref,
    voucherNumber: z.string(),
    payeeKind: z.enum(['vendor', 'village', 'household']),
    payee: z.string().optional(),
    placeCode: region.optional(),
    perHouseholdFen: z.int().optional(),
    amountFen: z.int(),
    paidOn: day,
    /** by the contract of a project: which of its milestones */
    project: ref.optional(),
    milestone: z.int().optional(),
    invoiceNumber: z.string().optional(),
    wrong: z.string().optional(),
  }),
  base.extend({ kind: z.literal('reverse'), payment: ref, day, reason: z.string() }),
]);
export type FundStep = z.output<typeof fundStepSchema>;

/** One line of `funds-truth.jsonl`: what is wrong, by document number (or title of a project or asset) and division. */
export const fundTruthSchema = z.object({
  label: z.enum(['planted', 'look-alike', 'refused']),
  rule: z.string(),
  note: z.string(),
  documentNumber: z.string(),
  regionCode: region,
  /** in place of a document: the household a finding is about */
  household: z.string().optional(),
  /** '' or YYYY */
  period: z.string(),
});
export type FundTruth = z.output<typeof fundTruthSchema>;
