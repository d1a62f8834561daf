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
