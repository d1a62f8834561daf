import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { newId } from '@sunlit/kernel';
import { findActor, type Actor } from '../authorization/actor.ts';
import { getAuth } from '../authentication/auth.ts';
import { AppError } from '../errors.ts';
import { observeRequest } from '../metrics/metrics.ts';
import { sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined;
  }
  interface FastifyContextConfig {
    access?: string;
  }
}

export interface AppOptions {
  version: string;
  registerRoutes: (app: FastifyInstance) => void | Promise<void>;
}

/** The HTTP application without a port: tests inject requests into it, `serve` listens with it. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, genReqId: () => newId(), bodyLimit: 2 * 1024 * 1024, trustProxy: false, routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true } });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => sendProblem(error as AppError, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(new AppError('not-found'), request, reply));
  app.decorateRequest('actor', undefined);

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  // A route nobody declared access for would be open to everyone: the server does not start with one.
  app.addHook('onReady', async () => {
    const undeclared = routes.find((route) => route.config?.access === undefined && route.method !== 'HEAD');
    if (undeclared) throw new Error(`Route ${String(undeclared.method)} ${undeclared.url} declares no access.`);
  });
  // Plain forms of the public site work without a script.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 64 * 1024 }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))));
  await app.register(cookie);
  await app.register(multipart);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sunlit 阳光', version: options.version, description: 'Registries, cross-checks and findings of a sunlit assistance system.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sunlit.session_token' } } },
      security: [{ session: [] }],
    },
    transform: createJsonSchemaTransform({}),
  });

  app.addHook('onRequest', async (request) => {
    refuseCrossSite(request.method, request.headers);
    if (request.url.startsWith('/api/') && request.headers.cookie?.includes('session_token')) request.actor = await actorOf(request.headers);
  });
  app.addHook('onSend', async (request, reply) => {
    void reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('x-frame-options', 'DENY')
      .header('permissions-policy', 'geolocation=(self), camera=(self), microphone=(self)');
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => observeRequest(request.method, request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000));

  await options.registerRoutes(app);
  return app;
}

async function actorOf(headers: NodeJS.Dict<string | string[]>): Promise<Actor | undefined> {
  const session = await getAuth().api.getSession({ headers: toHeaders(headers) });
  return session ? findActor(session.user.id) : undefined;
}

export function toHeaders(source: NodeJS.Dict<string | string[]>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(source)) if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return headers;
}

/** Browsers say where a request comes from; one that changes something must come from our own pages. */
function refuseCrossSite(method: string, headers: NodeJS.Dict<string | string[]>): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('cross-site');
  const origin = headers.origin;
  if (typeof origin === 'string' && origin !== 'null' && headers.host !== undefined && URL.parse(origin)?.host !== headers.host) throw new AppError('cross-site');
}
