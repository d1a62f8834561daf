import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { getPublicFigures } from './public-figures.ts';

export { forgetPublicFigures } from './public-figures.ts';

export function registerPublicFigureRoutes(app: FastifyInstance): void {
  handle(app, spec.getPublicFigures, ({ query }) => getPublicFigures(query.regionCode));
}
