import { z } from 'zod';
import { fundStepSchema } from './fund-steps.ts';

const day = z.iso.date();
const region = z.string().regex(/^\d{12}$/);
const ref = z.string();
const household = z.string();
const bankSays = z.object({ household, code: z.string(), text: z.string() });
const people = { by: z.string(), checker: z.string(), approver: z.string() };
const answer = z.object({ day, failed: z.array(bankSays), /** the bank names these twice */ twice: z.array(household) });

const decision = z.object({
  doubt: z.string(),
  /** the first so many of these in the order of the lines */
  first: z.int(),
  hold: z.object({ days: z.int(), legalBasis: z.string() }).optional(),
  reason: z.string(),
});

/** One line of `payouts.jsonl`: money on its way to the county, and what is paid of it month by month. */
export const payoutStepSchema = z.union([
  fundStepSchema,
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('standard'), by: z.string(), decider: z.string(), regionCode: region, programmeCode: z.string(), amountFen: z.int(), validFrom: day, day, basis: z.string() }),
    z.object({
      kind: z.literal('batch'),
      ...people,
      ref,
      plan: ref,
      programmeCode: z.string(),
      month: z.string(),
      months: z.int(),
      regionCode: region,
      madeOn: day,
      asOf: day,
      payDay: day,
      format: z.enum(['delimited', 'fixed-width']),
      decisions: z.array(decision),
      /** taken back by its maker after the check */
      withdrawn: z.string().optional(),
      /** left in draft, checked by nobody yet, with a day of payment that is still to come */
      left: z.boolean().optional(),
      answer: answer.optional(),
    }),
    z.object({ kind: z.literal('re-issue'), ...people, ref, batch: ref, plan: ref, day, format: z.enum(['delimited', 'fixed-width']), answer }),
    /** a household says at the counter that a payment did not arrive */
    z.object({ kind: z.literal('not-received'), by: z.string(), batch: ref, household, text: z.string() }),
    /** a statement of the account says that money came back */
    z.object({ kind: z.literal('returned'), by: z.string(), batch: ref, day, households: z.array(household), code: z.string(), text: z.string() }),
  ]),
]);
export type PayoutStep = z.output<typeof payoutStepSchema>;

/** One line of `payouts-truth.jsonl`: what the check before paying must doubt, and what became of payments. */
export const payoutTruthSchema = z.object({
  batch: ref,
  kind: z.enum(['doubt', 'failed', 'returned', 're-issued', 'said-twice', 'not-received']),
  doubt: z.string().optional(),
  householdNumber: household,
  /** by date of birth, 1 is the oldest; null: every line of the household */
  personOrdinal: z.int().nullable(),
});
export type PayoutTruth = z.output<typeof payoutTruthSchema>;
