import { z } from 'zod';

const amountFen = z.number().int().min(0).max(1_000_000_000);

/** What may be set at run time, and in which form. Values of rules are checked against the rule's own parameters when it runs. */
const schemas: readonly (readonly [RegExp, z.ZodType])[] = [
  [/^line\.[a-z-]+$/, amountFen],
  [/^programmes\.exclusive$/, z.array(z.tuple([z.string().max(60), z.string().max(60)])).max(100)],
  [/^finding\.answer-days$/, z.number().int().min(1).max(60)],
  [/^publication\.small-cell$/, z.number().int().min(3).max(50)],
  [/^rule\.[A-Z]\d{2}$/, z.record(z.string().max(60), z.union([z.number().int().min(0), z.boolean(), z.string().max(300)]))],
];

export function policySchemaOf(code: string): z.ZodType | undefined {
  return schemas.find(([pattern]) => pattern.test(code))?.[1];
}
