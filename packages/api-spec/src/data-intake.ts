import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  id,
  idParams,
  localised,
  pageOf,
  pageQuery,
  timeSort,
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';

export const datasetKindItem = z.object({
  code: z.string(),
  title: localised,
  providerCode: z.string(),
  providerName: z.string(),
  sensitivity: z.enum(['general', 'sensitive']),
  legalBasis: z.string(),
  purpose: z.string(),
  authorisationRequired: z.boolean(),
  mode: z.enum(['full', 'delta', 'event']),
  rhythm: z.string(),
  freshnessDays: z.number().int(),
  fields: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean(), titles: z.array(z.string()) })),
  lastDelivery: z.object({ id, asOf: calendarDate, receivedAt: timestamp, rows: z.number().int() }).nullable(),
  freshness: z.enum(['fresh', 'stale', 'never']),
});
export type DatasetKindItem = z.output<typeof datasetKindItem>;
export const listDatasetKinds = defineEndpoint({
  method: 'GET',
  path: '/api/dataset-kinds',
  access: 'dataset.read',
  tag: 'data-intake',
  summary: 'Kinds of data departments deliver',
  response: z.object({ items: z.array(datasetKindItem) }),
});
export const deliveryState = z.enum(['checking', 'held', 'accepted', 'returned', 'failed', 'cancelled']);
export const light = z.enum(['green', 'amber', 'red', 'none']);
export const deliveryItem = z.object({
  id,
  kind: z.string(),
  kindTitle: localised,
  fileName: z.string(),
  asOf: calendarDate,
  receivedAt: timestamp,
  deliveredBy: z.string(),
  providerName: z.string(),
  /** delivered for a division above the reader's: its rows are not shown */
  fromAbove: z.boolean(),
  state: deliveryState,
  taskId: id.nullable(),
  failure: z.string().nullable(),
  rows: z.number().int(),
  kept: z.number().int(),
  version: z.number().int(),
});
export const deliveryView = deliveryItem.extend({
  recognisedKind: z.string().nullable(),
  recognition: z.number().nullable(),
  encoding: z.string().nullable(),
  columns: z.array(
    z.object({
      title: z.string(),
      field: z.string().nullable(),
      confidence: z.number(),
      /** shapes of some cells, never their content */
      samples: z.array(z.string()),
    }),
  ),
  /** what a column can be said to mean; titles in the words of the departments */
  fields: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      required: z.boolean(),
      codes: z.array(z.object({ code: z.string(), label: z.string() })),
    }),
  ),
  unknownValues: z.array(z.object({ field: z.string(), value: z.string(), rows: z.number().int() })),
  /** held, the file is still there, and the reader may say what its columns mean */
  mappable: z.boolean(),
  lights: z.array(
    z.object({
      code: z.enum(['completeness', 'validity', 'duplicates', 'match-rate', 'change']),
      light,
      value: z.number().nullable(),
      text: z.string(),
    }),
  ),
  holdReasons: z.array(z.object({ code: z.string(), text: z.string() })),
  fieldQuality: z.array(z.object({ field: z.string(), completeness: z.number(), validity: z.number() })),
  decision: z.object({ at: timestamp, by: z.string(), action: z.string(), reason: z.string() }).nullable(),
});
export type DeliveryView = z.output<typeof deliveryView>;
export const uploadDelivery = defineEndpoint({
  method: 'POST',
  path: '/api/deliveries',
  access: 'dataset.deliver',
  tag: 'data-intake',
  upload: true,
  summary: 'Deliver a file (multipart: file, commandId, kind, asOf)',
  response: z.object({ id, taskId: id }),
});
export const listDeliveries = defineEndpoint({
  method: 'GET',
  path: '/api/deliveries',
  access: 'dataset.read',
  tag: 'data-intake',
  summary: 'Deliveries; providers see only their own',
  query: pageQuery.extend({ kind: z.string().max(60).optional(), state: deliveryState.optional(), sort: timeSort }),
  response: pageOf(deliveryItem),
});
export const exportDeliveries = exportOf(listDeliveries);
export const getDelivery = defineEndpoint({
  method: 'GET',
  path: '/api/deliveries/:id',
  access: 'dataset.read',
  tag: 'data-intake',
  summary: 'One delivery and its quality report',
  params: idParams,
  response: deliveryView,
});
export const listDeliveryProblems = defineEndpoint({
  method: 'GET',
  path: '/api/deliveries/:id/problems',
  access: 'dataset.read',
  tag: 'data-intake',
  summary: 'Rows with problems',
  params: idParams,
  query: pageQuery,
  response: pageOf(
    z.object({
      row: z.number().int(),
      field: z.string(),
      code: z.string(),
      message: z.string(),
      sample: z.string().nullable(),
    }),
  ),
});
export const mapDelivery = defineEndpoint({
  method: 'POST',
  path: '/api/deliveries/:id/mapping',
  access: 'dataset.deliver',
  tag: 'data-intake',
  summary:
    'Say what the columns and unknown words of a held file mean; remembered for the department; reads the file again',
  params: idParams,
  body: command.extend({
    columns: z.record(z.string().max(200), z.string().max(60).nullable()).default({}),
    codes: z
      .array(z.object({ field: z.string().max(60), value: z.string().trim().min(1).max(60), code: z.string().max(60) }))
      .max(200)
      .default([]),
  }),
  response: z.object({ taskId: id }),
});
export const decideDelivery = defineEndpoint({
  method: 'POST',
  path: '/api/deliveries/:id/decision',
  access: 'dataset.decide',
  tag: 'data-intake',
  summary: 'Accept or return a held delivery',
  params: idParams,
  body: command.extend({ action: z.enum(['accept', 'return']), reason: z.string().trim().min(2).max(300) }),
  response: done,
});
