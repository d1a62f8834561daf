import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { registerDemoIdentityProvider } from './demo-identity-provider.ts';

const callbackUrl = 'http://127.0.0.1:8080/api/my-file/real-name/callback';

async function providerWhere(isDemo: boolean) {
  const app = Fastify();
  await app.register(cookie);
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))));
  const provider = registerDemoIdentityProvider(app, { publicUrl: 'http://127.0.0.1:8080', callbackUrl, isDemo: async () => isDemo });
  return { app, provider };
}

it('vouches for nobody outside the demo', async () => {
  const { app, provider } = await providerWhere(false);
  expect(await provider.isAvailable()).toBe(false);
  for (const path of ['/.well-known/openid-configuration', '/keys', '/authorize']) expect((await app.inject({ url: `/demo-identity${path}` })).statusCode).toBe(404);
  for (const path of ['/authorize', '/token']) expect((await app.inject({ method: 'POST', url: `/demo-identity${path}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'a=1' })).statusCode).toBe(404);
});

it('sends nobody anywhere but back, and gives nothing for a code it did not give out', async () => {
  const { app } = await providerWhere(true);
  const asked = new URLSearchParams({ client_id: 'sunlit-demo', redirect_uri: 'http://elsewhere.example/', response_type: 'code', state: 's', nonce: 'n', code_challenge: 'c', code_challenge_method: 'S256' });
  expect((await app.inject({ url: `/demo-identity/authorize?${asked.toString()}` })).statusCode).toBe(400);
  const answer = await app.inject({ method: 'POST', url: '/demo-identity/token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'grant_type=authorization_code&code=guess&client_id=sunlit-demo' });
  expect([answer.statusCode, answer.json()]).toEqual([400, { error: 'invalid_client' }]);
});
