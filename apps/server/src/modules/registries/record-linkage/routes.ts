import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { checkEntry } from './check-entry.ts';

export function registerLinkageRoutes(app: FastifyInstance): void {
  handle(app, spec.findPossibleDuplicates, async ({ actor, body }) => checkEntry(actor, body));
}
