import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#platform/errors.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { answerAppeal, lodgeAppeal } from './appeals.ts';
import { attachPaper, openPaper } from './attach.ts';
import { decisionLetter } from './decision-letter.ts';
import { checkDefinitions } from './definitions.ts';
import { recordFollowUp } from './follow-ups.ts';
import { exportProcedures, identificationFigures, listDefinitions, listProcedures } from './list-procedures.ts';
import { confirmMeasure, deliverMeasure, dropMeasure, promiseMeasure } from './measures.ts';
import { applyOnline, openProcedure } from './open-procedure.ts';
import { takeStep } from './take-step.ts';
import { verificationPaper } from './verification-paper.ts';
import { viewProcedure } from './view-procedure.ts';

export function registerIdentificationRoutes(app: FastifyInstance): void {
  checkDefinitions();
  handle(app, spec.listProcedureDefinitions, async ({ actor }) => listDefinitions(actor));
  handle(app, spec.listProcedures, async ({ actor, query }) => listProcedures(actor, query));
  handle(app, spec.exportProcedures, async ({ actor, query, locale, reply }) => reply.type('text/csv; charset=utf-8').send(await exportProcedures(actor, query, locale)));
  handle(app, spec.getIdentificationFigures, async ({ actor, query }) => identificationFigures(actor, query));
  handle(app, spec.openProcedure, async ({ actor, body }) => openProcedure(actor, body));
  handle(app, spec.getProcedure, async ({ actor, params, locale }) => viewProcedure(actor, params.id, locale));
  handle(app, spec.takeProcedureStep, async ({ actor, params, body }) => takeStep(actor, params.id, body));
  handle(app, spec.attachToProcedure, async ({ actor, params, receiveUpload }) => attachPaper(actor, params.id, await receiveUpload()));
  handle(app, spec.downloadProcedureAttachment, async ({ actor, params, reply }) => {
    const file = await openPaper(actor, params.id, params.attachmentId);
    return reply.type('application/octet-stream').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).send(file.stream);
  });
  handle(app, spec.getVerificationPaper, async ({ actor, params, locale, reply }) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'").send(await verificationPaper(actor, params.id, locale)),
  );
  handle(app, spec.getDecisionLetter, async ({ actor, params, locale, reply }) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'").send(await decisionLetter(actor, params.id, locale)),
  );
  handle(app, spec.promiseMeasure, async ({ actor, params, body }) => promiseMeasure(actor, params.id, body));
  handle(app, spec.deliverMeasure, async ({ actor, params, body }) => deliverMeasure(actor, params.id, params.measureId, body));
  handle(app, spec.confirmMeasure, async ({ actor, params, body }) => confirmMeasure(actor, params.id, params.measureId, body));
  handle(app, spec.dropMeasure, async ({ actor, params, body }) => dropMeasure(actor, params.id, params.measureId, body));
  handle(app, spec.lodgeAppeal, async ({ actor, params, body }) => lodgeAppeal(actor, params.id, body));
  handle(app, spec.answerAppeal, async ({ actor, params, body }) => answerAppeal(actor, params.id, params.appealId, body));
  handle(app, spec.recordFollowUp, async ({ actor, params, body }) => recordFollowUp(actor, params.id, params.followUpId, body));
  handle(app, spec.applyForHelp, async ({ body, request, reply }) => {
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return applyOnline(body);
    // A form without a script: the reader goes back to the page, which says what came of it.
    const page = `${(request.query as { language?: string }).language === 'en' ? '/en' : ''}/apply?regionCode=${body.regionCode}`;
    try {
      return await reply.redirect(`${page}&receipt=${(await applyOnline(body)).number}`, 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return reply.redirect(`${page}&problem=${error.code}`, 303);
    }
  });
}
