import { z } from 'zod';
import { calendarDate, id, localised, regionCode, regionSummary } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { findingItem } from './findings.ts';

const sixth = z.object({
  code: z.string(),
  title: localised,
  value: z.number().nullable(),
  unit: z.string(),
  definition: localised,
  trend: z.array(z.object({ month: z.string(), value: z.number().nullable() })),
});
export const getCockpit = defineEndpoint({
  method: 'GET',
  path: '/api/cockpit',
  access: 'finding.read',
  tag: 'supervision',
  summary: 'Figures of a division and its children',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({
    region: regionSummary,
    totals: z.object({
      households: z.number().int(),
      persons: z.number().int(),
      open: z.number().int(),
      overdue: z.number().int(),
      decided: z.number().int(),
      confirmed: z.number().int(),
      owed: z.number().int(),
    }),
    children: z.array(
      z.object({
        region: regionSummary,
        households: z.number().int(),
        persons: z.number().int(),
        open: z.number().int(),
        overdue: z.number().int(),
        owed: z.number().int(),
      }),
    ),
    indicators: z.array(sixth),
    oldest: z.array(findingItem),
    /** the latest cross-checks that covered the division, the newest first, with their hits in it */
    runs: z.array(z.object({ id, asOf: calendarDate, hits: z.number().int() })),
    freshness: z.array(
      z.object({
        dataset: z.string(),
        title: localised,
        provider: z.string(),
        asOf: calendarDate.nullable(),
        state: z.enum(['fresh', 'stale', 'never']),
      }),
    ),
  }),
});
