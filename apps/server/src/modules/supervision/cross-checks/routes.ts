import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { handleList } from '#platform/http/list-route.ts';
import { cancelRun } from './cancel-run.ts';
import { checkHousehold } from './check-household.ts';
import { releaseRun } from './release-run.ts';
import { startRun } from './start-run.ts';
import { listRunCounts, listRuns, runColumns, viewRun } from './view-runs.ts';

export function registerCrossCheckRoutes(app: FastifyInstance): void {
  handle(app, spec.startRun, ({ actor, body }) => startRun(actor, body));
  handleList(app, spec.listRuns, spec.exportRuns, { name: 'cross-checks', read: listRuns, columns: runColumns });
  handle(app, spec.getRun, ({ actor, params, locale }) => viewRun(actor, params.id, locale));
  handle(app, spec.listRunCounts, ({ actor, params, query }) => listRunCounts(actor, params.id, query));
  handle(app, spec.cancelRun, ({ actor, params, body }) => cancelRun(actor, { ...body, id: params.id }));
  handle(app, spec.releaseRun, ({ actor, params, body }) => releaseRun(actor, { ...body, id: params.id }));
  handle(app, spec.checkHousehold, ({ actor, params, body, locale }) => checkHousehold(actor, params.id, body.purpose, locale));
}
