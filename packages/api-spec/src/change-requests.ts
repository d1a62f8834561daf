import { z } from 'zod';
import {
  calendarDate,
  command,
  fen,
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
import { codeValue } from './households.ts';

const code = z.string().max(40);
const note = z.string().trim().max(200);

/** Who is what to the head, for some members at once: a new head and the old one change together. */
const relations = z.array(z.object({ personId: id, relation: code })).max(30);

/** Facts about a member from a day on; what is left out stays as it is. */
export const personFactsChange = z.object({
  kind: z.literal('person-facts'),
  personId: id,
  labour: code.nullable().optional(),
  student: code.nullable().optional(),
  education: code.nullable().optional(),
  health: z.array(code).max(6).optional(),
  residentMedicalInsured: z.boolean().nullable().optional(),
  employeeMedicalInsured: z.boolean().nullable().optional(),
  phone: z.string().trim().max(20).nullable().optional(),
});
export const personIdentityChange = z.object({
  kind: z.literal('person-identity'),
  personId: id,
  name: z.string().trim().min(1).max(60).optional(),
  idNumber: z.string().trim().max(30).optional(),
  birthDate: calendarDate.optional(),
  sex: z.string().max(4).optional(),
  ethnicity: note.optional(),
});
/** Columns of the county's own table that Sunlit has no field for. */
export const personCellsChange = z.object({
  kind: z.literal('person-cells'),
  personId: id,
  cells: z
    .array(z.object({ title: z.string().max(100), value: note }))
    .min(1)
    .max(20),
});
export const householdContactChange = z.object({
  kind: z.literal('household-contact'),
  address: note.optional(),
  phone: z.string().trim().max(20).nullable().optional(),
});
export const householdAccountChange = z.object({
  kind: z.literal('household-account'),
  bankName: z.string().trim().max(60).optional(),
  account: z.string().trim().max(40).optional(),
});
export const householdStatusChange = z.object({ kind: z.literal('household-status'), status: code });
export const relationsChange = z.object({ kind: z.literal('relations'), relations: relations.min(1) });
export const joinChange = z.object({
  kind: z.literal('join'),
  reason: z.enum(['born', 'married-in', 'moved-in', 'returned', 'other']),
  name: z.string().trim().min(1).max(60),
  relation: code,
  /** empty for who has no card yet; then birth date and sex say who it is */
  idNumber: z.string().trim().max(30).default(''),
  birthDate: calendarDate.optional(),
  sex: z.string().max(4).optional(),
  labour: code.optional(),
  student: code.optional(),
});
export const leaveChange = z.object({
  kind: z.literal('leave'),
  personId: id,
  reason: z.enum(['died', 'married-out', 'moved', 'other']),
  /** when the head leaves: who is head now, and what the others are to them */
  relations: relations.default([]),
});
/** Some members become a household of their own. */
export const splitChange = z.object({
  kind: z.literal('split'),
  /** of the new household */
  number: z.string().trim().min(1).max(40),
  members: z
    .array(z.object({ personId: id, relation: code }))
    .min(1)
    .max(30),
  /** of those who stay, when the head goes */
  relations: relations.default([]),
});
/** Another household of the village joins this one; its number stays known and leads here. */
export const mergeChange = z.object({
  kind: z.literal('merge'),
  mergedHouseholdId: id,
  /** what the joining members are to the head here */
  members: z
    .array(z.object({ personId: id, relation: code }))
    .min(1)
    .max(30),
});
/** What one source says of a household's income in one accounting year, item by item; it replaces what that source said before. */
export const incomeChange = z.object({
  kind: z.literal('income'),
  year: z.number().int().min(2014).max(2100),
  source: z.enum(['helper', 'town', 'department', 'household']),
  items: z
    .array(z.object({ item: code, amountFen: fen.min(0).max(100_000_000_00) }))
    .min(1)
    .max(40),
});
/** What one source says of some fields of a section of the form; null takes its word back. */
export const sectionChange = z.object({
  kind: z.literal('section'),
  section: code,
  /** for sections about a member */
  personId: id.optional(),
  source: z.enum(['helper', 'town', 'department', 'household']),
  fields: z
    .record(z.string().max(40), z.union([note, z.number(), z.boolean()]).nullable())
    .refine((fields) => Object.keys(fields).length > 0 && Object.keys(fields).length <= 20),
});
/** Where a household of a village that was divided among several belongs from now on. */
export const divisionChange = z.object({ kind: z.literal('division'), regionCode });
/** Gives back what an earlier request ended or changed among the members: reported dead but alive, split by mistake. */
export const reversalChange = z.object({ kind: z.literal('reversal'), requestId: id });

export const registryChange = z.discriminatedUnion('kind', [
  personFactsChange,
  personIdentityChange,
  personCellsChange,
  householdContactChange,
  householdAccountChange,
  householdStatusChange,
  relationsChange,
  joinChange,
  leaveChange,
  splitChange,
  mergeChange,
  incomeChange,
  sectionChange,
  divisionChange,
  reversalChange,
]);
export type RegistryChange = z.output<typeof registryChange>;
export type ChangeKindCode = RegistryChange['kind'];

export const changeProposal = z.object({
  householdId: id,
  /** the day from which it is true */
  effectiveOn: calendarDate,
  change: registryChange,
});

export const changeField = z.object({
  person: z.string().nullable(),
  label: localised,
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** what the registry says now, when that is neither */
  meanwhile: z.string().nullable(),
});
export type ChangeField = z.output<typeof changeField>;
export const changeConflict = z.object({
  requestId: id,
  kind: codeValue,
  proposedBy: z.string(),
  rule: z.enum(['same-field', 'same-person', 'same-household']),
  effect: z.enum(['block', 'warn', 'log']),
});
export const changeHint = z.object({ code: z.string(), title: localised });

export const changeState = z.enum(['proposed', 'verified', 'conflict', 'applied', 'rejected', 'withdrawn']);
export const changeItem = z.object({
  id,
  kind: codeValue,
  state: z.object({ code: changeState, label: z.string() }),
  household: z.object({ id, number: z.string(), headName: z.string() }),
  person: z.object({ id, name: z.string() }).nullable(),
  region: regionSummary,
  effectiveOn: calendarDate,
  proposedBy: z.string(),
  proposedAt: timestamp,
  dueOn: calendarDate.nullable(),
  overdue: z.boolean(),
});
export type ChangeItem = z.output<typeof changeItem>;

const changeFilter = z.object({
  regionCode: regionCode.optional(),
  householdId: id.optional(),
  kind: z.string().max(40).optional(),
  state: changeState.optional(),
  /** `me`: what I may decide or must answer; `mine`: what I proposed; `anybody`: everything still open */
  waiting: z.enum(['me', 'mine', 'anybody']).optional(),
  sort: z.enum(['-proposed', 'proposed', 'due']).default('-proposed'),
});
export const listChangeRequests = defineEndpoint({
  method: 'GET',
  path: '/api/change-requests',
  access: 'household.read',
  tag: 'households',
  summary: 'Proposed changes of households and persons',
  query: pageQuery.extend(changeFilter.shape),
  response: pageOf(changeItem),
});
export const exportChangeRequests = defineEndpoint({
  method: 'GET',
  path: '/api/change-requests/export',
  access: 'household.export',
  tag: 'households',
  summary: 'The list as a masked, marked CSV; recorded with its purpose',
  query: changeFilter.extend({ purpose: z.string().trim().min(4).max(200) }),
  produces: 'text/csv',
});
export const previewChange = defineEndpoint({
  method: 'POST',
  path: '/api/change-requests/preview',
  access: 'household.propose',
  tag: 'households',
  summary: 'What a proposal would change, who would decide it, what stands in its way; writes nothing',
  body: changeProposal,
  response: z.object({
    fields: z.array(changeField),
    /** what the checks of data quality would say of the household then, and do not say now */
    hints: z.array(changeHint),
    conflicts: z.array(changeConflict),
    deciders: z.object({ twoSteps: z.boolean(), verifiers: z.array(localised), approvers: z.array(localised) }),
  }),
});
export const proposeChange = defineEndpoint({
  method: 'POST',
  path: '/api/change-requests',
  access: 'household.propose',
  tag: 'households',
  summary: 'Propose a change of a household or person; nothing is written before somebody else approves it',
  body: command.extend({
    ...changeProposal.shape,
    reason: z.string().trim().min(2).max(200),
    /** why it should go on although another open request concerns the same person */
    despiteConflict: z.string().trim().max(200).optional(),
  }),
  response: z.object({ id, state: changeState }),
});
export const changeView = changeItem.extend({
  reason: z.string(),
  fields: z.array(changeField),
  /** why it could not be written when it was approved */
  problems: z.array(z.string()),
  hints: z.array(changeHint),
  conflicts: z.array(changeConflict),
  householdVersion: z.object({ proposed: z.number().int(), now: z.number().int() }),
  deciders: z.object({ twoSteps: z.boolean(), verifiers: z.array(localised), approvers: z.array(localised) }),
  steps: z.array(
    z.object({
      action: z.string(),
      to: z.string(),
      reason: z.string(),
      by: z.string(),
      at: timestamp,
    }),
  ),
  attachments: z.array(
    z.object({ id, fileName: z.string(), size: z.number().int(), addedBy: z.string(), addedAt: timestamp }),
  ),
  /** what I may do with it now */
  actions: z.array(z.enum(['verify', 'approve', 'reject', 'rebase', 'withdraw', 'attach', 'reverse'])),
});
export type ChangeView = z.output<typeof changeView>;
export const getChangeRequest = defineEndpoint({
  method: 'GET',
  path: '/api/change-requests/:id',
  access: 'household.read',
  tag: 'households',
  summary: 'One proposed change: old and new values, who decided, what stood in its way',
  params: idParams,
  response: changeView,
});
const step = command.extend({ expectedVersion: z.number().int().optional(), reason: note.default('') });
export const decideChange = defineEndpoint({
  method: 'POST',
  path: '/api/change-requests/:id/decision',
  access: 'household.approve',
  tag: 'households',
  summary: 'Verify, approve or reject; approving writes it, unless the registry changed meanwhile',
  params: idParams,
  body: step.extend({ action: z.enum(['verify', 'approve', 'reject']) }),
  response: z.object({ state: changeState }),
});
export const answerChange = defineEndpoint({
  method: 'POST',
  path: '/api/change-requests/:id/answer',
  access: 'household.propose',
  tag: 'households',
  summary: 'Withdraw a proposal, or put it again upon what the registry says now',
  params: idParams,
  body: step.extend({ action: z.enum(['rebase', 'withdraw']) }),
  response: z.object({ state: changeState }),
});
export const approveChanges = defineEndpoint({
  method: 'POST',
  path: '/api/change-requests/approvals',
  access: 'household.approve',
  tag: 'households',
  summary: 'Approve several at once; each for itself, and told one by one',
  body: command.extend({ ids: z.array(id).min(1).max(100) }),
  response: z.object({
    items: z.array(z.object({ id, state: changeState.nullable(), problem: z.string().nullable() })),
  }),
});
export const attachToChange = defineEndpoint({
  method: 'POST',
  path: '/api/change-requests/:id/attachments',
  access: 'household.propose',
  tag: 'households',
  summary: 'Attach a paper or picture (multipart: file, commandId)',
  params: idParams,
  upload: true,
  response: z.object({ id }),
});
export const downloadChangeAttachment = defineEndpoint({
  method: 'GET',
  path: '/api/change-requests/:id/attachments/:attachmentId',
  access: 'household.read',
  tag: 'households',
  summary: 'An attached file',
  params: z.object({ id, attachmentId: id }),
  produces: 'application/octet-stream',
});
