import { z } from 'zod';
import { calendarDate, command, done, id, idParams, localised, timestamp } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const namedKind = z.object({ code: z.string(), title: localised });
export const signedBy = z.enum(['self', 'guardian', 'proxy']);
export const authorisationItem = z.object({
  id,
  personId: id,
  personName: z.string(),
  kinds: z.array(namedKind),
  purpose: z.string(),
  signedBy,
  signerName: z.string().nullable(),
  signedOn: calendarDate,
  validUntil: calendarDate.nullable(),
  state: z.enum(['valid', 'expired', 'withdrawn']),
  hasForm: z.boolean(),
  recordedBy: z.string(),
  recordedAt: timestamp,
  withdrawn: z.object({ on: calendarDate, reason: z.string(), by: z.string() }).nullable(),
});
export type AuthorisationItem = z.output<typeof authorisationItem>;
export const listAuthorisations = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/authorisations',
  access: 'household.read',
  tag: 'households',
  summary: 'Which data the members of a household have allowed to be looked at, and which kinds need it',
  params: idParams,
  response: z.object({ kinds: z.array(namedKind), items: z.array(authorisationItem) }),
});
export const recordAuthorisation = defineEndpoint({
  method: 'POST',
  path: '/api/persons/:id/authorisations',
  access: 'authorisation.record',
  tag: 'households',
  summary: 'Record what a member signed: which data, for what, until when',
  params: idParams,
  body: command.extend({
    kinds: z.array(z.string().max(60)).min(1).max(20),
    purpose: z.string().trim().min(2).max(200),
    signedBy: signedBy.default('self'),
    signerName: z.string().trim().max(60).optional(),
    signedOn: calendarDate,
    validUntil: calendarDate.nullable().optional(),
  }),
  response: z.object({ id }),
});
export const withdrawAuthorisation = defineEndpoint({
  method: 'POST',
  path: '/api/authorisations/:id/withdrawal',
  access: 'authorisation.record',
  tag: 'households',
  summary: 'The member takes the authorisation back; nothing is matched with it from then on',
  params: idParams,
  body: command.extend({ on: calendarDate, reason: z.string().trim().min(2).max(200) }),
  response: done,
});
export const attachAuthorisationForm = defineEndpoint({
  method: 'POST',
  path: '/api/authorisations/:id/form',
  access: 'authorisation.record',
  tag: 'households',
  summary: 'Attach the signed paper (multipart: file, commandId)',
  params: idParams,
  upload: true,
  response: z.object({ id }),
});
export const downloadAuthorisationForm = defineEndpoint({
  method: 'GET',
  path: '/api/authorisations/:id/form',
  access: 'authorisation.record',
  tag: 'households',
  summary: 'The signed paper; opening it is recorded',
  params: idParams,
  produces: 'application/octet-stream',
});
