import { parseIdCardNumber } from '@sunlit/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { finishRealNameSignIn, findRealNameProvider, openStartedSignIn, signInMinutes, startRealNameSignIn, type RealNameProvider } from '#platform/authentication/real-name-sign-in.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inIdentityTransaction, inTransaction } from '#platform/database/transaction.ts';
import { log } from '#platform/logging/log.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { findPersonHome, listHouseholdIds, listRegistrationsOfNumber } from '#modules/registries/households/index.ts';
import { findKeptPerson } from '#modules/registries/record-linkage/index.ts';
import { self } from './resident-actor.ts';
import { beginVisit, hashOf } from './resident-visit.ts';

const carriedCookie = 'sunlit-file-start';
const cookiePath = '/api/my-file/real-name';

type Outcome = { opened: true } | { problem: 'real-name-refused' | 'real-name-unknown' | 'real-name-twice' | 'real-name-away' };

const pageOf = (english: boolean): string => (english ? '/en/me' : '/me');

/** Sends the browser to who vouches for residents. The address by which it came must be the one it comes back to. */
export async function startSignIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const english = (request.query as { language?: string }).language === 'en';
  const provider = await findRealNameProvider();
  if (!provider) return reply.redirect(`${pageOf(english)}?problem=real-name-away`, 303);
  const own = new URL(provider.callbackUrl);
  if (request.headers.host !== own.host && (request.query as { again?: string }).again === undefined) {
    return reply.redirect(`${own.origin}${cookiePath}/start?again=1${english ? '&language=en' : ''}`, 303);
  }
  try {
    const { address, carried } = await startRealNameSignIn(provider, english);
    // Lax: the browser comes back from another site and must bring this along.
    void reply.setCookie(carriedCookie, carried, { path: cookiePath, httpOnly: true, sameSite: 'lax', secure: own.protocol === 'https:', maxAge: signInMinutes * 60 });
    return await reply.redirect(address.href, 303);
  } catch (error) {
    noteRefusal(error);
    return reply.redirect(`${pageOf(english)}?problem=real-name-away`, 303);
  }
}

/**
 * The browser is back. The page that answers leads on by itself instead of redirecting: a cookie for our own pages only
 * would not travel with a redirect that another site began.
 */
export async function finishSignIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const provider = await findRealNameProvider();
  const signIn = openStartedSignIn(request.cookies[carriedCookie]);
  void reply.clearCookie(carriedCookie, { path: cookiePath });
  const outcome: Outcome = provider && signIn ? await open(provider, signIn, request, reply) : { problem: 'real-name-refused' };
  const target = `${pageOf(signIn?.english ?? false)}${'problem' in outcome ? `?problem=${outcome.problem}` : ''}`;
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'")
    .header('referrer-policy', 'no-referrer')
    .send(`<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${target}"><title>Sunlit 阳光</title><a href="${target}">→</a>`);
}

async function open(provider: RealNameProvider, signIn: Parameters<typeof finishRealNameSignIn>[2], request: FastifyRequest, reply: FastifyReply): Promise<Outcome> {
  const first = await inIdentityTransaction(async (trx) => (await sql`INSERT INTO my_file.used_sign_in (state_hash) VALUES (${hashOf(signIn.state)}) ON CONFLICT DO NOTHING`.execute(trx)).numAffectedRows === 1n);
  if (!first) return { problem: 'real-name-refused' };
  let said: { name: string; idNumber: string };
  try {
    said = await finishRealNameSignIn(provider, new URL(request.url, provider.callbackUrl).search, signIn);
  } catch (error) {
    noteRefusal(error);
    return { problem: 'real-name-refused' };
  }
  const card = parseIdCardNumber(said.idNumber);
  if (!card.ok) return { problem: 'real-name-unknown' };
  const key = new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(card.value);
  const plain = (name: string): string => name.normalize('NFKC').replace(/[\s·•・.]/gu, '');
  const found = await inTransaction(systemActor, async (trx) => {
    // A number that was written down wrongly must not open somebody else's file: the name has to be theirs too.
    const all = (await listRegistrationsOfNumber(trx, key, today())).filter(({ name }) => plain(name) === plain(said.name));
    // Two entries that somebody found to be one person are one, under the id that was kept.
    const standing = await Promise.all(
      all.map(async (one) => {
        const kept = await findKeptPerson(trx, one.personId);
        const home = kept === undefined ? undefined : await findPersonHome(trx, kept, today());
        return kept !== undefined && home ? { personId: kept, ...home } : one;
      }),
    );
    return Promise.all(standing.map(async (one) => ({ ...one, householdIds: await listHouseholdIds(trx, one.householdId) })));
  });
  const registered = found[0];
  if (!registered) return { problem: 'real-name-unknown' };
  if (new Set(found.map(({ householdId }) => householdId)).size > 1) return { problem: 'real-name-twice' };
  await beginVisit(reply, { letterId: null, householdId: registered.householdId, householdIds: registered.householdIds, personId: registered.personId, regionCode: registered.regionCode, reader: self });
  return { opened: true };
}

/** The kind of failure only: an answer of the provider holds who somebody is. */
function noteRefusal(error: unknown): void {
  const { name = 'Error', code = '' } = (error ?? {}) as { name?: string; code?: string };
  log.warn({ error: name, code }, 'a sign-in with the real name was refused');
}
