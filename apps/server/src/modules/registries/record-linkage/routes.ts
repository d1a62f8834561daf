import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { checkEntry } from './check-entry.ts';
import { decidePair } from './decide-pair.ts';
import { startSearch } from './start-search.ts';
import { exportPairs, listPairs, viewPair, viewSummary } from './view-pairs.ts';

export function registerLinkageRoutes(app: FastifyInstance): void {
  handle(app, spec.findPossibleDuplicates, async ({ actor, body }) => checkEntry(actor, body));
  handle(app, spec.listLinkagePairs, async ({ actor, query }) => listPairs(actor, query));
  handle(app, spec.exportLinkagePairs, async ({ actor, query, locale, reply }) => {
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="record-linkage.csv"');
    return exportPairs(actor, query, locale);
  });
  handle(app, spec.getLinkagePair, async ({ actor, params, locale }) => viewPair(actor, params.id, locale));
  handle(app, spec.decideLinkagePair, async ({ actor, params, body }) => decidePair(actor, params.id, body));
  handle(app, spec.searchLinkagePairs, async ({ actor, body }) => startSearch(actor, body));
  handle(app, spec.getLinkageSummary, async ({ actor, query }) => viewSummary(actor, query));
}
