import * as spec from '@sunlit/api-spec';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#platform/errors.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { sendNotice } from '#platform/http/household-notice.ts';
import { handleList } from '#platform/http/list-route.ts';
import { answerRequest, listRequests, requestColumns } from './answer-request.ts';
import { askRequest } from './ask-request.ts';
import { listLetters, makeLetter, revokeLetter } from './code-letters.ts';
import { confirmHouseholdMeasure } from '#modules/management/identification/index.ts';
import { holdEndNotice, holdNotice } from '#modules/registries/payouts/index.ts';
import { printMyFile } from './print-my-file.ts';
import { finishSignIn, startSignIn } from './real-name-visit.ts';
import { residentActor } from './resident-actor.ts';
import { closeVisit, openVisit, requireVisit } from './resident-visit.ts';
import { sayNotReceived } from './say-not-received.ts';
import { viewMyFile } from './view-my-file.ts';
import { withdraw } from './withdraw.ts';

/** A form without a script goes back to the page, which says what came of it; a program gets the answer itself. */
async function answerForm<Answer>(request: FastifyRequest, reply: FastifyReply, work: () => Promise<Answer>, done: (answer: Answer) => string): Promise<Answer | FastifyReply> {
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return work();
  const page = `${(request.query as { language?: string }).language === 'en' ? '/en' : ''}/me`;
  try {
    return await reply.redirect(`${page}${done(await work())}`, 303);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return reply.redirect(`${page}?problem=${error.code}`, 303);
  }
}

const ok = { ok: true as const };

export function registerMyFileRoutes(app: FastifyInstance): void {
  handle(app, spec.openMyFile, async ({ body, request, reply }) =>
    answerForm(request, reply, async () => {
      await openVisit(reply, body);
      return ok;
    }, () => ''),
  );
  handle(app, spec.closeMyFile, async ({ request, reply }) =>
    answerForm(request, reply, async () => {
      await closeVisit(request, reply);
      return ok;
    }, () => '?closed'),
  );
  // Addresses for a browser on its way to the provider and back, not for programs.
  const browserOnly = { config: { access: 'public' }, schema: { hide: true } };
  app.get('/api/my-file/real-name/start', browserOnly, startSignIn);
  app.get('/api/my-file/real-name/callback', browserOnly, finishSignIn);
  handle(app, spec.getMyFile, async ({ request, locale }) => viewMyFile(await requireVisit(request), locale));
  handle(app, spec.getOwnHoldEndNotice, async ({ request, params, locale, reply }) => sendNotice(reply, await holdEndNotice(residentActor(await requireVisit(request)), params.id, locale)));
  handle(app, spec.getOwnHoldNotice, async ({ request, params, locale, reply }) => sendNotice(reply, await holdNotice(residentActor(await requireVisit(request)), params.id, locale)));
  handle(app, spec.askFromMyFile, async ({ request, reply, body }) => answerForm(request, reply, async () => askRequest(await requireVisit(request), body), ({ number }) => `?receipt=${number}`));
  handle(app, spec.answerMeasure, async ({ request, reply, body }) =>
    answerForm(request, reply, async () => {
      const visit = await requireVisit(request);
      return confirmHouseholdMeasure(residentActor(visit, ['identification.work']), visit.householdId, body);
    }, () => '?said'),
  );
  handle(app, spec.withdrawFromMyFile, async ({ request, reply, body }) => answerForm(request, reply, async () => withdraw(await requireVisit(request), body), () => '?withdrawn'));
  handle(app, spec.listCodeLetters, async ({ actor, params }) => listLetters(actor, params.id));
  handle(app, spec.makeCodeLetter, async ({ actor, params, body }) => makeLetter(actor, params.id, body));
  handle(app, spec.revokeCodeLetter, async ({ actor, params, body }) => revokeLetter(actor, params.id, body));
  handle(app, spec.printMyFile, async ({ actor, params, query, locale, reply }) =>
    sendNotice(reply, await printMyFile(actor, params.id, query, locale)),
  );
  handle(app, spec.sayNotReceived, async ({ actor, params, body }) => sayNotReceived(actor, params.id, body));
  handleList(app, spec.listResidentRequests, spec.exportResidentRequests, { name: 'resident-requests', read: listRequests, columns: requestColumns });
  handle(app, spec.answerResidentRequest, async ({ actor, params, body }) => answerRequest(actor, params.id, body));
}
