import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { answerVoice, listVoices, recordVoice, voiceReceipt } from './voices.ts';

export function registerVoiceRoutes(app: FastifyInstance): void {
  handle(app, spec.recordVoice, async ({ actor, body }) => recordVoice(actor, body));
  handle(app, spec.listVoices, async ({ actor, query }) => listVoices(actor, query));
  handle(app, spec.answerVoice, async ({ actor, params, body }) => answerVoice(actor, params.id, body));
  handle(app, spec.getVoiceReceipt, async ({ actor, params, locale, reply }) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'").send(await voiceReceipt(actor, params.id, locale)),
  );
}
