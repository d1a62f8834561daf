import * as spec from '@sunlit/api-spec';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setSecondFactorEnforced } from '#platform/authorization/authorize.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';

let world: TestApp;
beforeAll(async () => {
  world = await openTestApp();
  setSecondFactorEnforced(true);
});
afterAll(async () => {
  setSecondFactorEnforced(false);
  await world.close();
});

/** RFC 6238 with the defaults every authenticator app uses. */
function oneTimeCode(uri: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const secret = new URL(uri).searchParams.get('secret')!.replace(/=+$/, '');
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  return String((digest.readUInt32BE(digest[19]! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

it('an administrator does nothing before setting up one-time codes, and signs in with one afterwards', async () => {
  const administrator = await world.user(['system-administrator'], '320826000000');
  expect((await administrator.call(spec.listStaff)).body).toMatchObject({ code: 'totp-setup-required' });
  expect((await administrator.call(spec.getSession)).body).toMatchObject({ totpRequired: true, totpEnabled: false });
  expect((await administrator.call(spec.beginTotp, { body: { password: 'wrong-password' } as never })).status).toBe(401);
  const begun = await administrator.call(spec.beginTotp, { body: { password: 'test-password-01' } as never });
  expect(begun.status).toBe(200);
  const finished = await administrator.call(spec.finishTotp, { body: { code: oneTimeCode(begun.body.totpUri) } as never });
  expect(finished.status).toBe(200);

  const password = await world.app.inject({ method: 'POST', url: '/api/session', payload: { userName: administrator.actor.userName, password: 'test-password-01' } });
  expect(password.json()).toEqual({ next: 'totp' });
  const half = password.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  expect((await world.app.inject({ method: 'GET', url: '/api/staff', headers: { cookie: half } })).statusCode).toBe(401);
  const wrong = await world.app.inject({ method: 'POST', url: '/api/session/totp', headers: { cookie: half }, payload: { code: '000000' } });
  expect(wrong.json()).toMatchObject({ code: 'totp-wrong' });
  const right = await world.app.inject({ method: 'POST', url: '/api/session/totp', headers: { cookie: half }, payload: { code: oneTimeCode(begun.body.totpUri) } });
  expect(right.statusCode).toBe(200);
  const whole = right.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  expect((await world.app.inject({ method: 'GET', url: '/api/staff', headers: { cookie: whole } })).statusCode).toBe(200);
});

it('an officer works without, but neither unmasks nor decides', async () => {
  const officer = await world.user(['county-officer'], '320826000000');
  expect((await officer.call(spec.listHouseholds)).status).toBe(200);
  expect((await officer.call(spec.releaseRun, { params: { id: '01890000-0000-7000-8000-000000000001' }, body: { rules: ['O09'] } })).body).toMatchObject({ code: expect.stringMatching(/totp-setup-required|not-found/) as string });
});

it('shows open sessions, and signing out everywhere ends them all', async () => {
  const officer = await world.user(['county-officer'], '320826000000');
  expect((await officer.call(spec.listSessions)).body.items).toHaveLength(1);
  expect((await officer.call(spec.signOutEverywhere)).status).toBe(200);
  expect((await officer.call(spec.getSession)).status).toBe(401);
});
