import * as spec from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { listDatasetKinds } from '#modules/data-intake/list-dataset-kinds.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { createServiceAccount, listServiceAccounts, revokeServiceAccount } from './service-accounts.ts';

const city = '320800000000';
let world: TestApp;
let administrator: TestUser;
beforeAll(async () => {
  world = await openTestApp();
  administrator = await world.user(['system-administrator'], city);
});
afterAll(() => world.close());

const account = (changes: Partial<Parameters<typeof createServiceAccount>[1]> = {}) => ({ commandId: newId(), userName: 'police-feed', regionCode: city, departmentCode: 'public-security', roles: ['data-provider'], ...changes });
const audited = async () => (await inTransaction({ ...administrator.actor, permissions: new Set(['audit.read']) }, (trx) => sql<{ action: string; actor_name: string }>`SELECT action, actor_name FROM audit.record WHERE action LIKE 'service-account.%' ORDER BY id`.execute(trx))).rows;

it('is made by a system administrator within their region, for one region and department, and audited', async () => {
  const officer = await world.user(['county-officer'], city);
  await expect(createServiceAccount(officer.actor, account())).rejects.toMatchObject({ code: 'not-permitted' });
  await expect(createServiceAccount(administrator.actor, account({ regionCode: '320100000000' }))).rejects.toMatchObject({ code: 'outside-region' });
  for (const [field, bad] of [
    ['roles', { roles: ['no-such-role'] }],
    ['roles', { roles: ['system-administrator', 'audit-administrator'] }],
    ['departmentCode', { departmentCode: 'no-such-department' }],
    ['regionCode', { regionCode: '320899999999' }],
    ['userName', { userName: 'Police Feed' }],
  ] as const) {
    await expect(createServiceAccount(administrator.actor, account(bad as never)), field).rejects.toMatchObject({ code: 'request-invalid', fields: [{ path: field }] });
  }
  await createServiceAccount(administrator.actor, account());
  await expect(createServiceAccount(administrator.actor, account())).rejects.toMatchObject({ code: 'already-exists' });
  expect(await audited()).toEqual([{ action: 'service-account.create', actor_name: administrator.actor.displayName }]);
});

it('passes the locks of its role and department, cannot sign in, and ends when it is revoked', async () => {
  const { id } = await createServiceAccount(administrator.actor, account({ userName: 'audit-feed', departmentCode: 'civil-affairs' }));
  const actor = (await findActor(id))!;
  expect(actor).toMatchObject({ kind: 'service', regionCode: city, provider: 'civil-affairs' });
  expect(new Set((await listDatasetKinds(actor, 'zh-CN')).items.map((kind) => kind.providerCode))).toEqual(new Set(['civil-affairs']));
  await expect(createServiceAccount(actor, account({ userName: 'another' }))).rejects.toMatchObject({ code: 'not-permitted' });
  const signIn = await world.app.inject({ method: 'POST', url: spec.signIn.path, payload: { userName: 'audit-feed', password: 'sunlit-demo-2026' } });
  expect(signIn.statusCode).toBe(401);

  const outsider = await world.user(['system-administrator'], '320826000000');
  await expect(revokeServiceAccount(outsider.actor, { commandId: newId(), userName: 'audit-feed', reason: '不归我管' })).rejects.toMatchObject({ code: 'not-found' });
  await revokeServiceAccount(administrator.actor, { commandId: newId(), userName: 'audit-feed', reason: '接口更换' });
  expect(await findActor(id)).toBeUndefined();
  expect((await listServiceAccounts(administrator.actor)).find((one) => one.userName === 'audit-feed')).toMatchObject({ active: false, roles: ['data-provider'] });
  await expect(revokeServiceAccount(administrator.actor, { commandId: newId(), userName: 'audit-feed', reason: '再一次' })).rejects.toMatchObject({ code: 'wrong-state' });
  expect((await audited()).at(-1)).toMatchObject({ action: 'service-account.revoke' });
});
