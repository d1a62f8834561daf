import { z } from 'zod';

const days = z.number().int().min(1).max(3650);
const amountFen = z.number().int().min(0).max(1_000_000_000);

/** What may be set at run time, and in which form. */
const schemas: readonly (readonly [RegExp, z.ZodType])[] = [
  [/^line\.[a-z-]+$/, amountFen],
  [/^programmes\.exclusive$/, z.array(z.tuple([z.string().max(60), z.string().max(60)])).max(100)],
  [/^finding\.due\.[a-z-]+$/, z.number().int().min(1).max(60)],
  [/^publication\.small-cell$/, z.number().int().min(3).max(50)],
  [/^fund\.clock\.pass-on-days$/, z.object({ yellow: days, orange: days, red: days }).strict().refine((value) => value.yellow < value.orange && value.orange < value.red)],
  [/^fund\.clock\.idle-days$/, z.object({ orange: days, red: days }).strict().refine((value) => value.orange < value.red)],
  [/^fund\.clock\.arrival-working-days$/, z.number().int().min(1).max(120)],
  [/^fund\.progress\.percent-by-month$/, z.record(z.string().regex(/^(0[1-9]|1[0-2])$/), z.number().int().min(0).max(100))],
];

type RuleSchemaSource = (ruleCode: string) => Promise<z.ZodType | undefined>;
let ruleSchemas: RuleSchemaSource = async () => undefined;

/** The rules stand above this module: whoever knows them says which values a rule takes. */
export function registerRuleSchemas(source: RuleSchemaSource): void {
  ruleSchemas = source;
}

export async function findPolicySchema(code: string): Promise<z.ZodType | undefined> {
  const rule = /^rule\.([A-Z]\d{2})$/.exec(code)?.[1];
  return rule ? ruleSchemas(rule) : schemas.find(([pattern]) => pattern.test(code))?.[1];
}
