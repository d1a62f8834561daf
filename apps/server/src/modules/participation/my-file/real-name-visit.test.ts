import type { MyFileView } from '@sunlit/api-spec';
import Fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setRealNameProvider } from '#platform/authentication/real-name-sign-in.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';

const village = '320826101201';
const idNumber = '399900196001010019';
const callbackUrl = 'http://localhost:80/api/my-file/real-name/callback';
let world: TestApp;
let household: BuiltHousehold;
let provider: FastifyInstance;
/** what the provider says next; each test spoils one part */
const honest = { name: '王小明', idNumber, audience: 'sunlit', lifetime: '5m', forged: false, nonce: undefined as string | undefined, issuer: undefined as string | undefined };
let says = { ...honest };
let asked: URLSearchParams;

const issuer = () => `http://127.0.0.1:${(provider.server.address() as { port: number }).port}`;

beforeAll(async () => {
  world = await openTestApp();
  household = await buildHousehold({ regionCode: village, idNumber, name: '王小明' });
  const [keys, others] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  provider = Fastify();
  provider.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => done(null, {}));
  provider.get('/.well-known/openid-configuration', async () => ({ issuer: issuer(), authorization_endpoint: `${issuer()}/authorize`, token_endpoint: `${issuer()}/token`, jwks_uri: `${issuer()}/keys`, id_token_signing_alg_values_supported: ['RS256'] }));
  provider.get('/keys', async () => ({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] }));
  provider.post('/token', async () => ({
    access_token: 'token',
    token_type: 'Bearer',
    id_token: await new SignJWT({ nonce: says.nonce ?? asked.get('nonce'), name: says.name, id_card_number: says.idNumber })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(says.issuer ?? issuer())
      .setAudience(says.audience)
      .setSubject('subject')
      .setIssuedAt(Math.floor(Date.now() / 1000) - 900)
      .setExpirationTime(says.lifetime)
      .sign(says.forged ? others.privateKey : keys.privateKey),
  }));
  await provider.listen({ host: '127.0.0.1', port: 0 });
  setRealNameProvider({ issuer: issuer(), clientId: 'sunlit', clientSecret: 'secret', scope: 'openid profile', idNumberClaim: 'id_card_number', nameClaim: 'name', callbackUrl, isAvailable: async () => true });
});
afterAll(async () => {
  setRealNameProvider(undefined);
  await provider.close();
  await world.close();
});
beforeEach(() => void (says = { ...honest }));

const cookiesOf = (answer: { cookies: { name: string; value: string }[] }) => answer.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
async function start(): Promise<{ cookie: string; state: string }> {
  const answer = await world.app.inject({ url: '/api/my-file/real-name/start', headers: { host: 'localhost' } });
  asked = new URL(answer.headers.location!).searchParams;
  return { cookie: cookiesOf(answer), state: asked.get('state')! };
}
const finish = (from: { cookie: string; state: string }) => world.app.inject({ url: `/api/my-file/real-name/callback?code=abc&state=${from.state}`, headers: { cookie: from.cookie } });
const outcome = async (from?: { cookie: string; state: string }): Promise<string> => /url=([^"]+)"/.exec((await finish(from ?? (await start()))).body)?.[1] ?? '';

describe('signing in with the real name', () => {
  it('opens the file of the person vouched for; the number is in no address, page or cookie', async () => {
    const begun = await start();
    expect([...asked.keys()].toSorted()).toEqual(['client_id', 'code_challenge', 'code_challenge_method', 'nonce', 'redirect_uri', 'response_type', 'scope', 'state', 'ui_locales'].toSorted());
    const back = await finish(begun);
    expect(back.body).toContain('url=/me"');
    const file = await world.app.inject({ url: '/api/my-file', headers: { cookie: cookiesOf(back) } });
    expect(file.statusCode, file.body).toBe(200);
    expect(file.json<MyFileView>().person.name).toBe('王小明');
    for (const text of [back.body, file.body, JSON.stringify(back.headers), begun.cookie]) expect(text).not.toContain(idNumber);
    const { rows } = await inTransaction({ ...systemActor, permissions: new Set(['audit.read']) }, (trx) => sql<{ details: unknown }>`SELECT details FROM audit.record WHERE action = 'my-file.view' AND household_id = ${household.id}`.execute(trx));
    expect(rows).toEqual([{ details: { by: 'real-name' } }]);
  });

  it.each([
    ['a forged signature', { forged: true }],
    ['an expired token', { lifetime: '-2m' }],
    ['a token for another audience', { audience: 'another-client' }],
    ['a token of another issuer', { issuer: 'https://elsewhere.example' }],
    ['a token of another sign-in', { nonce: 'another' }],
  ])('refuses %s', async (_what, spoilt) => {
    says = { ...honest, ...spoilt };
    expect(await outcome()).toBe('/me?problem=real-name-refused');
  });

  it('refuses a sign-in that is sent twice, somebody else’s, or one that nobody began', async () => {
    const once = await start();
    expect(await outcome(once)).toBe('/me');
    expect(await outcome(once)).toBe('/me?problem=real-name-refused');
    const [mine, yours] = [await start(), await start()];
    expect(await outcome({ cookie: mine.cookie, state: yours.state })).toBe('/me?problem=real-name-refused');
    expect(await outcome({ cookie: '', state: yours.state })).toBe('/me?problem=real-name-refused');
    expect(await outcome({ cookie: 'sunlit-file-start=AAAA', state: yours.state })).toBe('/me?problem=real-name-refused');
  });

  it('opens nothing for who is not registered, or whose number stands at another name', async () => {
    says = { ...honest, idNumber: '399900196202020029' };
    expect(await outcome()).toBe('/me?problem=real-name-unknown');
    says = { ...honest, name: '李四' };
    expect(await outcome()).toBe('/me?problem=real-name-unknown');
    says = { ...honest, idNumber: '123' };
    expect(await outcome()).toBe('/me?problem=real-name-unknown');
  });

  it('shows neither household to who is registered in two, until somebody has looked', async () => {
    await buildHousehold({ regionCode: '320826101202', idNumber, name: '王小明' });
    expect(await outcome()).toBe('/me?problem=real-name-twice');
  });

  it('is not offered where no provider is there', async () => {
    setRealNameProvider(undefined);
    const answer = await world.app.inject({ url: '/api/my-file/real-name/start' });
    expect(answer.headers.location).toBe('/me?problem=real-name-away');
  });
});
