import { z } from 'zod';
import { calendarDate, id, idParams, localised, timestamp } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { codeValue } from './households.ts';

const sectionValue = z.union([z.string(), z.number(), z.boolean()]).nullable();
export const sectionFieldView = z.object({
  code: z.string(),
  label: localised,
  value: sectionValue,
  source: codeValue,
  /** since when this source says so */
  observedOn: calendarDate,
  /** sources in the order in which they are believed of this field */
  authority: z.array(codeValue),
  /** other sources that say something else */
  others: z.array(z.object({ value: sectionValue, source: codeValue, observedOn: calendarDate })),
});
export const sectionView = z.object({
  code: z.string(),
  title: localised,
  person: z.object({ id, name: z.string() }).nullable(),
  /** what sets the order of sources on that day; null where nothing does */
  authorityRule: z.object({ basis: z.string(), validFrom: calendarDate }).nullable(),
  fields: z.array(sectionFieldView),
});
export type SectionView = z.output<typeof sectionView>;
export const getRecordSections = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/sections',
  access: 'household.read',
  tag: 'households',
  summary:
    'Sections of the form (housing, land, employment …) with source and day of each field, and where sources differ',
  params: idParams,
  query: z.object({ asOf: calendarDate.optional(), knownAt: timestamp.optional() }),
  response: z.object({ items: z.array(sectionView) }),
});
export const listSectionForms = defineEndpoint({
  method: 'GET',
  path: '/api/record-sections',
  access: 'household.read',
  tag: 'households',
  summary: 'What the sections ask, and which source is believed first',
  response: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        of: z.enum(['household', 'person']),
        title: localised,
        fields: z.array(
          z.object({
            code: z.string(),
            kind: z.enum(['flag', 'number', 'text']),
            label: localised,
            max: z.number().nullable(),
            authority: z.array(codeValue),
          }),
        ),
      }),
    ),
  }),
});
