import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { authorize } from '#platform/authorization/authorize.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { addProjectDocument, openProjectDocument, releaseProjectPhoto } from './execution/documents.ts';
import { linkHouseholds } from './execution/link-households.ts';
import { reportProgress } from './execution/report-progress.ts';
import { changeProject, createProject } from './pool/declare-project.ts';
import { recordOpinion } from './pool/record-opinion.ts';
import { takeProjectStep } from './pool/take-step.ts';
import { recordProjectVote } from './pool/village-votes.ts';
import { exportProjects, listProjects, viewProjectCatalogue } from './views/list-projects.ts';
import { viewProject } from './views/view-project.ts';

export function registerProjectRoutes(app: FastifyInstance): void {
  handle(app, spec.getProjectCatalogue, async ({ actor }) => viewProjectCatalogue(actor));
  handle(app, spec.listProjects, async ({ actor, query }) => listProjects(actor, query));
  handle(app, spec.exportProjects, async ({ actor, query, locale, reply }) => reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="projects.csv"').send(await exportProjects(actor, query, locale)));
  handle(app, spec.createProject, async ({ actor, body }) => createProject(actor, body));
  handle(app, spec.changeProject, async ({ actor, params, body }) => changeProject(actor, params.id, body));
  handle(app, spec.getProject, async ({ actor, params }) => viewProject(actor, params.id));
  handle(app, spec.recordProjectVote, async ({ actor, params, body }) => recordProjectVote(actor, params.id, body));
  handle(app, spec.recordOpinion, async ({ actor, params, body }) => recordOpinion(actor, params.id, body));
  handle(app, spec.takeProjectStep, async ({ actor, params, body }) => takeProjectStep(actor, params.id, body));
  handle(app, spec.reportProgress, async ({ actor, params, body }) => reportProgress(actor, params.id, body));
  handle(app, spec.linkHouseholds, async ({ actor, params, body }) => linkHouseholds(actor, params.id, body));
  handle(app, spec.addProjectDocument, async ({ actor, params, receiveUpload }) => addProjectDocument(actor, params.id, await receiveUpload()));
  handle(app, spec.downloadProjectDocument, async ({ actor, params, reply }) => {
    const file = await openProjectDocument(actor, params.id, params.attachmentId);
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).type('application/octet-stream').send(file.stream);
  });
  handle(app, spec.releaseProjectPhoto, async ({ actor, params, body }) => {
    authorize(actor, 'project.approve');
    return releaseProjectPhoto(actor, params.id, params.attachmentId, body);
  });
}
