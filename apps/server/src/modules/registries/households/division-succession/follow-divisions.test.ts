import * as spec from '@sunlit/api-spec';
import { idCardCheckCharacter } from '@sunlit/kernel';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliverDueEvents } from '#platform/events/deliver-events.ts';
import { buildFinding, buildHousehold } from '#testing/builders.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';
import { followDivisions } from './follow-divisions.ts';

const [old, successor] = ['320826101201', '320826101202'];
let world: TestApp;
beforeAll(async () => {
  world = await openTestApp();
});
afterAll(() => world.close());

it('a village merged into another hands over its households with what is under way; two equal numbers stay two households', async () => {
  const idNumber = `39990019640404001${idCardCheckCharacter('39990019640404001')}`;
  const household = await buildHousehold({ regionCode: old, name: '并村人', number: '0007', idNumber });
  const same = await buildHousehold({ regionCode: successor, number: '0007' });
  const finding = await buildFinding(household);
  const before = await world.user(['village-clerk'], old);
  const after = await world.user(['village-clerk'], successor);
  const reviewer = await world.user(['town-reviewer'], '320826101000');
  const { body } = await before.call(spec.proposeChange, { body: { householdId: household.id, effectiveOn: '2026-06-01', reason: '核实', change: { kind: 'person-facts', personId: household.personId, labour: 'weak' } } });
  const owner = new pg.Client({ connectionString: world.test.superuserUrl });
  await owner.connect();
  await owner.query(`INSERT INTO organisation.region_successor (code, successor_code, effective_on, basis) VALUES ($1, $2, '2026-07-01', '并村')`, [old, successor]);
  await owner.end();

  await followDivisions();
  await followDivisions();
  await deliverDueEvents();
  const shown = (await after.call(spec.getHousehold, { params: { id: household.id } })).body;
  expect(shown).toMatchObject({ number: '0007-201', region: { code: successor }, historicalRegion: { code: old } });
  expect((await before.call(spec.getHousehold, { params: { id: household.id } })).status).toBe(404);
  expect((await after.call(spec.listHouseholds, { query: { q: '并村人' } })).body.items.map(({ id }) => id)).toEqual([household.id]);
  expect((await after.call(spec.listHouseholds, { query: { q: '0007' } })).body.items.map(({ id }) => id).toSorted()).toEqual([household.id, same.id].toSorted());
  expect((await after.call(spec.getChangeRequest, { params: { id: body.id } })).body).toMatchObject({ region: { code: successor }, steps: [{ action: 'propose' }] });
  expect((await reviewer.call(spec.decideChange, { params: { id: body.id }, body: { action: 'approve' } })).body.state).toBe('applied');
  const seen = (await after.call(spec.getFinding, { params: { id: finding } })).body;
  expect(seen.evidence.length).toBeGreaterThan(0);
});

it('a village divided among several: each household goes where people say, with what is under way; the others stay', async () => {
  const [divided, north, south] = ['320826101203', '320826101204', '320826101205'];
  const goes = await buildHousehold({ regionCode: divided, name: '北迁人', number: 'D1' });
  const stays = await buildHousehold({ regionCode: divided, name: '未定人', number: 'D2' });
  const [finding, other] = [await buildFinding(goes), await buildFinding(stays)];
  const owner = new pg.Client({ connectionString: world.test.superuserUrl });
  await owner.connect();
  for (const to of [north, south, '320831101201']) await owner.query(`INSERT INTO organisation.region_successor (code, successor_code, effective_on, basis) VALUES ($1, $2, '2026-07-01', '拆分')`, [divided, to]);
  await owner.end();
  await followDivisions();
  const [clerk, after, reviewer] = [await world.user(['village-clerk'], divided), await world.user(['village-clerk'], north), await world.user(['town-reviewer'], '320826101000')];
  const pending = await clerk.call(spec.proposeChange, { body: { householdId: goes.id, effectiveOn: '2026-06-01', reason: '核实', change: { kind: 'person-facts', personId: goes.personId, labour: 'weak' } } });
  const place = (householdId: string, regionCode: string) => clerk.call(spec.proposeChange, { body: { householdId, effectiveOn: '2026-07-01', reason: '按住址', change: { kind: 'division', regionCode } } });
  expect((await place(goes.id, old)).status).toBe(400);
  expect((await place(goes.id, '320831101201')).status).toBe(400);
  const proposed = await place(goes.id, north);
  expect(proposed.status, proposed.text).toBe(200);
  const shown = await reviewer.call(spec.getChangeRequest, { params: { id: proposed.body.id } });
  expect(shown.body.fields).toMatchObject([{ label: { en: 'Village' } }]);
  const approved = await reviewer.call(spec.decideChange, { params: { id: proposed.body.id }, body: { action: 'approve' } });
  expect(approved.body, approved.text).toEqual({ state: 'applied' });
  await deliverDueEvents();
  expect((await after.call(spec.getHousehold, { params: { id: goes.id } })).body).toMatchObject({ region: { code: north }, historicalRegion: { code: divided }, members: [{ name: '北迁人' }] });
  expect((await clerk.call(spec.getHousehold, { params: { id: goes.id } })).status).toBe(404);
  expect((await after.call(spec.getChangeRequest, { params: { id: proposed.body.id } })).body.steps.map(({ action }) => action)).toEqual(['propose', 'met-same-household', 'approve']);
  expect((await after.call(spec.getChangeRequest, { params: { id: pending.body.id } })).body.state.code).toBe('proposed');
  expect((await reviewer.call(spec.decideChange, { params: { id: pending.body.id }, body: { action: 'approve' } })).body.state).toBe('applied');
  expect((await after.call(spec.getFinding, { params: { id: finding } })).body.evidence.length).toBeGreaterThan(0);
  expect((await after.call(spec.getFinding, { params: { id: other } })).status).toBe(404);
  expect((await clerk.call(spec.getHousehold, { params: { id: stays.id } })).body.region.code).toBe(divided);
  expect((await clerk.call(spec.listHouseholds, { query: { q: '北迁人' } })).body.items).toEqual([]);
  expect((await after.call(spec.listHouseholds, { query: { q: '北迁人' } })).body.items.map(({ id }) => id)).toEqual([goes.id]);
});
