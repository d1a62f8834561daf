import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { answerChange } from './answer-change.ts';
import { approveChanges } from './approve-changes.ts';
import { attachEvidence, openEvidence } from './attach-evidence.ts';
import { decideChange } from './decide-change.ts';
import { exportChangeRequests, listChangeRequests } from './list-change-requests.ts';
import { previewChange } from './preview-change.ts';
import { proposeChange } from './propose-change.ts';
import { viewChangeRequest } from './view-change-request.ts';

export function registerChangeRequestRoutes(app: FastifyInstance): void {
  handle(app, spec.listChangeRequests, async ({ actor, query, locale }) => listChangeRequests(actor, query, locale));
  handle(app, spec.exportChangeRequests, async ({ actor, query, locale, reply }) => {
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="change-requests.csv"');
    return exportChangeRequests(actor, query, locale);
  });
  handle(app, spec.previewChange, async ({ actor, body, locale }) => previewChange(actor, body, locale));
  handle(app, spec.proposeChange, async ({ actor, body }) => proposeChange(actor, body));
  handle(app, spec.getChangeRequest, async ({ actor, params, locale }) => viewChangeRequest(actor, params.id, locale));
  handle(app, spec.decideChange, async ({ actor, params, body }) => decideChange(actor, params.id, body));
  handle(app, spec.answerChange, async ({ actor, params, body }) => answerChange(actor, params.id, body));
  handle(app, spec.approveChanges, async ({ actor, body, locale }) => approveChanges(actor, body, locale));
  handle(app, spec.attachToChange, async ({ actor, params, receiveUpload }) => attachEvidence(actor, params.id, await receiveUpload()));
  handle(app, spec.downloadChangeAttachment, async ({ actor, params, reply }) => {
    const file = await openEvidence(actor, params.id, params.attachmentId);
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).type('application/octet-stream').send(file.stream);
  });
}
