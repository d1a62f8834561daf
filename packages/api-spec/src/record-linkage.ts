import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  exportPurpose,
  id,
  idParams,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
  timestamp,
} from './common.ts';
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

export const linkageState = z.enum(['open', 'undecided', 'different', 'same']);
const pairPerson = z.object({
  personId: id,
  householdId: id,
  householdNumber: z.string(),
  /** masked by role, as everywhere */
  name: z.string(),
  region: regionSummary,
});
export const linkagePair = z.object({
  id,
  /** that both are one person, in percent, as the model believes: a hint for whoever looks, never a decision */
  probabilityPercent: z.number(),
  state: linkageState,
  foundAt: timestamp,
  persons: z.array(pairPerson).length(2),
});
export type LinkagePair = z.output<typeof linkagePair>;

const pairFilter = z.object({
  regionCode: regionCode.optional(),
  state: linkageState.default('open'),
  sort: z.enum(['-probability', 'probability']).default('-probability'),
});
export const listLinkagePairs = defineEndpoint({
  method: 'GET',
  path: '/api/record-linkage/pairs',
  access: 'household.read',
  tag: 'record-linkage',
  summary: 'Who may stand in the registry twice, within divisions that I see whole',
  query: pageQuery.extend(pairFilter.shape),
  response: pageOf(linkagePair),
});
export const exportLinkagePairs = defineEndpoint({
  method: 'GET',
  path: '/api/record-linkage/pairs/export',
  access: 'household.export',
  tag: 'record-linkage',
  summary: 'The list of possible double entries as a masked, marked CSV; recorded with its purpose',
  query: pairFilter.extend(exportPurpose),
  produces: 'text/csv',
});
export const linkageStep = z.object({ part: z.string(), level: z.string(), weight: z.number() });
export const linkagePairView = linkagePair.extend({
  /** what belongs side by side, masked */
  records: z
    .array(
      z.object({
        personId: id,
        idNumberMasked: z.string(),
        birthYear: z.number().int().nullable(),
        sex: z.string().nullable(),
        relation: z.string().nullable(),
        phoneMasked: z.string().nullable(),
        programmes: z.array(z.string()),
        /** an earlier merge: this record is an alias of another one */
        aliasOf: id.nullable(),
      }),
    )
    .length(2),
  steps: z.array(linkageStep),
  decisions: z.array(
    z.object({
      decision: z.enum(['same', 'different', 'undecided', 'reopened']),
      keptPersonId: id.nullable(),
      reason: z.string(),
      by: z.string(),
      at: timestamp,
    }),
  ),
});
export type LinkagePairView = z.output<typeof linkagePairView>;
export const getLinkagePair = defineEndpoint({
  method: 'GET',
  path: '/api/record-linkage/pairs/:id',
  access: 'household.read',
  tag: 'record-linkage',
  summary: 'Both records side by side, and why they may be one person',
  params: idParams,
  response: linkagePairView,
});
export const decideLinkagePair = defineEndpoint({
  method: 'POST',
  path: '/api/record-linkage/pairs/:id/decide',
  access: 'household.change',
  tag: 'record-linkage',
  summary: 'Same (the other id becomes an alias), different, not to be decided yet, or open again; with a reason',
  params: idParams,
  body: command
    .extend({
      decision: z.enum(['same', 'different', 'undecided', 'reopened']),
      keptPersonId: id.optional(),
      reason: z.string().trim().min(2).max(400),
    })
    .refine((body) => (body.decision === 'same') === (body.keptPersonId !== undefined), { path: ['keptPersonId'] }),
  response: done,
});
export const searchLinkagePairs = defineEndpoint({
  method: 'POST',
  path: '/api/record-linkage/search',
  access: 'household.change',
  tag: 'record-linkage',
  summary: 'Search a division for persons who may stand in the registry twice',
  body: command.extend({ regionCode }),
  response: z.object({ taskId: id }),
});
export const getLinkageSummary = defineEndpoint({
  method: 'GET',
  path: '/api/record-linkage/summary',
  access: 'household.read',
  tag: 'record-linkage',
  summary:
    'When a division was last searched, what its thresholds mean, and whether there is more with the divisions above',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({
    searchedAt: timestamp.nullable(),
    persons: z.number().int().nullable(),
    expected: z.array(
      z.object({ probability: z.number(), pairs: z.number().int(), precision: z.number(), recall: z.number() }),
    ),
    /** open pairs with somebody of this division that a division above has to open */
    elsewhere: z.array(z.object({ region: regionSummary, pairs: z.number().int() })),
  }),
});
