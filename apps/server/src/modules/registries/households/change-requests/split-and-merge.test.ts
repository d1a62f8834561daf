import * as spec from '@sunlit/api-spec';
import { countyCodeOf, idCardCheckCharacter, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { deliverDueEvents } from '#platform/events/deliver-events.ts';
import { listEntitledEnrolments } from '#modules/registries/households/index.ts';
import { buildFinding, buildHousehold, type BuiltHousehold } from '#testing/builders.ts';
import { approveChange, changeRegistry } from '#testing/change-registry.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';

const village = '320826101201';
const programme = 'subsistence-rural';
let world: TestApp;
let officer: TestUser;
let serial = 0;
beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], '320826000000');
});
afterAll(() => world.close());

const idNumber = () => {
  serial += 1;
  const first17 = `39990019${60 + (serial % 30)}0101${String(serial).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
};
const build = (name: string) => buildHousehold({ regionCode: village, name, idNumber: idNumber() });
const view = async (id: string, asOf?: string) => (await officer.call(spec.getHousehold, { params: { id }, query: asOf ? { asOf } : {} })).body;
const people = async (id: string, asOf?: string) => (await view(id, asOf)).members.map(({ name, relation }) => `${name} ${relation?.code}`);
const change = (householdId: string, body: Parameters<typeof changeRegistry>[2]['change'], effectiveOn = '2026-06-01') => changeRegistry(world, officer, { householdId, effectiveOn, change: body });

async function withSon(name: string): Promise<{ household: BuiltHousehold; son: string }> {
  const household = await build(name);
  await change(household.id, { kind: 'join', reason: 'other', name: `${name}之子`, relation: '03', idNumber: idNumber() }, '2026-02-01');
  return { household, son: (await view(household.id)).members.find((one) => one.relation?.code === '03')!.personId };
}
const enrol = (household: BuiltHousehold, personId: string | null) =>
  inTransaction(systemActor, (trx) => sql`INSERT INTO households.enrolment (county_code, id, household_id, person_id, responsible_region_code, programme_code, valid_from) VALUES (${countyCodeOf(village)}, ${newId()}, ${household.id}, ${personId}, ${village}, ${programme}, '2026-01-01')`.execute(trx));
const entitled = (asOf: string, ids: readonly string[]) =>
  inTransaction(systemActor, async (trx) => (await listEntitledEnrolments(trx, { programmeCode: programme, regionCode: village, asOf })).filter(({ household_id: id }) => ids.includes(id)).map((row) => ({ id: row.enrolment_id, household: row.household_id, member: row.is_member })));

describe('the split household', () => {
  it('lives on as two: people, benefits, findings and requests go with whom they are about; a split by mistake is taken back whole', async () => {
    const { household, son } = await withSon('石老');
    await enrol(household, son);
    const [before] = await entitled('2026-05-15', [household.id]);
    const finding = await buildFinding({ ...household, personId: son });
    const own = await buildFinding(household);
    const pending = (await officer.call(spec.proposeChange, { body: { householdId: household.id, effectiveOn: '2026-06-01', reason: '更正', change: { kind: 'person-facts', personId: son, labour: 'weak' } } })).body;
    const number = `${household.number}-2`;
    const taken = await officer.call(spec.proposeChange, { body: { householdId: household.id, effectiveOn: '2026-06-01', reason: '分户', despiteConflict: '同时办理', change: { kind: 'split', number: household.number, members: [{ personId: son, relation: '01' }] } } });
    expect(taken.status).toBe(400);
    const done = (await officer.call(spec.proposeChange, { body: { householdId: household.id, effectiveOn: '2026-06-01', reason: '户口簿已分', despiteConflict: '同时办理', change: { kind: 'split', number, members: [{ personId: son, relation: '01' }] } } })).body;
    expect(await approveChange(world, done.id)).toBe('applied');
    await deliverDueEvents();
    const [item] = (await officer.call(spec.listHouseholds, { query: { q: '石老之子' } })).body.items;
    expect(item).toMatchObject({ number, headName: '石老之子', memberCount: 1, status: { code: 'unstable' } });
    const made = item!.id;
    expect([await people(household.id), await people(made), await people(household.id, '2026-05-31')]).toEqual([['石老 01'], ['石老之子 01'], ['石老 01', '石老之子 03']]);
    // Paid once a month under one id, from the household of the day.
    expect(await entitled('2026-05-15', [household.id, made])).toEqual([before]);
    expect(await entitled('2026-06-15', [household.id, made])).toEqual([{ id: before!.id, household: made, member: true }]);
    const findingsOf = async (id: string) => (await officer.call(spec.listFindings, { query: { householdId: id } })).body.items.map((one) => one.id);
    expect([await findingsOf(made), await findingsOf(household.id)]).toEqual([[finding], [own]]);
    expect((await officer.call(spec.listChangeRequests, { query: { householdId: made, waiting: 'anybody' } })).body.items.map(({ id }) => id)).toEqual([pending.id]);
    expect(await approveChange(world, pending.id)).toBe('applied');

    await change(household.id, { kind: 'reversal', requestId: done.id }, '2026-07-01');
    await deliverDueEvents();
    expect(await people(household.id)).toEqual(['石老 01', '石老之子 03']);
    expect((await officer.call(spec.listHouseholds, { query: { q: number } })).body.items).toEqual([]);
    expect(await entitled('2026-06-15', [household.id, made])).toEqual([{ id: before!.id, household: household.id, member: true }]);
    expect((await findingsOf(household.id)).toSorted()).toEqual([finding, own].toSorted());
  });

  it('says who is head in both, and never leaves a household empty', async () => {
    const { household, son } = await withSon('贺老');
    const propose = (body: object) => officer.call(spec.proposeChange, { body: { householdId: household.id, effectiveOn: '2026-06-01', reason: '分户', change: { kind: 'split', number: `${household.number}-2`, ...body } as never } });
    expect((await propose({ members: [{ personId: son, relation: '03' }] })).status).toBe(400);
    expect((await propose({ members: [{ personId: household.personId, relation: '01' }] })).status).toBe(400);
    expect((await propose({ members: [{ personId: son, relation: '01' }, { personId: household.personId, relation: '05' }] })).status).toBe(400);
    expect((await propose({ members: [{ personId: household.personId, relation: '01' }], relations: [{ personId: son, relation: '01' }] })).status).toBe(200);
  });
});

describe('two households that become one', () => {
  it('keeps the old number as an alias that today’s reads follow, pays what both had once, loses no finding, request or payment', async () => {
    const kept = await build('甘大');
    const merged = await build('甘二');
    await enrol(kept, null);
    await enrol(merged, null);
    const finding = await buildFinding(merged);
    const own = await buildFinding(kept);
    // about the household itself: nobody to follow when the two part again
    await inTransaction({ ...systemActor, permissions: new Set(['finding.read-officials']) }, (trx) => sql`UPDATE supervision.finding SET person_id = NULL WHERE id IN (${finding}, ${own})`.execute(trx));
    const pending = (await officer.call(spec.proposeChange, { body: { householdId: merged.id, effectiveOn: '2026-06-01', reason: '搬家', change: { kind: 'household-contact', address: '高西村 9 组' } } })).body;
    const done = await change(kept.id, { kind: 'merge', mergedHouseholdId: merged.id, members: [{ personId: merged.personId, relation: '08' }] });
    expect(done.state).toBe('applied');
    await deliverDueEvents();
    const shown = await view(merged.id);
    expect(shown).toMatchObject({ id: kept.id, number: kept.number, merged: [{ id: merged.id, number: merged.number, since: '2026-06-01' }] });
    expect([await people(merged.id), await people(merged.id, '2026-05-31')]).toEqual([['甘大 01', '甘二 08'], ['甘二 01']]);
    expect((await officer.call(spec.listHouseholds, { query: { q: merged.number } })).body.items.map(({ id }) => id)).toEqual([kept.id]);
    for (const id of [kept.id, merged.id]) expect((await officer.call(spec.listFindings, { query: { householdId: id } })).body.items.map((one) => one.id).toSorted()).toEqual([finding, own].toSorted());
    expect((await entitled('2026-06-15', [kept.id, merged.id])).map(({ household }) => household)).toEqual([kept.id]);
    for (const id of [kept.id, merged.id]) expect((await officer.call(spec.listHouseholdPayouts, { params: { id }, query: {} })).status).toBe(200);
    expect((await officer.call(spec.getChangeRequest, { params: { id: pending.id } })).body).toMatchObject({ household: { id: kept.id }, state: { code: 'proposed' } });
    expect(await approveChange(world, pending.id)).toBe('applied');
    expect((await view(kept.id)).address).toBe('高西村 9 组');

    // Taken back: both stand as before.
    await change(kept.id, { kind: 'reversal', requestId: done.id }, '2026-07-01');
    await deliverDueEvents();
    const findingsOf = async (id: string) => (await officer.call(spec.listFindings, { query: { householdId: id } })).body.items.map((one) => one.id);
    expect([await findingsOf(kept.id), await findingsOf(merged.id)]).toEqual([[own], [finding]]);
    expect([await people(kept.id), await people(merged.id)]).toEqual([['甘大 01'], ['甘二 01']]);
    expect((await entitled('2026-06-15', [kept.id, merged.id])).map(({ household }) => household).toSorted()).toEqual([kept.id, merged.id].toSorted());
    expect((await officer.call(spec.listHouseholds, { query: { q: merged.number } })).body.items.map(({ id }) => id)).toEqual([merged.id]);
  });

  it('is refused across villages, twice, and with somebody left out', async () => {
    const kept = await build('单大');
    const merged = await build('单二');
    const far = await buildHousehold({ regionCode: '320826101202', name: '单三', idNumber: idNumber() });
    const propose = (mergedHouseholdId: string, members: { personId: string; relation: string }[]) => officer.call(spec.proposeChange, { body: { householdId: kept.id, effectiveOn: '2026-06-01', reason: '并户', change: { kind: 'merge', mergedHouseholdId, members } } });
    expect((await propose(far.id, [{ personId: far.personId, relation: '08' }])).status).toBe(400);
    expect((await propose(merged.id, [{ personId: kept.personId, relation: '08' }])).status).toBe(400);
    expect((await propose(merged.id, [{ personId: merged.personId, relation: '01' }])).status).toBe(400);
    await change(kept.id, { kind: 'merge', mergedHouseholdId: merged.id, members: [{ personId: merged.personId, relation: '08' }] });
    expect((await propose(merged.id, [{ personId: merged.personId, relation: '08' }])).status).toBe(400);
  });
});
