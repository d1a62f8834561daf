import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter, newId } from '@sunlit/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDuckDb } from '#analytics/duckdb/with-duckdb.ts';
import { authorisedRelation } from '#analytics/rule-runner/index.ts';
import { today } from '#platform/clock/today.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { checkDelivery, datasetKinds } from '#modules/data-intake/index.ts';
import { executeRun } from '#modules/supervision/cross-checks/index.ts';
import { listAuthorisedPersonKeys } from './view-authorisations.ts';

const city = '320800000000';
const village = '320826101201';
const numberOf = (serial: number): string => {
  const first17 = `39990019600101${String(serial).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
};

let world: TestApp;
let clerk: TestUser;
let officer: TestUser;
let taxOffice: TestUser;
let household: BuiltHousehold;
beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  officer = await world.user(['county-officer'], city);
  taxOffice = await world.user(['data-provider'], city, { departmentCode: 'taxation' });
  household = await buildHousehold({ regionCode: village, idNumber: numberOf(1), name: '测试甲' });
  await buildHousehold({ regionCode: village, idNumber: numberOf(2), name: '测试乙' });
});
afterAll(() => world.close());

const record = (by: TestUser, body: object = {}) =>
  by.call(spec.recordAuthorisation, { params: { id: household.personId }, body: { kinds: ['tax'], purpose: '社会救助家庭经济状况核对', signedOn: '2026-01-05', ...body } });
const list = async () => (await clerk.call(spec.listAuthorisations, { params: { id: household.id } })).body;

async function deliverTax(asOf: string) {
  const rows = [1, 2, 3].map((serial) => `${numberOf(serial)},测试甲,工资薪金所得,2025,60000,100`);
  const sent = await taxOffice.upload('/api/deliveries', { name: '个税.csv', content: Buffer.from(`纳税人识别号,姓名,所得项目,税款所属年度,收入额,实缴税额\n${rows.join('\n')}\n`) }, { kind: 'tax', asOf });
  await checkDelivery(taxOffice.actor, { actorId: taxOffice.actor.accountId, subjectId: sent.body.id, taskId: sent.body.taskId });
  return (await taxOffice.call(spec.getDelivery, { params: { id: sent.body.id } })).body;
}

async function authorisedInRun(): Promise<number | undefined> {
  const { id } = (await officer.call(spec.startRun, { body: { regionCode: city, asOf: '2026-10-31' } })).body;
  await executeRun(officer.actor, id);
  return (await officer.call(spec.getRun, { params: { id } })).body.inputs.find(({ table }) => table === 'authorised:tax')?.rows;
}

describe('an authorisation', () => {
  it('opens exactly the data it names, for exactly the person it names', async () => {
    expect(await deliverTax('2026-01-31')).toMatchObject({ rows: 3, kept: 0 });
    const recorded = await record(clerk);
    expect(recorded.status).toBe(200);
    expect(await list()).toMatchObject({ kinds: [{ code: 'housing-fund' }, { code: 'tax' }], items: [{ id: recorded.body.id, state: 'valid', kinds: [{ code: 'tax' }], signedBy: 'self', hasForm: false }] });
    expect(await deliverTax('2026-02-28')).toMatchObject({ state: 'accepted', rows: 3, kept: 1 });
    expect(await listAuthorisedPersonKeys(officer.actor, 'housing-fund', today())).toEqual([]);
    expect(await listAuthorisedPersonKeys(officer.actor, 'tax', '2026-01-04')).toEqual([]);
    expect(await authorisedInRun()).toBe(1);
  });

  it('carries the signed paper, which only those who record authorisations open', async () => {
    const [item] = (await list()).items;
    const sent = await clerk.upload(`/api/authorisations/${item!.id}/form`, { name: '授权书.pdf', content: Buffer.from('%PDF-1.7 paper') });
    expect(sent.status).toBe(200);
    expect((await clerk.call(spec.downloadAuthorisationForm, { params: { id: item!.id } })).text).toBe('%PDF-1.7 paper');
    const viewers = await clerk.call(spec.listHouseholdViewers, { params: { id: household.id } });
    expect(viewers.body.items).toMatchObject([{ action: 'household.view' }]);
    expect((await clerk.upload(`/api/authorisations/${item!.id}/form`, { name: '另一张.jpg', content: Buffer.from([0xff, 0xd8, 0xff, 0xe1]) })).status).toBe(409);
  });

  it('ends with its last day, and at once when it is withdrawn, also for a look at earlier days', async () => {
    const short = await record(clerk, { kinds: ['housing-fund'], validUntil: '2026-03-31' });
    expect(await listAuthorisedPersonKeys(officer.actor, 'housing-fund', '2026-03-31')).toEqual([household.personKey]);
    expect(await listAuthorisedPersonKeys(officer.actor, 'housing-fund', '2026-04-01')).toEqual([]);
    expect((await list()).items.find(({ id }) => id === short.body.id)!.state).toBe('expired');
    const { id } = (await list()).items.find(({ kinds }) => kinds[0]!.code === 'tax')!;
    expect((await clerk.call(spec.withdrawAuthorisation, { params: { id }, body: { on: '2026-01-01', reason: '本人要求' } })).status).toBe(400);
    expect((await clerk.call(spec.withdrawAuthorisation, { params: { id }, body: { on: today(), reason: '本人要求' } })).status).toBe(200);
    expect((await list()).items.find((item) => item.id === id)).toMatchObject({ state: 'withdrawn', withdrawn: { on: today(), reason: '本人要求' } });
    expect(await listAuthorisedPersonKeys(officer.actor, 'tax', '2026-02-28')).toEqual([]);
    expect(await authorisedInRun()).toBe(0);
    expect((await clerk.call(spec.withdrawAuthorisation, { params: { id }, body: { on: today(), reason: '再撤一次' } })).status).toBe(409);
  });

  it('is refused when it makes no sense, and to whoever may not record it here', async () => {
    expect((await record(clerk, { kinds: ['vehicle'] })).status).toBe(400);
    expect((await record(clerk, { signedOn: '2999-01-01' })).status).toBe(400);
    expect((await record(clerk, { signedBy: 'guardian' })).status).toBe(400);
    expect((await record(await world.user(['town-reviewer'], '320830000000'))).status).toBe(404);
    expect((await record(taxOffice)).status).toBe(403);
  });
});

describe('a relation of a kind that needs authorisations', () => {
  it('shows the authorised people only', async () => {
    const [a, b] = [newId(), newId()];
    const kind = (await datasetKinds()).get('tax')!;
    const rows = await withPrivateFolder((workFolder) =>
      withDuckDb({ workFolder }, async (connection) => {
        const relation = await authorisedRelation(connection, kind, `(SELECT CAST('${a}' AS UUID) AS person_key UNION ALL SELECT CAST('${b}' AS UUID))`, [b]);
        return (await connection.runAndReadAll(`SELECT CAST(person_key AS VARCHAR) FROM ${relation}`)).getRows();
      }),
    );
    expect(rows).toEqual([[b]]);
  });
});
