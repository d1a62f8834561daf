import { z } from 'zod';
import { calendarDate, id, regionSummary } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

/** How a registered person's identity number relates to what was typed. */
export const numberAgreement = z.enum(['same', 'transposed', 'one-digit', 'not-compared']);
export const nameAgreement = z.enum(['same', 'variant', 'homophone', 'one-character', 'other', 'missing']);

export const possibleDuplicate = z.object({
  number: numberAgreement,
  name: nameAgreement,
  /** masked by role */
  person: z.object({ id, name: z.string() }),
  household: z.object({ id, number: z.string() }),
  region: regionSummary,
});
export type PossibleDuplicate = z.output<typeof possibleDuplicate>;

export const findPossibleDuplicates = defineEndpoint({
  method: 'POST',
  path: '/api/persons/possible-duplicates',
  access: 'household.change',
  tag: 'record-linkage',
  summary: 'Before somebody is entered: who is registered with this number, one mistyped, or this name and birth date',
  body: z
    .object({
      name: z.string().trim().min(1).max(60),
      idNumber: z.string().trim().max(30).optional(),
      birthDate: calendarDate.optional(),
    })
    .refine((typed) => typed.idNumber !== undefined || typed.birthDate !== undefined, { path: ['idNumber'] }),
  response: z.object({
    items: z.array(possibleDuplicate),
    /** somebody of another division may be the same person: only that, and the division in charge of both */
    elsewhere: regionSummary.nullable(),
  }),
});
