import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import type { RealNameProvider } from '#platform/authentication/real-name-sign-in.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { findPerson } from '#modules/registries/households/index.ts';
import { demoSignInPage } from './demo-sign-in-page.ts';
import { listDemoResidents, strangerNumber } from './demo-residents.ts';

const root = '/demo-identity';
const clientId = 'sunlit-demo';
const codeSeconds = 60;
const tokenSeconds = 300;

const request = z.object({ client_id: z.literal(clientId), redirect_uri: z.string(), response_type: z.literal('code'), state: z.string().min(1), nonce: z.string().min(1), code_challenge: z.string().min(1), code_challenge_method: z.literal('S256'), ui_locales: z.string().optional() });
export type SignInRequest = z.output<typeof request>;

interface Grant {
  asked: SignInRequest;
  subject: string;
  name: string;
  idNumber: string;
  until: number;
}

/**
 * Vouches for the demo’s invented residents, so that signing in with the real name can be tried. It answers nobody unless
 * the demo runs on this machine; number and name go from server to server, never through the browser.
 */
export function registerDemoIdentityProvider(app: FastifyInstance, options: { publicUrl: string; callbackUrl: string; isDemo: () => Promise<boolean> }): RealNameProvider {
  const issuer = `${options.publicUrl}${root}`;
  const clientSecret = randomBytes(32).toString('base64url');
  const keys = generateKeyPair('RS256');
  const grants = new Map<string, Grant>();
  const open = { config: { access: 'public' }, schema: { hide: true } };
  const inDemo = (answer: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) => async (incoming: FastifyRequest, reply: FastifyReply) => ((await options.isDemo()) ? answer(incoming, reply) : reply.callNotFound());
  const asked = (source: unknown): SignInRequest | undefined => {
    const read = request.safeParse(source);
    return read.success && read.data.redirect_uri === options.callbackUrl ? read.data : undefined;
  };
  const refuse = (reply: FastifyReply) => reply.code(400).type('text/plain; charset=utf-8').send('这次认证请求不完整，请从“我的档案”重新开始。 / This request is incomplete; start again from “My file”.');

  app.get(`${root}/.well-known/openid-configuration`, open, inDemo(async () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  })));
  app.get(`${root}/keys`, open, inDemo(async () => ({ keys: [{ ...(await exportJWK((await keys).publicKey)), kid: 'demo', alg: 'RS256', use: 'sig' }] })));

  app.get(`${root}/authorize`, open, inDemo(async (incoming, reply) => {
    const wanted = asked(incoming.query);
    if (!wanted) return refuse(reply);
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
      .send(demoSignInPage(wanted, await listDemoResidents()));
  }));

  app.post(`${root}/authorize`, open, inDemo(async (incoming, reply) => {
    const wanted = asked(incoming.body);
    const who = (incoming.body as { who?: string } | null)?.who ?? '';
    if (!wanted) return refuse(reply);
    const back = new URL(wanted.redirect_uri);
    back.searchParams.set('state', wanted.state);
    const vouched = who === 'stranger' ? { name: '路人甲', idNumber: strangerNumber } : await readResident(who);
    if (vouched) {
      const code = randomBytes(24).toString('base64url');
      for (const [key, grant] of grants) if (grant.until < Date.now()) grants.delete(key);
      grants.set(code, { asked: wanted, subject: createHash('sha256').update(`${clientSecret}${who}`).digest('base64url'), ...vouched, until: Date.now() + codeSeconds * 1000 });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', 'access_denied');
    return reply.redirect(back.href, 303);
  }));

  app.post(`${root}/token`, open, inDemo(async (incoming, reply) => {
    const said = (incoming.body ?? {}) as Partial<Record<string, string>>;
    const grant = grants.get(said.code ?? '');
    grants.delete(said.code ?? '');
    const isClient = said.client_id === clientId && isSame(said.client_secret ?? '', clientSecret);
    const isFinisher = grant !== undefined && grant.until > Date.now() && said.redirect_uri === grant.asked.redirect_uri && isSame(createHash('sha256').update(said.code_verifier ?? '').digest('base64url'), grant.asked.code_challenge);
    if (!isClient || !isFinisher) return reply.code(400).send({ error: isClient ? 'invalid_grant' : 'invalid_client' });
    const idToken = await new SignJWT({ nonce: grant.asked.nonce, name: grant.name, id_card_number: grant.idNumber })
      .setProtectedHeader({ alg: 'RS256', kid: 'demo' })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(grant.subject)
      .setIssuedAt()
      .setExpirationTime(`${tokenSeconds}s`)
      .sign((await keys).privateKey);
    return reply.header('cache-control', 'no-store').send({ access_token: randomBytes(24).toString('base64url'), token_type: 'Bearer', expires_in: tokenSeconds, id_token: idToken });
  }));

  return { issuer, clientId, clientSecret, scope: 'openid profile', idNumberClaim: 'id_card_number', nameClaim: 'name', callbackUrl: options.callbackUrl, isAvailable: options.isDemo };
}

const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

async function readResident(id: string): Promise<{ name: string; idNumber: string } | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const person = await inTransaction(systemActor, (trx) => findPerson(trx, id));
  const idNumber = decryptOptional('id-number', person?.id_number_enc);
  return person && idNumber ? { name: person.name, idNumber } : undefined;
}
