import { z } from 'zod';
import { calendarDate, fen, idParams, localised, timestamp } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { codeValue } from './households.ts';

const kindAmount = z.object({ kind: codeValue, fen });

/** How a figure came about: every term with its sign, what was left out, by how many people it was divided. */
export const incomeWorking = z.object({
  terms: z.array(kindAmount.extend({ sign: z.enum(['+', '-']) })),
  excluded: z.array(z.object({ item: codeValue, fen })),
  netFen: fen,
  members: z.number().int(),
  membersOn: calendarDate,
  perCapitaFen: fen.nullable(),
});
export const incomeStatement = z.object({
  source: codeValue,
  observedOn: calendarDate.nullable(),
  recordedAt: timestamp,
  recordedBy: z.string().nullable(),
  totals: z.array(kindAmount),
  items: z.array(z.object({ item: codeValue, fen })),
  /** as the source itself said it; null when it said none */
  statedPerCapitaFen: fen.nullable(),
  working: incomeWorking,
});
export type IncomeStatement = z.output<typeof incomeStatement>;
export const incomeYear = z.object({
  year: z.number().int(),
  period: z.object({ from: calendarDate, to: calendarDate }),
  formula: z.object({ basis: localised, validFrom: calendarDate }),
  /** the source that speaks first comes first */
  statements: z.array(incomeStatement),
  /** where two sources differ by more than the region lets pass */
  divergences: z.array(
    z.object({
      of: localised,
      sources: z.tuple([codeValue, codeValue]),
      fen: z.tuple([fen, fen]),
      differenceFen: fen,
    }),
  ),
});
export type IncomeYear = z.output<typeof incomeYear>;
export const getIncomeLedger = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/income',
  access: 'household.read',
  tag: 'households',
  summary: 'Income of a household by accounting year and source, with the working of the net income per head',
  params: idParams,
  query: z.object({ knownAt: timestamp.optional() }),
  response: z.object({ years: z.array(incomeYear) }),
});
export const printIncomeForm = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/income-form',
  access: 'household.propose',
  tag: 'households',
  summary: 'The income form of a household on paper, to be filled in at home and entered later',
  params: idParams,
  query: z.object({ year: z.coerce.number().int().min(2014).max(2100).optional() }),
  produces: 'text/html',
});
