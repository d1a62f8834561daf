import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '#platform/database/transaction.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { endAbandonedTasks } from '#platform/jobs/jobs.ts';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { checkDelivery } from '#modules/data-intake/index.ts';
import { forgetPublicFigures } from '#modules/participation/disclosure/index.ts';
import { executeRun } from './index.ts';

const city = '320800000000';
const county = '320826000000';
const village = '320826101201';
const otherCounty = '320830000000';
const day = '2026-10-31';

const numberOf = (serial: number): string => {
  const first17 = `39990019600101${String(serial).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
};

let world: TestApp;
let officer: TestUser;
let inspector: TestUser;
const households: BuiltHousehold[] = [];

beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], city);
  inspector = await world.user(['discipline-inspector'], city);
  for (const serial of [1, 2, 3]) households.push(await buildHousehold({ regionCode: village, idNumber: numberOf(serial), name: `测试${'甲乙丙'[serial - 1]}` }));
  households.push(await buildHousehold({ regionCode: '320830100201', idNumber: numberOf(4) }));
  await deliver('vehicle', 'public-security', '身份证号,所有人,车辆类型,使用性质,初次登记日期,购置价（元）,机动车状态', [1, 2, 4].map((serial) => `${numberOf(serial)},测试,小型轿车,非营运,2025-03-01,180000.00,正常`));
  await deliver('village-cadre', 'organisation-department', '身份证号,姓名,村代码,职务,任职日期', [`${numberOf(3)},测试丙,${village},村主任,2021-01-01`]);
});
afterAll(() => world.close());

async function deliver(kind: string, departmentCode: string, header: string, rows: string[], asOf = day): Promise<void> {
  const provider = await world.user(['data-provider'], city, { departmentCode });
  const sent = await provider.upload('/api/deliveries', { name: `${kind}.csv`, content: Buffer.from(`${header}\n${rows.join('\n')}\n`) }, { kind, asOf });
  await checkDelivery(provider.actor, { actorId: provider.actor.accountId, subjectId: sent.body.id, taskId: sent.body.taskId });
  const delivery = await provider.call(spec.getDelivery, { params: { id: sent.body.id } });
  if (delivery.body.state === 'held') await officer.call(spec.decideDelivery, { params: { id: sent.body.id }, body: { action: 'accept', reason: '与供数单位核实无误' } });
}

async function start(user = officer, regionCode = city, asOf = day): Promise<string> {
  const started = await user.call(spec.startRun, { body: { regionCode, asOf } });
  expect(started.status).toBe(200);
  return started.body.id;
}
const view = async (user: TestUser, id: string) => (await user.call(spec.getRun, { params: { id } })).body;
const ruleOf = async (user: TestUser, id: string, code: string) => (await view(user, id)).rules.find((rule) => rule.code === code);
const findingsOf = async (user: TestUser, rule: string) => (await user.call(spec.listFindings, { query: { rule } })).body.items;

describe('a cross-check', () => {
  let run: string;

  it('is a draft with exact inputs and counts per rule and village; nobody works on it yet', async () => {
    run = await start();
    expect((await view(officer, run)).state).toBe('queued');
    await executeRun(officer.actor, run);
    const shown = await view(officer, run);
    expect(shown).toMatchObject({ state: 'draft', asOf: day, startedBy: officer.actor.displayName, failure: null });
    expect(shown.rules.find((rule) => rule.code === 'O01')).toMatchObject({ state: 'done', hits: 3, newHits: 3, releasedAt: null });
    expect(shown.rules.find((rule) => rule.code === 'O09')).toMatchObject({ state: 'not-run', reason: expect.stringContaining('死亡') as string });
    expect(shown.inputs.find((input) => input.table === 'vehicle')).toMatchObject({ rows: 3, versions: [{ asOf: day }] });
    expect(shown.inputs.find((input) => input.table === 'persons')).toMatchObject({ rows: 4 });
    const counts = await officer.call(spec.listRunCounts, { params: { id: run }, query: { level: 'village', rule: 'O01' } });
    expect(counts.body.items.map((item) => [item.region.code, item.hits])).toEqual([[village, 2], ['320830100201', 1]]);
    expect(await findingsOf(officer, 'O01')).toEqual([]);
  });

  it('hides rules about officials and their counts from whoever may not read such findings', async () => {
    expect(await ruleOf(officer, run, 'O06')).toBeUndefined();
    expect(await ruleOf(inspector, run, 'O06')).toMatchObject({ state: 'done', hits: 1 });
    expect((await view(officer, run)).hits).toBe(3);
    expect((await view(inspector, run)).hits).toBe(4);
    const counts = await officer.call(spec.listRunCounts, { params: { id: run }, query: { level: 'county' } });
    expect(counts.body.items.map((item) => item.rule)).not.toContain('O06');
    expect((await officer.call(spec.releaseRun, { params: { id: run }, body: { rules: ['O06'] } })).status).toBe(403);
  });

  it('is released rule by rule; then its hits are findings without a deadline yet, and the run ends when all rules are out', async () => {
    const clerk = await world.user(['village-clerk'], village);
    expect((await clerk.call(spec.releaseRun, { params: { id: run }, body: { rules: ['O01'] } })).status).toBe(403);
    const released = await officer.call(spec.releaseRun, { params: { id: run }, body: { rules: ['O01'] } });
    expect(released.body).toEqual({ released: 3 });
    const items = await findingsOf(officer, 'O01');
    expect(items).toHaveLength(3);
    expect(items[0]!.dueOn, 'nobody is responsible yet').toBeNull();
    const local = await world.user(['county-officer'], county);
    const [own] = await findingsOf(local, 'O01');
    const { evidence } = (await local.call(spec.getFinding, { params: { id: own!.id } })).body;
    expect(evidence[0]).toMatchObject({ providerName: '公安局', delivery: { asOf: day, version: 1 } });
    expect((await local.call(spec.getDelivery, { params: { id: evidence[0]!.delivery!.id } })).body).toMatchObject({ fromAbove: true, asOf: day });
    expect(await findingsOf(clerk, 'O01')).toHaveLength(2);
    expect((await officer.call(spec.releaseRun, { params: { id: run }, body: { rules: ['O01'] } })).body).toMatchObject({ code: 'wrong-state' });
    expect((await view(officer, run)).state).toBe('draft');
    const others = (await view(inspector, run)).rules.filter((rule) => rule.state === 'done' && rule.code !== 'O01').map((rule) => rule.code);
    expect((await inspector.call(spec.releaseRun, { params: { id: run }, body: { rules: others } })).status).toBe(200);
    expect((await view(officer, run)).state).toBe('released');
    expect(await findingsOf(officer, 'O06')).toEqual([]);
    expect(await findingsOf(inspector, 'O06')).toHaveLength(1);
  });

  it('opens nothing twice, and says what is gone', async () => {
    await deliver('vehicle', 'public-security', '身份证号,所有人,车辆类型,使用性质,初次登记日期,购置价（元）,机动车状态', [1, 4].map((serial) => `${numberOf(serial)},测试,小型轿车,非营运,2025-03-01,180000.00,正常`), '2026-11-01');
    const again = await start(officer, city, '2026-11-01');
    await executeRun(officer.actor, again);
    expect(await ruleOf(officer, again, 'O01')).toMatchObject({ hits: 2, newHits: 0 });
    const items = await findingsOf(officer, 'O01');
    expect(items.filter((item) => item.state === 'closed')).toMatchObject([{ householdId: households[1]!.id, factGone: true }]);
    // A later look at an earlier day says nothing about what is gone now.
    const earlier = await start(officer, city, '2026-10-30');
    await executeRun(officer.actor, earlier);
    expect((await findingsOf(officer, 'O01')).filter((item) => item.state === 'signal')).toHaveLength(2);
  });
});

describe('an interrupted cross-check', () => {
  it('that will not come back is ended as failed and stays so', async () => {
    const run = await start(officer, county);
    const owner = new pg.Client({ connectionString: world.test.superuserUrl });
    await owner.connect();
    await owner.query(`UPDATE platform.task SET state = 'running', created_at = now() - interval '1 hour' WHERE subject_id = $1`, [run]);
    await owner.query(`UPDATE jobs.job SET state = 'failed' WHERE data ->> 'subjectId' = $1`, [run]);
    await endAbandonedTasks();
    const { rows } = await owner.query(`SELECT state FROM platform.task WHERE subject_id = $1`, [run]);
    await owner.end();
    expect(rows).toEqual([{ state: 'failed' }]);
    expect(await view(officer, run)).toMatchObject({ state: 'failed', failure: expect.any(String) as string });
    await executeRun(officer.actor, run);
    expect((await view(officer, run)).state).toBe('failed');
  });

  it('goes on where it stopped, and neither repeats nor loses a rule', async () => {
    const run = await start(officer, county);
    const stopping = new AbortController();
    const seen: string[] = [];
    const first = executeRun(officer.actor, run, {
      signal: stopping.signal,
      onProgress: ({ rule }) => {
        seen.push(rule);
        if (seen.length === 5) stopping.abort();
      },
    });
    await expect(first).rejects.toThrow('stopping');
    const half = await view(inspector, run);
    expect(half.state).toBe('running');
    expect(half.rules.some((rule) => rule.state === 'waiting')).toBe(true);
    const rest: string[] = [];
    await executeRun(officer.actor, run, { onProgress: ({ rule }) => void rest.push(rule) });
    expect(rest.filter((rule) => seen.includes(rule))).toEqual([]);
    const whole = await view(inspector, run);
    expect(whole.state).toBe('draft');
    expect(whole.rules.every((rule) => rule.state !== 'waiting' && rule.state !== 'running')).toBe(true);
    expect((await inspector.call(spec.getTask, { params: { id: whole.taskId! } })).status).toBe(404);
    expect((await officer.call(spec.getTask, { params: { id: whole.taskId! } })).body.state).toBe('done');
  });

  it('can be stopped by a person and leaves no draft', async () => {
    await buildHousehold({ regionCode: '320831100201', idNumber: numberOf(5) });
    await deliver('vehicle', 'public-security', '身份证号,所有人,车辆类型,使用性质,初次登记日期,购置价（元）,机动车状态', [1, 4, 5].map((serial) => `${numberOf(serial)},测试,小型轿车,非营运,2025-03-01,180000.00,正常`), '2026-11-02');
    const run = await start(officer, city, '2026-11-02');
    expect((await officer.call(spec.startRun, { body: { regionCode: county, asOf: day } })).body).toMatchObject({ code: 'wrong-state' });
    const stopping = new AbortController();
    await expect(
      executeRun(officer.actor, run, {
        signal: stopping.signal,
        onProgress: ({ rule }) => {
          if (rule === 'O01') stopping.abort();
        },
      }),
    ).rejects.toThrow('stopping');
    expect(await ruleOf(officer, run, 'O01')).toMatchObject({ hits: 3, newHits: 1 });
    expect((await officer.call(spec.cancelRun, { params: { id: run } })).status).toBe(200);
    await executeRun(officer.actor, run);
    expect((await view(officer, run)).state).toBe('cancelled');
    const { rows } = await inTransaction(systemActor, (trx) => sql<{ count: number }>`SELECT count(*) AS count FROM supervision.finding WHERE first_run_id = ${run}`.execute(trx));
    expect(rows[0]!.count).toBe(0);
    const waiting = await start(officer, city);
    expect((await officer.call(spec.cancelRun, { params: { id: waiting } })).status).toBe(200);
    expect((await view(officer, waiting)).state).toBe('cancelled');
  });
});

describe('who may', () => {
  it('start one: only within the own region, and with the permission', async () => {
    const local = await world.user(['county-officer'], otherCounty);
    expect((await local.call(spec.startRun, { body: { regionCode: county } })).body).toMatchObject({ code: 'outside-region' });
    const reviewer = await world.user(['town-reviewer'], '320826101000');
    expect((await reviewer.call(spec.startRun, { body: { regionCode: '320826101000' } })).status).toBe(403);
    expect((await local.call(spec.listRuns, {})).body.items).toEqual([]);
  });

  it('start one at a time, even at the same moment', async () => {
    const local = await world.user(['county-officer'], otherCounty);
    const started = await Promise.all([1, 2, 3].map(() => local.call(spec.startRun, { body: { regionCode: otherCounty } })));
    expect(started.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('check one household at once; it opens nothing, says nothing about officials, and is on record', async () => {
    const before = await findingsOf(inspector, 'O01');
    const car = await officer.call(spec.checkHousehold, { params: { id: households[0]!.id }, body: { purpose: '低保复核' } });
    expect(car.body.hits).toMatchObject([{ rule: 'O01' }]);
    expect(car.body.milliseconds).toBeLessThan(5000);
    const cadre = { params: { id: households[2]!.id }, body: { purpose: '低保复核' } };
    expect((await officer.call(spec.checkHousehold, cadre)).body.hits).toEqual([]);
    expect((await inspector.call(spec.checkHousehold, cadre)).body.hits).toMatchObject([{ rule: 'O06' }]);
    expect(await findingsOf(inspector, 'O01')).toHaveLength(before.length);
    const elsewhere = await world.user(['county-officer'], otherCounty);
    expect((await elsewhere.call(spec.checkHousehold, cadre)).status).toBe(404);
    const own = await world.user(['county-officer'], city, { personKey: households[0]!.personKey });
    expect((await own.call(spec.checkHousehold, { params: { id: households[0]!.id }, body: { purpose: '看看自己' } })).body).toMatchObject({ code: 'conflict-of-interest' });
    const { rows } = await inTransaction({ ...systemActor, permissions: new Set(['audit.read']) }, (trx) => sql<{ reason: string }>`SELECT reason FROM audit.record WHERE action = 'household.check' AND household_id = ${households[0]!.id}`.execute(trx));
    expect(rows).toEqual([{ reason: '低保复核' }]);
  });
});

describe('figures', () => {
  it('of the cockpit count the own division and its children', async () => {
    const cockpit = await officer.call(spec.getCockpit, {});
    expect(cockpit.body.totals).toMatchObject({ households: 5, persons: 5, open: 2 });
    expect(cockpit.body.children.find((child) => child.region.code === county)).toMatchObject({ households: 3, open: 1 });
    expect(cockpit.body.indicators).toHaveLength(6);
    expect(cockpit.body.indicators.find((one) => one.code === 'projects')).toMatchObject({ value: null });
    expect(cockpit.body.freshness.find((one) => one.dataset === 'vehicle')).toMatchObject({ asOf: '2026-11-02', provider: '公安局' });
    expect(cockpit.body.oldest.every((item) => item.state !== 'closed')).toBe(true);
    const local = await world.user(['county-officer'], otherCounty);
    expect((await local.call(spec.getCockpit, { query: { regionCode: county } })).body).toMatchObject({ code: 'outside-region' });
    expect((await local.call(spec.getCockpit, {})).body.totals.households).toBe(1);
  });

  it('for everybody hide small counts and stop at the town', async () => {
    forgetPublicFigures();
    const top = await world.anonymous(spec.getPublicFigures, {});
    expect(top.body).toMatchObject({ region: { code: city }, threshold: 5, synthetic: false });
    expect(top.body.rows.map((row) => row.values[0])).toEqual([null, null, null]);
    const town = await world.anonymous(spec.getPublicFigures, { query: { regionCode: village } });
    expect(town.body).toMatchObject({ region: { code: '320826101000' }, rows: [] });
  });
});
