import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter, newId } from '@sunlit/kernel';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDuckDb } from '#analytics/duckdb/with-duckdb.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { keepHouse } from '#platform/jobs/housekeeping.ts';
import { endAbandonedTasks, jobLock } from '#platform/jobs/jobs.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { encodeGb18030 } from '#testing/encode-gb18030.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { checkDelivery, chooseDatasets, registerPersonKeySource, withDatasets } from './index.ts';

const city = '320800000000';
const numberOf = (serial: number): string => {
  const first17 = `99999919800101${String(serial).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
};
const header = '身份证号,所有人,车辆类型,初次登记日期,机动车状态';
const vehicles = (count: number): Buffer =>
  encodeGb18030([header, ...Array.from({ length: count }, (_, row) => `${numberOf(row)},张三,小型轿车,2020-01-0${(row % 9) + 1},正常`)].join('\r\n'));

let testApp: TestApp;
let police: TestUser;
let finance: TestUser;
let officer: TestUser;
let mapper: { provider: TestUser; officer: TestUser };
beforeAll(async () => {
  testApp = await openTestApp();
  const pseudonymiser = new Pseudonymiser(getKeyring().pseudonymKey);
  registerPersonKeySource(async () => [0, 1, 2, 3].map((serial) => pseudonymiser.ofIdNumber(numberOf(serial))));
  police = await testApp.user(['data-provider'], city, { departmentCode: 'public-security' });
  finance = await testApp.user(['data-provider'], city, { departmentCode: 'finance' });
  officer = await testApp.user(['county-officer'], city);
  // Another city: its vehicles are compared with its own earlier ones only.
  mapper = { provider: await testApp.user(['data-provider'], '320300000000', { departmentCode: 'public-security' }), officer: await testApp.user(['county-officer'], '320300000000') };
});
afterAll(() => testApp.close());

async function deliver(content: Buffer, asOf: string, kind = 'vehicle', by = police) {
  const sent = await by.upload('/api/deliveries', { name: '车辆.csv', content }, { kind, asOf });
  if (sent.status !== 200) return { sent, view: undefined };
  await checkDelivery(by.actor, { actorId: by.actor.accountId, subjectId: sent.body.id, taskId: sent.body.taskId });
  const view = await by.call(spec.getDelivery, { params: { id: sent.body.id } });
  return { sent, view: view.body };
}

describe('a delivery', () => {
  it('is checked, matched, kept as a snapshot without a name, and used from its day on', async () => {
    const { view } = await deliver(vehicles(8), '2026-03-01');
    expect(view).toMatchObject({ state: 'accepted', version: 1, rows: 8, kept: 4, encoding: 'gb18030', providerName: '公安局', recognisedKind: 'vehicle', holdReasons: [] });
    expect(view!.lights.map(({ code, light }) => [code, light])).toEqual([
      ['completeness', 'green'],
      ['validity', 'green'],
      ['duplicates', 'green'],
      ['match-rate', 'none'],
      ['change', 'none'],
    ]);
    expect(await chooseDatasets(officer.actor, '2026-02-28')).toEqual([]);
    const chosen = await chooseDatasets(officer.actor, '2026-03-31');
    expect(chosen).toMatchObject([{ kind: 'vehicle', version: 1, rows: 4 }]);
    const classes = await withDatasets(chosen, ([vehicle], workFolder) =>
      withDuckDb({ workFolder }, async (connection) => (await connection.runAndReadAll(`SELECT DISTINCT vehicle_class FROM ${vehicle!.relation}`)).getRows()),
    );
    expect(classes).toEqual([['car']]);
    const kinds = await police.call(spec.listDatasetKinds);
    expect(kinds.body.items).toMatchObject([{ code: 'vehicle', lastDelivery: { asOf: '2026-03-01', rows: 8 } }]);
  });

  it('sent twice acts once', async () => {
    const fields = { kind: 'vehicle', asOf: '2026-03-02', commandId: newId() };
    const file = { name: '车辆.csv', content: vehicles(8) };
    const first = await police.upload('/api/deliveries', file, fields);
    const second = await police.upload('/api/deliveries', file, fields);
    expect(second.body).toEqual(first.body);
    await checkDelivery(police.actor, { actorId: police.actor.accountId, subjectId: first.body.id });
  });

  it('that is far off is held until a person decides, and is used only then', async () => {
    const { view } = await deliver(vehicles(2), '2026-04-01');
    expect(view).toMatchObject({ state: 'held' });
    expect(view!.holdReasons.map(({ code }) => code)).toEqual(['fewer-rows']);
    expect(await chooseDatasets(officer.actor, '2026-04-30')).toMatchObject([{ asOf: '2026-03-02' }]);
    const refused = await police.call(spec.decideDelivery, { params: { id: view!.id }, body: { action: 'accept', reason: '确认无误' } });
    expect(refused.status).toBe(403);
    const accepted = await officer.call(spec.decideDelivery, { params: { id: view!.id }, body: { action: 'accept', reason: '与供数单位核实无误' } });
    expect(accepted.status).toBe(200);
    expect(await chooseDatasets(officer.actor, '2026-04-30')).toMatchObject([{ asOf: '2026-04-01' }]);
    const again = await officer.call(spec.decideDelivery, { params: { id: view!.id }, body: { action: 'return', reason: '再想想' } });
    expect(again.status).toBe(409);
  });

  it('with another file’s columns is held, says whose it looks like and cannot be accepted', async () => {
    const { view } = await deliver(encodeGb18030('身份证号,死者姓名,死亡日期\n1,张三,2020-01-01\n'), '2026-05-01');
    expect(view!.holdReasons).toMatchObject([{ code: 'columns-missing' }, { code: 'other-kind', text: expect.stringContaining('死亡') as string }]);
    const accepted = await officer.call(spec.decideDelivery, { params: { id: view!.id }, body: { action: 'accept', reason: '试一试' } });
    expect(accepted.status).toBe(409);
  });

  it('that is held is understood once a person says what its columns and words mean, and so is the next file', async () => {
    const strange = (from: number): Buffer => encodeGb18030(['甲,乙,丙,丁,戊', ...Array.from({ length: 8 }, (_, row) => `${numberOf(row + from)},张三,大三轮,2020-01-02,正常`)].join('\n'));
    const first = await deliver(strange(0), '2026-06-01', 'vehicle', mapper.provider);
    expect(first.view).toMatchObject({ state: 'held', rows: 0, mappable: true });
    expect(first.view!.columns[0]).toMatchObject({ title: '甲', field: null, samples: expect.arrayContaining(['900000000000000000']) as string[] });
    expect(first.sent.text + JSON.stringify(first.view)).not.toMatch(/99999919800101|张三/u);
    const id = first.view!.id;
    const say = (by: TestUser, body: object) => by.call(spec.mapDelivery, { params: { id }, body });
    expect((await say(finance, { columns: { 甲: 'owner_id_number' } })).status).toBe(404);
    expect((await say(mapper.provider, { columns: { 甲: 'owner_id_number', 乙: 'owner_id_number' } })).status).toBe(400);
    expect((await say(mapper.provider, { columns: { 没有: 'owner_id_number' } })).status).toBe(400);
    const read = async (by: TestUser, body: object) => {
      const said = await say(by, body);
      expect(said.status).toBe(200);
      await checkDelivery(by.actor, { actorId: by.actor.accountId, subjectId: id, taskId: said.body.taskId });
      return (await by.call(spec.getDelivery, { params: { id } })).body;
    };
    const understood = await read(mapper.provider, { columns: { 甲: 'owner_id_number', 乙: 'owner_name', 丙: 'vehicle_class', 丁: 'registered_on', 戊: 'state' } });
    expect(understood).toMatchObject({ rows: 8, kept: 4, unknownValues: [{ field: 'vehicle_class', value: '大三轮', rows: 8 }] });
    expect(understood.holdReasons.map(({ code }) => code)).toEqual(['validity']);
    const good = await read(mapper.officer, { codes: [{ field: 'vehicle_class', value: '大三轮', code: 'motorcycle' }] });
    expect(good).toMatchObject({ state: 'accepted', rows: 8, kept: 4, mappable: false, unknownValues: [] });
    expect((await say(mapper.officer, { columns: { 乙: null } })).status).toBe(409);
    expect((await deliver(strange(0), '2026-07-01', 'vehicle', mapper.provider)).view).toMatchObject({ state: 'accepted', kept: 4 });
  });

  it('lists its problems without the values', async () => {
    const content = encodeGb18030(`${header}\n${numberOf(1)},张三,小型轿车,2020-01-01,正常\n3.2E+17,李四,小型轿车,2020-01-01,正常\n`);
    const { view } = await deliver(content, '2026-05-02');
    const problems = await police.call(spec.listDeliveryProblems, { params: { id: view!.id }, query: {} });
    expect(problems.body.items).toMatchObject([{ row: 3, code: 'lost-digits', message: expect.stringContaining('丢失') as string }]);
    expect(problems.text + JSON.stringify(view)).not.toMatch(/99999919800101|李四/u);
  });

  it('that cannot be read is refused at once with the remedy', async () => {
    const { sent } = await deliver(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), '2026-05-03');
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('.xlsx');
  });
});

describe('a delivery whose process died', () => {
  const owner = async (query: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: testApp.test.superuserUrl });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(query, values);
    await client.end();
    return rows;
  };

  it('says so, in its task too, when the last try ends in a crash; the file is gone and can be delivered again', async () => {
    const sent = await mapper.provider.upload('/api/deliveries', { name: '车辆.csv', content: vehicles(8) }, { kind: 'vehicle', asOf: '2026-08-01' });
    const { id, taskId } = sent.body;
    await owner(`UPDATE platform.task SET state = 'running', created_at = now() - interval '1 hour' WHERE id = $1`, [taskId]);
    await endAbandonedTasks();
    expect((await mapper.provider.call(spec.getDelivery, { params: { id } })).body.state).toBe('checking');
    await owner(`UPDATE jobs.job SET state = 'failed' WHERE data ->> 'taskId' = $1`, [taskId]);
    await withExclusiveLock(jobLock('delivery-check', id), endAbandonedTasks);
    expect((await mapper.provider.call(spec.getDelivery, { params: { id } })).body.state).toBe('checking');
    await endAbandonedTasks();
    expect((await mapper.provider.call(spec.getDelivery, { params: { id } })).body).toMatchObject({ state: 'failed', failure: expect.stringContaining('重新报送') as string });
    expect(await owner('SELECT state FROM platform.task WHERE id = $1', [taskId])).toEqual([{ state: 'failed' }]);
    expect(await owner('SELECT 1 FROM data_intake.delivery WHERE id = $1 AND file_removed_at IS NULL', [id])).toEqual([]);
    expect((await deliver(vehicles(8), '2026-08-01', 'vehicle', mapper.provider)).view).toMatchObject({ state: 'accepted' });
  });

  it('held and not decided keeps its file for its term only; what a crash left is swept', async () => {
    const { view } = await deliver(encodeGb18030('一,二\n1,2\n'), '2026-08-02', 'vehicle', mapper.provider);
    await keepHouse();
    expect((await mapper.provider.call(spec.getDelivery, { params: { id: view!.id } })).body).toMatchObject({ state: 'held', mappable: true });
    await owner(`UPDATE data_intake.delivery SET received_at = now() - interval '61 days' WHERE id = $1`, [view!.id]);
    await keepHouse();
    expect((await mapper.provider.call(spec.getDelivery, { params: { id: view!.id } })).body).toMatchObject({ state: 'held', mappable: false });
    expect((await mapper.provider.call(spec.mapDelivery, { params: { id: view!.id }, body: { columns: { 一: 'owner_id_number' } } })).status).toBe(409);
    expect(await owner(`SELECT id FROM data_intake.delivery WHERE state NOT IN ('held', 'checking') AND file_removed_at IS NULL`)).toEqual([]);
  });
});

describe('who may see what', () => {
  it('a provider sees and delivers its own kinds only', async () => {
    expect((await deliver(vehicles(3), '2026-05-04', 'vehicle', finance)).sent.status).toBe(403);
    expect((await finance.call(spec.listDeliveries, { query: {} })).body.items).toEqual([]);
    const [own] = (await police.call(spec.listDeliveries, { query: {} })).body.items;
    expect((await finance.call(spec.getDelivery, { params: { id: own!.id } })).status).toBe(404);
    expect((await officer.call(spec.listDeliveries, { query: { limit: 2 } })).body).toMatchObject({ items: [{}, {}], nextCursor: expect.any(String) as string });
  });

  it('a county sees that the city’s accepted delivery exists, not what stands in it; a county’s department sees nothing of it', async () => {
    const county = await testApp.user(['county-officer'], '320826000000');
    const cityAccepted = (await officer.call(spec.listDeliveries, { query: { state: 'accepted' } })).body.items;
    const cityHeld = (await officer.call(spec.listDeliveries, { query: { state: 'held' } })).body.items;
    expect(cityHeld.length).toBeGreaterThan(0);
    const seen = (await county.call(spec.listDeliveries, { query: {} })).body.items;
    expect(seen.map(({ id, fromAbove }) => [id, fromAbove])).toEqual(cityAccepted.map(({ id }) => [id, true]));
    const header = await county.call(spec.getDelivery, { params: { id: seen[0]!.id } });
    expect(header.body).toMatchObject({ providerName: '公安局', kind: 'vehicle', fromAbove: true, columns: [], fieldQuality: [], unknownValues: [], mappable: false });
    expect((await county.call(spec.listDeliveryProblems, { params: { id: seen[0]!.id }, query: {} })).status).toBe(403);
    expect((await county.call(spec.getDelivery, { params: { id: cityHeld[0]!.id } })).status).toBe(404);
    expect((await county.call(spec.mapDelivery, { params: { id: seen[0]!.id }, body: {} })).status).toBe(404);
    const changed = await inTransaction(county.actor, (trx) => trx.updateTable('data_intake.delivery').set({ kept: 0 }).where('id', '=', seen[0]!.id).executeTakeFirst());
    expect(changed.numUpdatedRows).toBe(0n);
    const countyPolice = await testApp.user(['data-provider'], '320826000000', { departmentCode: 'public-security' });
    expect((await countyPolice.call(spec.listDeliveries, { query: {} })).body.items).toEqual([]);
    expect((await countyPolice.call(spec.getDelivery, { params: { id: seen[0]!.id } })).status).toBe(404);
  });

  it('another county sees nothing', async () => {
    const elsewhere = await testApp.user(['county-officer'], '320100000000');
    expect((await elsewhere.call(spec.listDeliveries, { query: {} })).body.total).toBe(0);
  });

  it('no plain file stays behind', async () => {
    const rows = await inTransaction(police.actor, (trx) => trx.selectFrom('data_intake.delivery').select(['report', 'snapshot']).execute());
    expect(JSON.stringify(rows)).not.toMatch(/张三|999999/u);
  });
});
