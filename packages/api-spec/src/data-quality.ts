import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  exportPurpose,
  id,
  idParams,
  localised,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const qualityCheckSummary = z.object({
  code: z.string(),
  title: localised,
  subject: z.enum(['household', 'person']),
  scope: z.enum(['lifted', 'monitored', 'assisted', 'all']),
  /** what to look at and correct */
  fields: z.array(localised),
  /** id of the working set that counties know such a check by */
  sourceRef: z.string().nullable(),
  open: z.number().int(),
  accepted: z.number().int(),
});
export type QualityCheckSummary = z.output<typeof qualityCheckSummary>;
export const listQualityChecks = defineEndpoint({
  method: 'GET',
  path: '/api/data-quality/checks',
  access: 'household.read',
  tag: 'data-quality',
  summary: 'What is checked in the registry, with how much is open in a division',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({ items: z.array(qualityCheckSummary), sweptAt: calendarDate.nullable() }),
});

const itemFilter = z.object({
  regionCode: regionCode.optional(),
  check: z.string().max(80).optional(),
  state: z.enum(['open', 'accepted']).default('open'),
});
export const qualityItem = z.object({
  id,
  household: z.object({ id, number: z.string(), headName: z.string() }),
  person: z.object({ id, name: z.string() }).nullable(),
  region: regionSummary,
  check: z.object({ code: z.string(), title: localised }),
  fields: z.array(localised),
  /** what a form can correct here: names of our fields, and titles of columns of the county's own table */
  correctable: z.object({ fields: z.array(z.string()), columns: z.array(z.string()) }),
  foundAt: timestamp,
  state: z.enum(['open', 'accepted']),
  accepted: z.object({ by: z.string(), at: timestamp, reason: z.string() }).nullable(),
});
export type QualityItem = z.output<typeof qualityItem>;
export const listQualityItems = defineEndpoint({
  method: 'GET',
  path: '/api/data-quality/items',
  access: 'household.read',
  tag: 'data-quality',
  summary: 'The work list: what does not add up, village by village',
  query: pageQuery.extend(itemFilter.shape),
  response: pageOf(qualityItem),
});
export const exportQualityItems = defineEndpoint({
  method: 'GET',
  path: '/api/data-quality/items/export',
  access: 'household.export',
  tag: 'data-quality',
  summary: 'The work list as a masked, watermarked CSV; logged with its purpose',
  query: itemFilter.extend(exportPurpose),
  produces: 'text/csv',
});
export const acceptQualityItem = defineEndpoint({
  method: 'POST',
  path: '/api/data-quality/items/:id/accept',
  access: 'household.change',
  tag: 'data-quality',
  summary: 'Somebody looked: the record is right as it stands',
  params: idParams,
  body: command.extend({ reason: z.string().trim().min(2).max(400) }),
  response: done,
});
export const reopenQualityItem = defineEndpoint({
  method: 'POST',
  path: '/api/data-quality/items/:id/reopen',
  access: 'household.change',
  tag: 'data-quality',
  summary: 'Put an accepted item back on the work list',
  params: idParams,
  body: command,
  response: done,
});
export const refreshQuality = defineEndpoint({
  method: 'POST',
  path: '/api/data-quality/refresh',
  access: 'household.change',
  tag: 'data-quality',
  summary: 'Check all records of a division anew',
  body: command.extend({ regionCode }),
  response: z.object({ taskId: id }),
});
export const getQualityTrend = defineEndpoint({
  method: 'GET',
  path: '/api/data-quality/trend',
  access: 'household.read',
  tag: 'data-quality',
  summary: 'Open items of a division day by day',
  query: z.object({ regionCode: regionCode.optional(), check: z.string().max(80).optional() }),
  response: z.object({ items: z.array(z.object({ day: calendarDate, open: z.number().int() })) }),
});
export const checkHouseholdQuality = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/quality',
  access: 'household.read',
  tag: 'data-quality',
  summary: 'What the checks say about one household as it stands now',
  params: idParams,
  response: z.object({
    items: z.array(
      z.object({
        check: z.object({ code: z.string(), title: localised }),
        personId: id.nullable(),
        fields: z.array(localised),
      }),
    ),
  }),
});
