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
