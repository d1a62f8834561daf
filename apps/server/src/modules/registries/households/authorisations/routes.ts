import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { authorize } from '#platform/authorization/authorize.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { attachAuthorisationForm, recordAuthorisation, withdrawAuthorisation } from './record-authorisation.ts';
import { listAuthorisations, openAuthorisationForm } from './view-authorisations.ts';

export function registerAuthorisationRoutes(app: FastifyInstance): void {
  handle(app, spec.listAuthorisations, async ({ actor, params }) => listAuthorisations(actor, params.id));
  handle(app, spec.recordAuthorisation, async ({ actor, params, body }) => recordAuthorisation(actor, params.id, body));
  handle(app, spec.withdrawAuthorisation, async ({ actor, params, body }) => withdrawAuthorisation(actor, params.id, body));
  handle(app, spec.attachAuthorisationForm, async ({ actor, params, receiveUpload }) => {
    authorize(actor, 'authorisation.record');
    return attachAuthorisationForm(actor, params.id, await receiveUpload());
  });
  handle(app, spec.downloadAuthorisationForm, async ({ actor, params, reply }) => {
    const file = await openAuthorisationForm(actor, params.id);
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).type('application/octet-stream').send(file.stream);
  });
}
