import { z } from 'zod';

/** One line of `truth.jsonl`. No identity numbers: a person is the household number and the position by date of birth. */
export const truthLineSchema = z.object({
  label: z.enum(['planted', 'look-alike']),
  rule: z.string(),
  note: z.string(),
  /** all households involved; more than one only for shared accounts */
  householdNumbers: z.array(z.string()).min(1),
  /** 1 is the oldest; null when the finding is about a household or an account */
  personOrdinal: z.int().min(1).nullable(),
  /** '' or YYYY or YYYY-MM */
  period: z.string(),
});
export type TruthLine = z.output<typeof truthLineSchema>;
