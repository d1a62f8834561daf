import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import { toHeaders } from '../http/create-app.ts';
import { getAuth } from './auth.ts';
import { clearFailures, countFailure, requireNotLocked } from './sign-in-lock.ts';

/** Checks name and password; with a second factor the session begins only after the one-time code. */
export async function signInWithPassword(request: FastifyRequest, reply: FastifyReply, userName: string, password: string): Promise<'signed-in' | 'totp'> {
  const name = userName.toLowerCase();
  await requireNotLocked(name);
  const response = await getAuth()
    .api.signInUsername({ body: { username: name, password }, headers: toHeaders(request.headers), asResponse: true })
    .catch(() => undefined);
  if (!response?.ok) {
    await countFailure(name);
    throw new AppError('sign-in-failed');
  }
  copyCookies(response, reply);
  const answer = (await response.json()) as { twoFactorRedirect?: boolean };
  if (answer.twoFactorRedirect) return 'totp';
  await clearFailures(name);
  return 'signed-in';
}

export async function confirmOneTimeCode(request: FastifyRequest, reply: FastifyReply, code: string): Promise<void> {
  const response = await getAuth()
    .api.verifyTOTP({ body: { code }, headers: toHeaders(request.headers), asResponse: true })
    .catch(() => undefined);
  if (!response?.ok) throw new AppError('totp-wrong');
  copyCookies(response, reply);
}

export function copyCookies(response: Response, reply: FastifyReply): void {
  for (const value of response.headers.getSetCookie()) void reply.header('set-cookie', value);
}
