import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { getCockpit } from './get-cockpit.ts';

export { countPublishableFindings, newestReleasedDay } from './finding-figures.ts';

export function registerCockpitRoutes(app: FastifyInstance): void {
  handle(app, spec.getCockpit, ({ actor, query, locale }) => getCockpit(actor, query.regionCode ?? actor.regionCode, locale));
}
