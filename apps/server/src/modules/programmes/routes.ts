import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { decidePolicy, exportPolicies, listPolicies, proposePolicy } from './manage-policies.ts';

export function registerPolicyRoutes(app: FastifyInstance): void {
  handle(app, spec.listPolicies, async ({ actor, query, locale }) => listPolicies(actor, query, locale));
  handle(app, spec.proposePolicy, async ({ actor, body }) => proposePolicy(actor, body));
  handle(app, spec.decidePolicy, async ({ actor, params, body }) => decidePolicy(actor, params.id, body));
  handle(app, spec.exportPolicies, async ({ actor, query, reply }) =>
    reply.type('application/yaml; charset=utf-8').header('content-disposition', 'attachment; filename="policies.yaml"').send(await exportPolicies(actor, query.regionCode)),
  );
}
