import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { localeOf } from '#platform/http/locale.ts';
import { repositoryFolder } from '#platform/settings.ts';

interface PublicSite {
  render: (request: { path: string; locale: string; call: (path: string) => Promise<unknown> }) => Promise<{ status: number; html: string }>;
}

const folderOf = (name: string) => join(repositoryFolder, 'apps', name, 'dist');
const strictPages = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The three web apps on the same port: `/` public site (rendered here), `/workbench`, `/client`. */
export async function registerWebApps(app: FastifyInstance): Promise<void> {
  for (const name of ['workbench', 'client'] as const) {
    const root = folderOf(name);
    if (!existsSync(join(root, 'index.html'))) continue;
    await app.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'public' };
      });
      scope.addHook('onSend', async (request, reply) => {
        void reply.header('content-security-policy', strictPages);
        void reply.header('cache-control', /\/assets\//.test(request.url) ? 'public, max-age=31536000, immutable' : 'no-cache');
      });
      await scope.register(fastifyStatic, { root, prefix: `/${name}/`, decorateReply: name === 'workbench', wildcard: false, cacheControl: false });
      // The app has its own addresses: each of them opens the same page.
      scope.get(`/${name}/*`, { schema: { hide: true } }, async (request, reply) => (/\.[a-z0-9]+$/i.test(request.url.split('?')[0]!) ? reply.callNotFound() : reply.sendFile('index.html', root)));
    });
  }
  const entry = join(folderOf('public-site'), 'server', 'entry-server.js');
  if (!existsSync(entry)) return;
  const site = (await import(pathToFileURL(entry).href)) as PublicSite;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'public' };
      });
    const assets = join(folderOf('public-site'), 'client');
    if (existsSync(assets)) await scope.register(fastifyStatic, { root: assets, prefix: '/site/', decorateReply: false, wildcard: false, cacheControl: true, maxAge: '1h', index: false });
    const page = async (request: { url: string; headers: Record<string, string | string[] | undefined> }) => {
      const answer = await site.render({
        path: request.url,
        locale: localeOf(request as never),
        call: async (path) => {
          // The address decides the language. Only a resident's own visit goes with it, never a staff session.
          const visit = /(?:^|;\s*)(sunlit-file=[^;]+)/.exec(String(request.headers['cookie'] ?? ''))?.[1];
          const response = await app.inject({ method: 'GET', url: path, headers: { 'accept-language': /^\/en(?:[/?]|$)/.test(request.url) ? 'en' : 'zh-CN', ...(visit && path === '/api/my-file' ? { cookie: visit } : {}) } });
          return response.statusCode === 200 ? response.json() : undefined;
        },
      });
      return answer;
    };
    for (const path of ['/', '/*']) {
      scope.get(path, { schema: { hide: true } }, async (request, reply) => {
        if (request.url.startsWith('/api/')) return reply.callNotFound();
        const answer = await page(request);
        return reply.code(answer.status).type('text/html; charset=utf-8').header('cache-control', 'no-store').header('content-security-policy', strictPages).send(answer.html);
      });
    }
  });
}
