import * as spec from '@sunlit/api-spec';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { openStoredFile } from '#platform/files/stored-files.ts';
import { AppError } from '#platform/errors.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { attachFile, confirmSeen, openAttachment, removeAttachment } from './attach-file.ts';
import { createNotice } from './draft-notice.ts';
import { exportNotices, listNoticeKinds, listNotices } from './list-notices.ts';
import { answerObjection, objectOnline, recordObjection } from './objections.ts';
import { noticePoster } from './poster.ts';
import { listPublicNotices, openPublicAttachment, viewPublicNotice } from './public-notices.ts';
import { publishNotice } from './publish-notice.ts';
import { takeDownNotice, withdrawNotice } from './take-down-notice.ts';
import { viewNotice } from './view-notice.ts';

function sendFile(reply: FastifyReply, file: Awaited<ReturnType<typeof openStoredFile>>): FastifyReply {
  return reply.type('application/octet-stream').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).send(file.stream);
}

export function registerNoticeRoutes(app: FastifyInstance): void {
  handle(app, spec.listNoticeKinds, async ({ actor, query, locale }) => listNoticeKinds(actor, query, locale));
  handle(app, spec.listNotices, async ({ actor, query }) => listNotices(actor, query));
  handle(app, spec.exportNotices, async ({ actor, query, locale, reply }) => reply.type('text/csv; charset=utf-8').send(await exportNotices(actor, query, locale)));
  handle(app, spec.getNotice, async ({ actor, params, locale }) => viewNotice(actor, params.id, locale));
  handle(app, spec.createNotice, async ({ actor, body }) => createNotice(actor, body));
  handle(app, spec.attachToNotice, async ({ actor, params, receiveUpload }) => attachFile(actor, params.id, await receiveUpload()));
  handle(app, spec.downloadNoticeAttachment, async ({ actor, params, reply }) => sendFile(reply, await openAttachment(actor, params.id, params.attachmentId)));
  handle(app, spec.confirmNoticeAttachment, async ({ actor, params, body }) => confirmSeen(actor, params.id, params.attachmentId, body));
  handle(app, spec.removeNoticeAttachment, async ({ actor, params, body }) => removeAttachment(actor, params.id, params.attachmentId, body));
  handle(app, spec.publishNotice, async ({ actor, params, body }) => publishNotice(actor, params.id, body));
  handle(app, spec.withdrawNotice, async ({ actor, params, body }) => withdrawNotice(actor, params.id, body));
  handle(app, spec.takeDownNotice, async ({ actor, params, body }) => takeDownNotice(actor, params.id, body));
  handle(app, spec.getNoticePoster, async ({ actor, params, reply }) => reply.type('application/pdf').send(await noticePoster(actor, params.id)));
  handle(app, spec.recordObjection, async ({ actor, params, body }) => recordObjection(actor, params.id, body));
  handle(app, spec.answerObjection, async ({ actor, params, body }) => answerObjection(actor, params.id, params.objectionId, body));
  handle(app, spec.listPublicNotices, async ({ query }) => listPublicNotices(query));
  handle(app, spec.getPublicNotice, async ({ params, locale }) => viewPublicNotice(params.id, locale));
  handle(app, spec.getPublicNoticeAttachment, async ({ params, reply }) => sendFile(reply, await openPublicAttachment(params.id, params.attachmentId)));
  handle(app, spec.objectToNotice, async ({ params, body, request, reply }) => {
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return objectOnline(params.id, body);
    // A form without a script: the reader goes back to the page, which says what came of it.
    const page = `${(request.query as { language?: string }).language === 'en' ? '/en' : ''}/notices?notice=${params.id}`;
    try {
      return await reply.redirect(`${page}&receipt=${(await objectOnline(params.id, body)).number}`, 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return reply.redirect(`${page}&problem=${error.code}`, 303);
    }
  });
}
