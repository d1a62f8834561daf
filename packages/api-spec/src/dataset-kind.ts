import { z } from 'zod';

export const datasetFieldTypes = [
  'idNumber',
  'personName',
  'bankAccount',
  'creditCode',
  'text',
  'code',
  'month',
  'date',
  'money',
  'integer',
  'decimal',
  'flag',
] as const;

const share = z.number().min(0).max(1);
const fieldName = z.string().regex(/^[a-z][a-z0-9_]*$/u);

export const datasetFieldSchema = z.strictObject({
  name: fieldName,
  type: z.enum(datasetFieldTypes),
  /** a row without a readable value is rejected */
  required: z.boolean().default(false),
  /** column of the snapshot; default: the field's name */
  snapshot: fieldName.optional(),
  /** names that departments give the column, the usual one first */
  titles: z.array(z.string()).min(1),
  /** for `code`: our value → what departments write */
  values: z.record(z.string(), z.array(z.string())).optional(),
});

/** A kind of data that departments supply, as data: regions/<layer>/dataset-kinds/<code>.yaml. */
export const datasetKindSchema = z
  .strictObject({
    code: z.string().regex(/^[a-z][a-z0-9-]*$/u),
    title: z.strictObject({ zh: z.string(), en: z.string() }),
    provider: z.string(),
    sensitivity: z.enum(['general', 'sensitive']),
    matching: z.strictObject({ authorisationRequired: z.boolean(), keys: z.array(z.string()).length(1) }),
    legalBasis: z.string(),
    purpose: z.string(),
    delivery: z.strictObject({
      mode: z.enum(['full', 'delta', 'event']),
      rhythm: z.string(),
      freshnessDays: z.int().positive(),
    }),
    quality: z.strictObject({
      minCompleteness: share,
      minValidity: share,
      maxDuplicates: share,
      /** rows against the last accepted delivery */
      minRowsRatio: share,
    }),
    /** keep rows about nobody in the registry: a rule looks for missed people */
    keepUnmatched: z.boolean(),
    fields: z.array(datasetFieldSchema).min(1),
  })
  .check(({ value: kind, issues }) => {
    for (const key of kind.matching.keys) {
      if (kind.fields.some((field) => field.name === key && field.type === 'idNumber' && field.required)) continue;
      issues.push({ code: 'custom', message: `${key} must be a required field of type idNumber`, input: kind });
    }
    for (const field of kind.fields) {
      if ((field.type === 'code') === (field.values !== undefined)) continue;
      issues.push({
        code: 'custom',
        message: `${field.name}: values belong to type code, and only to it`,
        input: kind,
      });
    }
  });

export type DatasetKind = z.output<typeof datasetKindSchema>;
export type DatasetField = z.output<typeof datasetFieldSchema>;
