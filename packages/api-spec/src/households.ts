import { z } from 'zod';
import {
  calendarDate,
  command,
  exportPurpose,
  fen,
  id,
  idParams,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
  timeSort,
  timestamp,
  localised,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';

export const codeValue = z.object({ code: z.string(), label: z.string() });
export const householdItem = z.object({
  id,
  number: z.string(),
  headName: z.string(),
  region: regionSummary,
  status: codeValue,
  statusFrom: calendarDate.nullable(),
  memberCount: z.number().int(),
  incomePerCapitaFen: fen.nullable(),
});
export type HouseholdItem = z.output<typeof householdItem>;
export const listHouseholds = defineEndpoint({
  method: 'GET',
  path: '/api/households',
  access: 'household.read',
  tag: 'households',
  summary: 'Households of my region; q finds by name, pinyin initials, last four digits or household number',
  query: pageQuery.extend({
    q: z.string().trim().max(40).optional(),
    regionCode: regionCode.optional(),
    status: z.string().max(40).optional(),
    sort: z.enum(['number', '-number', 'region', '-region']).default('region'),
  }),
  response: pageOf(householdItem),
});
export const memberView = z.object({
  personId: id,
  name: z.string(),
  idNumberMasked: z.string(),
  idNumberProblem: z.string().nullable(),
  sex: codeValue.nullable(),
  age: z.number().int().nullable(),
  relation: codeValue.nullable(),
  ethnicity: z.string().nullable(),
  labour: codeValue.nullable(),
  student: codeValue.nullable(),
  /** null for who may not see it */
  health: z.array(codeValue).nullable(),
  education: codeValue.nullable(),
  residentMedicalInsured: z.boolean().nullable(),
  employeeMedicalInsured: z.boolean().nullable(),
  phoneMasked: z.string().nullable(),
  from: calendarDate,
  to: calendarDate.nullable(),
  leftReason: z.string().nullable(),
});
export const householdView = z.object({
  id,
  number: z.string(),
  region: regionSummary,
  historicalRegion: regionSummary.nullable(),
  /** households that were merged into this one: what they were can be read as of the day before */
  merged: z.array(z.object({ id, number: z.string(), since: calendarDate })),
  address: z.string().nullable(),
  asOf: calendarDate,
  knownAt: timestamp.nullable(),
  version: z.number().int(),
  /** one plain sentence on how things stand, built from the data */
  summary: z.string(),
  status: codeValue,
  statusHistory: z.array(
    z.object({ status: codeValue, from: calendarDate, to: calendarDate.nullable(), reason: z.string().nullable() }),
  ),
  phoneMasked: z.string().nullable(),
  accountMasked: z.string().nullable(),
  members: z.array(memberView),
  enrolments: z.array(
    z.object({
      id,
      personId: id.nullable(),
      personName: z.string().nullable(),
      programme: codeValue,
      from: calendarDate,
      to: calendarDate.nullable(),
    }),
  ),
  sourceRows: z.array(
    z.object({
      importId: id,
      importedAt: timestamp,
      row: z.number().int(),
      unmapped: z.record(z.string(), z.string()),
    }),
  ),
});
export type HouseholdView = z.output<typeof householdView>;
export const getHousehold = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id',
  access: 'household.read',
  tag: 'households',
  summary: 'One household as of a day',
  params: idParams,
  query: z.object({ asOf: calendarDate.optional(), knownAt: timestamp.optional() }),
  response: householdView,
});
export const listHouseholdHistory = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/history',
  access: 'household.read',
  tag: 'households',
  summary: 'What happened to this household, newest first',
  params: idParams,
  response: z.object({
    items: z.array(
      z.object({
        at: timestamp,
        day: calendarDate.nullable(),
        kind: z.string(),
        text: z.string(),
        by: z.string().nullable(),
      }),
    ),
  }),
});
export const listHouseholdViewers = defineEndpoint({
  method: 'GET',
  path: '/api/households/:id/viewers',
  access: 'household.read',
  tag: 'households',
  summary: 'Who looked at this household and for what',
  params: idParams,
  response: z.object({
    items: z.array(z.object({ at: timestamp, who: z.string(), action: z.string(), reason: z.string().nullable() })),
  }),
});
export const unmaskPerson = defineEndpoint({
  method: 'POST',
  path: '/api/persons/:id/unmask',
  access: 'person.unmask',
  tag: 'households',
  summary: 'See a full value, with a reason that is recorded',
  params: idParams,
  body: command.extend({
    field: z.enum(['idNumber', 'phone', 'bankAccount']),
    reason: z.string().trim().min(5).max(200),
    /** the value of that day, as known then; without them the one of today */
    asOf: calendarDate.optional(),
    knownAt: timestamp.optional(),
  }),
  response: z.object({ value: z.string() }),
});
/** Columns of the county's own table that Sunlit has no field for, as they stand for one person. */
export const listPersonCells = defineEndpoint({
  method: 'GET',
  path: '/api/persons/:id/cells',
  access: 'household.change',
  tag: 'households',
  summary: 'Columns of the imported table about a person, with corrections made here',
  params: idParams,
  response: z.object({
    items: z.array(
      z.object({
        title: z.string(),
        value: z.string(),
        corrected: z.object({ by: z.string(), at: timestamp, reason: z.string() }).nullable(),
      }),
    ),
  }),
});
export const exportHouseholds = defineEndpoint({
  method: 'GET',
  path: '/api/households/export',
  access: 'household.export',
  tag: 'households',
  summary:
    'Households in the template they are imported with: masked as CSV, or whole as a workbook of text cells for those who may unmask; logged with its purpose',
  query: z.object({
    regionCode: regionCode.optional(),
    ...exportPurpose,
    changedSince: calendarDate.optional(),
    /** whole numbers, to be entered elsewhere without typing: needs the permission to unmask */
    numbers: z.enum(['masked', 'whole']).default('masked'),
  }),
  produces: 'text/csv',
});
export const listDictionaries = defineEndpoint({
  method: 'GET',
  path: '/api/dictionaries',
  access: 'signed-in',
  tag: 'households',
  summary: 'Code lists with their labels',
  response: z.object({
    items: z.array(
      z.object({ code: z.string(), values: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })) }),
    ),
  }),
});

/* ---- import ---- */
export const importState = z.enum([
  'checking',
  'checked',
  'failed',
  'applying',
  'applied',
  'undoing',
  'undone',
  'cancelled',
]);
export const importView = z.object({
  id,
  fileName: z.string(),
  createdAt: timestamp,
  createdBy: z.string(),
  asOf: calendarDate,
  state: importState,
  taskId: id.nullable(),
  template: z.string().nullable(),
  encoding: z.string().nullable(),
  sheet: z.string().nullable(),
  failure: z.string().nullable(),
  counts: z
    .object({
      rows: z.number().int(),
      goodRows: z.number().int(),
      problemRows: z.number().int(),
      households: z.number().int(),
      newHouseholds: z.number().int(),
      changedHouseholds: z.number().int(),
      unchangedHouseholds: z.number().int(),
      missingHouseholds: z.number().int(),
      newPersons: z.number().int(),
      changedPersons: z.number().int(),
      warnings: z.number().int(),
    })
    .nullable(),
  columns: z.array(
    z.object({
      title: z.string(),
      field: z.string().nullable(),
      confidence: z.number(),
      sample: z.string().nullable(),
    }),
  ),
  unresolvedCodes: z.array(z.object({ field: z.string(), value: z.string(), rows: z.number().int() })),
  /** what does not add up in the file's records, most frequent first: to be put right after importing */
  quality: z.array(z.object({ code: z.string(), title: localised, count: z.number().int() })),
  /** what a column can be said to mean */
  fields: z.array(z.object({ name: z.string(), title: localised })),
});
export type ImportView = z.output<typeof importView>;
export const uploadHouseholds = defineEndpoint({
  method: 'POST',
  path: '/api/household-imports',
  access: 'household.import',
  tag: 'households',
  upload: true,
  summary: 'Upload a household file (multipart: file, commandId, asOf); it is checked, nothing is written yet',
  response: z.object({ id, taskId: id }),
});
export const listImports = defineEndpoint({
  method: 'GET',
  path: '/api/household-imports',
  access: 'household.import',
  tag: 'households',
  summary: 'Imports',
  query: pageQuery.extend({ state: importState.optional(), sort: timeSort }),
  response: pageOf(importView),
});
export const exportImports = exportOf(listImports);
export const getImport = defineEndpoint({
  method: 'GET',
  path: '/api/household-imports/:id',
  access: 'household.import',
  tag: 'households',
  summary: 'One import and its report',
  params: idParams,
  response: importView,
});
export const listImportProblems = defineEndpoint({
  method: 'GET',
  path: '/api/household-imports/:id/problems',
  access: 'household.import',
  tag: 'households',
  summary: 'What is wrong, row by row',
  params: idParams,
  query: pageQuery.extend({ severity: z.enum(['error', 'warning']).optional() }),
  response: pageOf(
    z.object({
      row: z.number().int(),
      column: z.string(),
      severity: z.enum(['error', 'warning']),
      code: z.string(),
      message: z.string(),
      value: z.string().nullable(),
    }),
  ),
});
export const downloadMarkedImport = defineEndpoint({
  method: 'GET',
  path: '/api/household-imports/:id/marked-file',
  access: 'household.import',
  tag: 'households',
  summary: 'The file with its wrong cells marked',
  params: idParams,
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
export const mapImport = defineEndpoint({
  method: 'POST',
  path: '/api/household-imports/:id/mapping',
  access: 'household.import',
  tag: 'households',
  summary: 'Say what columns and unknown code values mean; remembered; checks again',
  params: idParams,
  body: command.extend({
    columns: z.record(z.string(), z.string().nullable()).default({}),
    codes: z.array(z.object({ field: z.string(), value: z.string(), code: z.string() })).default([]),
  }),
  response: z.object({ taskId: id }),
});
export const applyImport = defineEndpoint({
  method: 'POST',
  path: '/api/household-imports/:id/apply',
  access: 'household.import',
  tag: 'households',
  summary: 'Write all good rows, or nothing if any row is wrong',
  params: idParams,
  body: command.extend({ mode: z.enum(['good-rows', 'all-or-nothing']) }),
  response: z.object({ taskId: id }),
});
export const undoImport = defineEndpoint({
  method: 'POST',
  path: '/api/household-imports/:id/undo',
  access: 'household.import',
  tag: 'households',
  summary: 'Take a batch back',
  params: idParams,
  body: command.extend({ reason: z.string().trim().min(2).max(200) }),
  response: z.object({ taskId: id }),
});
export const lookUpPerson = defineEndpoint({
  method: 'POST',
  path: '/api/households/lookup',
  access: 'household.read',
  tag: 'households',
  summary: 'Find the household of a full identity number; sent in the body, never in an address, and recorded',
  body: z.object({ idNumber: z.string().trim().min(15).max(22) }),
  response: z.object({ items: z.array(householdItem) }),
});
