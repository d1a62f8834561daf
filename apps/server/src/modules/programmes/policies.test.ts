import * as spec from '@sunlit/api-spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '#platform/database/transaction.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { readPolicySnapshot } from './policy-snapshot.ts';

const county = '320826000000';
let world: TestApp;
let first: TestUser;
let second: TestUser;
beforeAll(async () => {
  world = await openTestApp();
  first = await world.user(['county-officer'], county);
  second = await world.user(['county-officer'], county);
});
afterAll(() => world.close());

const line = { regionCode: county, code: 'line.subsistence-rural-month', value: 90000, validFrom: '2026-07-01', basis: '本地低保标准文件' };

it('a value changes from a day on, for one county, only when a second person approves it', async () => {
  const { id } = (await first.call(spec.proposePolicy, { body: line })).body;
  expect((await first.call(spec.decidePolicy, { params: { id }, body: { action: 'approve', reason: '自己批自己' } })).body).toMatchObject({ code: 'conflict-of-interest' });
  const before = await inTransaction(first.actor, (trx) => readPolicySnapshot(trx, [county]));
  expect((await second.call(spec.decidePolicy, { params: { id }, body: { action: 'approve', reason: '与文件一致' } })).status).toBe(200);
  const list = await first.call(spec.listPolicies, { query: { on: '2026-08-01' } });
  expect(list.body.items.find((item) => item.code === line.code)).toMatchObject({ value: 90000, region: { code: county }, basis: '本地低保标准文件' });
  const after = await inTransaction(first.actor, (trx) => readPolicySnapshot(trx, [county, '320830000000']));
  const amounts = (snapshot: typeof after, code: string) => snapshot.policy_lines.filter((one) => one.county_code === code && one.line_code === 'subsistence-rural-month').map((one) => one.amount_fen);
  expect(amounts(before, county)).toEqual([80000]);
  expect(after.policy_lines.filter((one) => one.county_code === county && one.line_code === 'subsistence-rural-month').map((one) => [one.amount_fen, one.valid_from, one.valid_to]).sort()).toEqual([
    [80000, '2024-01-01', '2026-07-01'],
    [90000, '2026-07-01', null],
  ]);
  expect(amounts(after, '320830000000')).toEqual([80000]);
  expect((await first.call(spec.exportPolicies)).text).toContain('line.subsistence-rural-month');
});

it('refuses an unknown parameter, a wrong form, and a county that is not one’s own', async () => {
  expect((await first.call(spec.proposePolicy, { body: { ...line, code: 'line-x' } })).body).toMatchObject({ fields: [{ path: 'code' }] });
  expect((await first.call(spec.proposePolicy, { body: { ...line, value: -5 } })).body).toMatchObject({ fields: [{ path: 'value' }] });
  expect((await first.call(spec.proposePolicy, { body: { ...line, regionCode: '320830000000' } })).body).toMatchObject({ code: 'outside-region' });
});

it('takes the values of a rule as that rule declares them, and shows them on the rule’s page', async () => {
  const o01 = { ...line, code: 'rule.O01', validFrom: '2026-01-01', basis: '本县车辆认定办法' };
  expect((await first.call(spec.proposePolicy, { body: { ...o01, value: { lowValue: 1 } } })).body).toMatchObject({ fields: [{ path: 'value' }] });
  const { id } = (await first.call(spec.proposePolicy, { body: { ...o01, value: { lowValueFen: 5_000_000 } } })).body;
  await second.call(spec.decidePolicy, { params: { id }, body: { action: 'approve', reason: '同意' } });
  const rule = await first.call(spec.getRule, { params: { code: 'O01' } });
  expect(rule.body.parameters.find((parameter) => parameter.name === 'lowValueFen')?.values[0]).toMatchObject({ value: '5000000', region: { code: county } });
});

it('the database itself takes no value that nobody approved', async () => {
  await expect(
    inTransaction(first.actor, (trx) => trx.insertInto('platform.policy_value').values({ region_code: county, code: 'line.monitoring-year', value: '1', valid_from: '2027-01-01', basis: '绕过' }).execute()),
  ).rejects.toThrow(/row-level security/);
});
