import { z } from 'zod';
import type { SnapshotType } from './snapshot-tables.ts';

/** The unit is part of the meaning of a parameter, so it is written where the parameter is declared. */
export interface ParameterMeta {
  /** `thousandths` are thousandths of a percent: 10000 is 10 % */
  readonly unit:
    'fen' | 'years' | 'months' | 'days' | 'percent' | 'thousandths' | 'count' | 'month-of-year' | 'flag' | 'codes' | 'text';
  readonly zh: string;
  readonly en: string;
  /** of a list of codes: the dictionary they come from, or the codes themselves */
  readonly dictionary?: string;
  readonly choices?: readonly { readonly code: string; readonly zh: string; readonly en: string }[];
}

/** A whole number with its unit. Defaults are dated regional data, not part of the rule. */
export const wholeNumber = (meta: ParameterMeta) =>
  z
    .int()
    .min(0)
    .meta({ ...meta });
export const yesOrNo = (meta: Omit<ParameterMeta, 'unit'>) => z.boolean().meta({ ...meta, unit: 'flag' });
/** Codes joined by commas; SQL asks with `position(',' || code || ',' IN ',' || list || ',')`. */
export const codeList = (meta: Omit<ParameterMeta, 'unit'>) =>
  z
    .string()
    .regex(/^[a-z0-9-]+(,[a-z0-9-]+)*$/)
    .meta({ ...meta, unit: 'codes' });

/** Words looked for in a text, joined by 、; SQL takes them apart with `unnest(string_to_array(list, '、'))`. */
export const wordList = (meta: Omit<ParameterMeta, 'unit'>) =>
  z
    .string()
    .regex(/^[^、\s]{2,20}(、[^、\s]{2,20})*$/)
    .meta({ ...meta, unit: 'text' });

export type ParameterValues = Readonly<Record<string, number | boolean | string>>;

export interface ParameterColumn {
  readonly name: string;
  readonly column: string;
  readonly type: SnapshotType;
  readonly meta: ParameterMeta;
}

/** The columns of the relation `parameters` that a rule's SQL reads, besides `county_code`. */
export function parameterColumns(parameters: z.ZodObject): ParameterColumn[] {
  return Object.entries(parameters.shape).map(([name, schema]) => {
    const meta = z.globalRegistry.get(schema as z.ZodType) as ParameterMeta | undefined;
    if (!meta) throw new Error(`The rule parameter ${name} does not say its unit and meaning`);
    return { name, column: snakeCase(name), type: sqlTypeOf(name, schema as z.ZodType), meta };
  });
}

function sqlTypeOf(name: string, schema: z.ZodType): SnapshotType {
  if (schema instanceof z.ZodNumber) return 'BIGINT';
  if (schema instanceof z.ZodBoolean) return 'BOOLEAN';
  if (schema instanceof z.ZodString) return 'VARCHAR';
  throw new Error(`The rule parameter ${name} must be a whole number, a flag or a list of codes`);
}

const dated = z.array(
  z.object({
    validFrom: z.iso.date(),
    validTo: z.iso.date().optional(),
    basis: z.string(),
    values: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  }),
);

/** rule code → dated values; one such file per region, the base first. */
export const ruleParameterFileSchema = z.record(z.string(), dated);
export type RuleParameterFile = z.output<typeof ruleParameterFileSchema>;

/**
 * The values in force on a day: the layers go from the base down to the county, each overrides what stands above it.
 * Throws when a parameter has no value, because a rule with a guessed threshold must not run.
 */
export function resolveParameters(
  rule: { readonly code: string; readonly parameters: z.ZodObject },
  layers: readonly RuleParameterFile[],
  asOf: string,
): ParameterValues {
  const merged: Record<string, number | boolean | string> = {};
  for (const layer of layers) {
    const inForce = (layer[rule.code] ?? [])
      .filter((entry) => entry.validFrom <= asOf && (entry.validTo === undefined || asOf <= entry.validTo))
      .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    for (const entry of inForce) Object.assign(merged, entry.values);
  }
  const parsed = rule.parameters.safeParse(merged);
  if (!parsed.success) throw new Error(`Rule ${rule.code}: parameters on ${asOf}: ${z.prettifyError(parsed.error)}`);
  return parsed.data as ParameterValues;
}

/** Creates and fills `parameters` with plain literals: one row per county in scope. Works on both engines. */
export function parametersTableSql(parameters: z.ZodObject, perCounty: ReadonlyMap<string, ParameterValues>): string[] {
  const columns = parameterColumns(parameters);
  const definition = ['county_code VARCHAR', ...columns.map(({ column, type }) => `${column} ${type}`)].join(', ');
  const statements = ['DROP TABLE IF EXISTS parameters', `CREATE TEMPORARY TABLE parameters (${definition})`];
  const rows = [...perCounty].map(
    ([county, values]) => `(${[county, ...columns.map(({ name }) => values[name])].map(literal).join(', ')})`,
  );
  if (rows.length > 0) statements.push(`INSERT INTO parameters VALUES ${rows.join(', ')}`);
  return statements;
}

function literal(value: number | boolean | string | undefined): string {
  if (value === undefined) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
