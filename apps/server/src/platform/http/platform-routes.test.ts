import * as spec from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countJob } from '#platform/metrics/metrics.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';

let world: TestApp;
beforeAll(async () => {
  world = await openTestApp();
});
afterAll(() => world.close());

it('describes its interface in OpenAPI 3.1 that a validator accepts', async () => {
  const document = (await world.app.inject('/api/openapi.json')).json<Record<string, unknown>>();
  expect(document).toMatchObject({ openapi: '3.1.0' });
  const validator = new Validator();
  const result = await validator.validate(document);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
  expect(Object.keys(document['paths'] as object)).toContain('/api/deliveries');
});

it('counts requests and jobs, by route and queue only', async () => {
  countJob('delivery-check', 'done');
  await world.app.inject('/api/households?q=399900196001010018');
  const metrics = (await world.app.inject('/metrics')).body;
  expect(metrics).toContain('sunlit_jobs_total{queue="delivery-check",outcome="done"}');
  expect(metrics).toMatch(/sunlit_http_request_seconds_count\{method="GET",route="\/api\/households"/);
  expect(metrics).not.toContain('3999001960');
});

it('answers cursors nobody was given, characters nobody can store and broken forms with 400', async () => {
  const officer = await world.user(['county-officer'], '320826000000');
  const ask = (path: string) => world.app.inject({ url: path, headers: { cookie: officer.cookie } });
  const cursor = (value: unknown) => encodeURIComponent(Buffer.from(JSON.stringify(value)).toString('base64url'));
  for (const list of ['households', 'household-imports', 'deliveries', 'findings', 'voices', 'cross-check-runs']) {
    for (const value of [["'; drop table x"], [{}], ['\0'], [[], [1]]]) {
      const { statusCode } = await ask(`/api/${list}?cursor=${cursor(value)}`);
      expect(statusCode, `${list} ${JSON.stringify(value)}`).toBeLessThan(500);
    }
    expect((await ask(`/api/${list}?q=%00`)).statusCode).toBeLessThan(500);
  }
  const broken = await world.app.inject({ method: 'POST', url: '/api/household-imports', headers: { cookie: officer.cookie, 'content-type': 'multipart/form-data; boundary=x' }, payload: 'zzz' });
  expect(broken.statusCode).toBe(400);
});

it('gives every list as a file as well: what the list shows, in its order, with who took it and what for', async () => {
  const [auditor, clerk] = [await world.user(['audit-administrator'], '320800000000'), await world.user(['village-clerk'], '320826101201')];
  for (const text of ['=HYPERLINK("x") 先说的', '后说的话']) {
    await clerk.call(spec.recordVoice, { body: { commandId: newId(), regionCode: '320826101201', channel: 'counter', subject: 'other', text } });
  }
  const take = async (query: string) => (await world.app.inject({ url: `/api/voices/export?${query}`, headers: { cookie: clerk.cookie } }));
  expect((await take('sort=oldest')).statusCode).toBe(400);
  const oldest = await take(`sort=oldest&purpose=${encodeURIComponent('季度汇总用')}`);
  const lines = oldest.body.replace('\uFEFF', '').trim().split('\r\n');
  expect(lines[0]).toContain('季度汇总用');
  expect(lines[1]).toContain('内容');
  expect(lines[2]).toContain(`"'=HYPERLINK(""x"") 先说的"`);
  expect(lines[3]).toContain('后说的话');
  expect(lines.at(-1)).toBe(lines[0]);
  const newest = await take(`state=received&purpose=${encodeURIComponent('季度汇总用')}`);
  expect(newest.body.indexOf('后说的话')).toBeLessThan(newest.body.indexOf('先说的'));
  const trail = await world.app.inject({ url: `/api/audit-records?action=list.export&sort=oldest`, headers: { cookie: auditor.cookie } });
  expect(trail.json<{ items: { reason: string }[] }>().items.map(({ reason }) => reason)).toEqual(['季度汇总用', '季度汇总用']);
  for (const path of ['cross-check-runs', 'household-imports', 'deliveries', 'correction-tasks', 'staff', 'voices', 'audit-records', 'funds/documents']) {
    const answers = await Promise.all([auditor, clerk, await world.user(['county-officer', 'finance-officer', 'auditor'], '320826000000')].map(({ cookie }) => world.app.inject({ url: `/api/${path}/export?purpose=${encodeURIComponent('核对一下')}`, headers: { cookie } })));
    const list = await world.app.inject({ url: `/api/${path}`, headers: { cookie: clerk.cookie } });
    expect(answers[1]!.statusCode, path).toBe(list.statusCode);
    expect(answers.some(({ statusCode }) => statusCode === 200), path).toBe(true);
  }
});
