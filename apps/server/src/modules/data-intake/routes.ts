import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { handleList } from '#platform/http/list-route.ts';
import { decideDelivery } from './decide-delivery.ts';
import { deliverFile } from './deliver-file.ts';
import { listDatasetKinds } from './list-dataset-kinds.ts';
import { mapDelivery } from './map-delivery.ts';
import { deliveryColumns, listDeliveries, listDeliveryProblems, viewDelivery } from './view-delivery.ts';

export function registerDataIntakeRoutes(app: FastifyInstance): void {
  handle(app, spec.listDatasetKinds, async ({ actor, locale }) => listDatasetKinds(actor, locale));
  handle(app, spec.uploadDelivery, async ({ actor, receiveUpload, locale }) => {
    const { fields, ...file } = await receiveUpload();
    return deliverFile(actor, fields, file, locale);
  });
  handleList(app, spec.listDeliveries, spec.exportDeliveries, { name: 'deliveries', read: listDeliveries, columns: deliveryColumns });
  handle(app, spec.getDelivery, async ({ actor, params, locale }) => viewDelivery(actor, params.id, locale));
  handle(app, spec.listDeliveryProblems, async ({ actor, params, query, locale }) => listDeliveryProblems(actor, params.id, query, locale));
  handle(app, spec.mapDelivery, async ({ actor, params, body }) => mapDelivery(actor, params.id, body));
  handle(app, spec.decideDelivery, async ({ actor, params, body }) => decideDelivery(actor, params.id, body));
}
