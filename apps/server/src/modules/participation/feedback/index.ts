import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { handle } from '#platform/http/endpoint-route.ts';
import { handleList } from '#platform/http/list-route.ts';
import { answerVoice, listVoices, recordVoice, voiceColumns, voiceReceipt } from './voices.ts';

export function registerVoiceRoutes(app: FastifyInstance): void {
  handle(app, spec.recordVoice, async ({ actor, body }) => recordVoice(actor, body));
  handleList(app, spec.listVoices, spec.exportVoices, { name: 'voices', read: listVoices, columns: voiceColumns });
  handle(app, spec.answerVoice, async ({ actor, params, body }) => answerVoice(actor, params.id, body));
  handle(app, spec.getVoiceReceipt, async ({ actor, params, locale, reply }) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'").send(await voiceReceipt(actor, params.id, locale)),
  );
}
