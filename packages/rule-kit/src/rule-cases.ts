import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Rule } from './load-rules.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const caseSchema = z.strictObject({
  name: z.string(),
  asOf: z.iso.date(),
  /** overrides of the regional default */
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  given: z.record(z.string(), z.array(z.record(z.string(), cell))),
  expect: z.array(
    z.strictObject({
      /** symbol of the person, household or account */
      subject: z.string(),
      household: z.string().optional(),
      period: z.string().default(''),
      /** how many pieces of evidence, or which facts in any order */
      facts: z.union([z.int(), z.array(z.string())]).optional(),
      amountFen: z.int().optional(),
    }),
  ),
});
export type RuleCase = z.output<typeof caseSchema>;

/** The worked examples of a rule: boundaries, exemptions, look-alikes. */
export async function loadCases(rule: Pick<Rule, 'folder' | 'code'>): Promise<RuleCase[]> {
  const parsed = z.array(caseSchema).safeParse(parse(await readFile(join(rule.folder, 'cases.yaml'), 'utf8')));
  if (!parsed.success) throw new Error(`Rule ${rule.code}, cases.yaml: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
