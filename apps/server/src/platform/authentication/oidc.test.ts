import Fastify, { type FastifyInstance } from 'fastify';
import { newId, nationCode } from '@sunlit/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '../authorization/actor.ts';
import { inTransaction } from '../database/transaction.ts';
import { createApp } from '../http/create-app.ts';
import { getKeyring } from '../personal-data/keyring.ts';
import { openTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { insertStaff, registerSessionRoutes, findActorByAccount } from '#modules/organisation/index.ts';
import { setActorLoader } from '../authorization/actor.ts';
import { createLogin } from './accounts.ts';
import { createAuth, setAuth } from './auth.ts';
import { registerOidcRoutes } from './oidc-routes.ts';

let test: TestDatabase;
let provider: FastifyInstance;
let app: FastifyInstance;
let saysItIs = 'zhang.wei';

/** An identity provider with one user, as small as the protocol allows. */
async function startProvider(): Promise<string> {
  provider = Fastify();
  provider.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => done(null, {}));
  const address = await provider
    .get('/.well-known/openid-configuration', async () => ({ issuer: origin(), authorization_endpoint: `${origin()}/authorize`, token_endpoint: `${origin()}/token`, userinfo_endpoint: `${origin()}/userinfo` }))
    .post('/token', async () => ({ access_token: 'token', token_type: 'Bearer' }))
    .get('/userinfo', async () => ({ sub: `subject-${saysItIs}`, id: `subject-${saysItIs}`, preferred_username: saysItIs, email: `${saysItIs}@example.org`, email_verified: true, name: saysItIs }))
    .listen({ host: '127.0.0.1', port: 0 });
  return address;
}
const origin = () => `http://127.0.0.1:${(provider.server.address() as { port: number }).port}`;

beforeAll(async () => {
  test = await openTestDatabase();
  const issuer = await startProvider();
  setAuth(createAuth(test.database, getKeyring().sessionSecret, { oidc: { issuer, clientId: 'sunlit', clientSecret: 'secret' } }, 'http://127.0.0.1:8080'));
  setActorLoader(findActorByAccount);
  app = await createApp({
    version: 'test',
    registerRoutes: (instance) => {
      registerSessionRoutes(instance);
      registerOidcRoutes(instance, 'http://127.0.0.1:8080');
    },
  });
  const id = newId();
  await inTransaction(systemActor, (trx) => insertStaff(trx, { id, userName: 'zhang.wei', displayName: '张伟', regionCode: nationCode, departmentCode: null, roles: ['helper'] }));
  await createLogin({ id, userName: 'zhang.wei', displayName: '张伟', password: 'not-used-here-1' });
});
afterAll(async () => {
  await app.close();
  await provider.close();
  await test.close();
});

async function signInThroughProvider(): Promise<{ location: string; session: number }> {
  const started = await app.inject({ method: 'GET', url: '/api/oidc/start' });
  const target = new URL(started.headers.location as string);
  const cookie = (answer: typeof started) => answer.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  if (!started.headers.location?.startsWith('http')) throw new Error(started.body + started.headers.location);
  const back = await app.inject({ method: 'GET', url: `/api/oidc/callback/oidc?code=abc&state=${target.searchParams.get('state')}`, headers: { cookie: cookie(started) } });
  const session = await app.inject({ method: 'GET', url: '/api/session', headers: { cookie: cookie(back) } });
  return { location: back.headers.location as string, session: session.statusCode };
}

it('signs in the account that was opened here for the user name the provider vouches for', async () => {
  expect(await signInThroughProvider()).toEqual({ location: 'http://127.0.0.1:8080/workbench/', session: 200 });
});

it('opens no account for somebody nobody here knows', async () => {
  saysItIs = 'unknown.person';
  expect((await signInThroughProvider()).session).toBe(401);
});
