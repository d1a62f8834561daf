import type { FastifyInstance, FastifyReply } from 'fastify';
import { toHeaders } from '../http/create-app.ts';
import { getAuth } from './auth.ts';
import { copyCookies } from './sign-in.ts';

/**
 * Sign-in through an identity provider, when one is configured: the provider says who it is (`preferred_username`), the
 * account with that user name must have been opened here before.
 */
export function registerOidcRoutes(app: FastifyInstance, baseUrl: string): void {
  const options = { config: { access: 'public' }, schema: { hide: true } };
  const pass = async (request: Request, reply: FastifyReply) => {
    const response = await getAuth().handler(request);
    copyCookies(response, reply);
    const target = response.headers.get('location');
    return target ? reply.redirect(target) : reply.code(response.status).send(await response.text());
  };
  app.get('/api/oidc/start', options, async (request, reply) => {
    const headers = toHeaders({ ...request.headers, 'content-type': 'application/json', origin: baseUrl });
    headers.delete('content-length');
    const response = await getAuth().handler(
      new Request(`${baseUrl}/api/oidc/sign-in/social`, { method: 'POST', headers, body: JSON.stringify({ provider: 'oidc', callbackURL: `${baseUrl}/workbench/`, errorCallbackURL: `${baseUrl}/workbench/?sign-in=refused` }) }),
    );
    copyCookies(response, reply);
    const answer = (await response.json().catch(() => ({}))) as { url?: string };
    return reply.redirect(answer.url ?? '/workbench/?sign-in=refused');
  });
  app.get('/api/oidc/callback/oidc', options, async (request, reply) => pass(new Request(`${baseUrl}${request.url}`, { headers: toHeaders(request.headers) }), reply));
}
