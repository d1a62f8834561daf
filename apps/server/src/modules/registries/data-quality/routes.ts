import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { acceptItem, reopenItem } from './settle-item.ts';
import { startSweep } from './start-sweep.ts';
import { checkHousehold, exportItems, listChecks, listItems, viewTrend } from './view-quality.ts';

export function registerQualityRoutes(app: FastifyInstance): void {
  handle(app, spec.listQualityChecks, async ({ actor, query }) => listChecks(actor, query));
  handle(app, spec.listQualityItems, async ({ actor, query }) => listItems(actor, query));
  handle(app, spec.exportQualityItems, async ({ actor, query, locale, reply }) => {
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="data-quality.csv"');
    return exportItems(actor, query, locale);
  });
  handle(app, spec.acceptQualityItem, async ({ actor, params, body }) => acceptItem(actor, params.id, body));
  handle(app, spec.reopenQualityItem, async ({ actor, params, body }) => reopenItem(actor, params.id, body));
  handle(app, spec.refreshQuality, async ({ actor, body }) => startSweep(actor, body));
  handle(app, spec.getQualityTrend, async ({ actor, query }) => viewTrend(actor, query));
  handle(app, spec.checkHouseholdQuality, async ({ actor, params }) => checkHousehold(actor, params.id));
}
