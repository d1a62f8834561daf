import { householdChanged } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import pg from 'pg';
import type { z } from 'zod';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { registry } from '#platform/metrics/metrics.ts';
import { openTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { deliverDueEvents } from './deliver-events.ts';
import { publish } from './publish.ts';
import { subscribe, type DeliveredEvent } from './subscribe.ts';
import { countUndeliveredEvents, listUndeliveredEvents, settleDeadEvent } from './undelivered-events.ts';

type Change = DeliveredEvent<z.output<typeof householdChanged.payload>>;

let test: TestDatabase;
let owner: pg.Client;
let act: (event: Change) => Promise<void> = async () => {};
const seen: string[] = [];
beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.superuserUrl });
  await owner.connect();
  subscribe(householdChanged, 'test.first', async (trx, event) => {
    await trx.insertInto('platform.saved_view').values({ id: newId(), owner_id: systemActor.accountId, list: 'test', name: event.payload.change, query: event.payload.householdId }).execute();
    await act(event);
  });
  subscribe(householdChanged, 'test.second', async (_trx, event) => void seen.push(event.payload.change));
});
afterAll(async () => {
  await owner.end();
  await test.close();
});
beforeEach(async () => {
  act = async () => {};
  seen.length = 0;
  await owner.query('DELETE FROM platform.event; DELETE FROM platform.saved_view');
});

const household = newId();
const happens = (change: Change['payload']['change'], subject = household) => inTransaction(systemActor, (trx) => publish(trx, systemActor, householdChanged, { subject, payload: { householdId: subject, change } }));
const effects = async () => (await owner.query<{ name: string }>('SELECT name FROM platform.saved_view ORDER BY id')).rows.map((row) => row.name);
/** The waiting time is over. */
const later = () => owner.query(`UPDATE platform.event_delivery SET due_at = now() WHERE state = 'pending'`);

it('reaches every subscriber once, in order; a rolled back command publishes nothing', async () => {
  await happens('person');
  await happens('status');
  await expect(inTransaction(systemActor, async (trx) => {
    await publish(trx, systemActor, householdChanged, { subject: household, payload: { householdId: household, change: 'member-left' } });
    throw new Error('no');
  })).rejects.toThrow('no');
  await Promise.all([deliverDueEvents(), deliverDueEvents(), deliverDueEvents()]);
  await deliverDueEvents();
  expect(await effects()).toEqual(['person', 'status']);
  expect(seen).toEqual(['person', 'status']);
});

it('keeps nothing of a handler that throws, tries again, and holds back what is later of the same subject only', async () => {
  let failing = true;
  act = async (event) => {
    if (failing && event.payload.householdId === household) throw new Error('not now: "张三"');
  };
  const other = newId();
  await happens('person');
  await happens('status');
  await happens('member-left', other);
  await deliverDueEvents();
  expect(await effects()).toEqual(['member-left']);
  const waiting = await listUndeliveredEvents({ deadOnly: false, limit: 10 });
  expect(waiting.map(({ subscriber, attempts }) => ({ subscriber, attempts }))).toEqual([{ subscriber: 'test.first', attempts: 1 }, { subscriber: 'test.first', attempts: 0 }]);
  expect(waiting[0]?.failure).not.toContain('张三');
  failing = false;
  await later();
  await deliverDueEvents();
  expect(await effects()).toEqual(['member-left', 'person', 'status']);
});

it('is delivered after a process died between commit and delivery, or amid it, once', async () => {
  await happens('person');
  // as a killed process leaves it: claimed, its transaction gone
  await owner.query(`UPDATE platform.event_delivery SET attempts = 1, due_at = now() + interval '2 s'`);
  await deliverDueEvents();
  expect(await effects()).toEqual([]);
  await later();
  await deliverDueEvents();
  await later();
  await deliverDueEvents();
  expect(await effects()).toEqual(['person']);
});

it('is dead after its last try, seen in the metrics, and waits for an operator', async () => {
  act = async () => {
    throw new Error('broken');
  };
  await happens('person');
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await later();
    await deliverDueEvents();
  }
  const [dead] = await listUndeliveredEvents({ deadOnly: true, limit: 10 });
  expect(dead).toMatchObject({ event: 'household.changed', subscriber: 'test.first', state: 'dead', attempts: 8, failure: 'broken' });
  countUndeliveredEvents();
  expect(await registry.metrics()).toContain('sunlit_events_undelivered{state="dead"} 1');
  act = async () => {};
  await settleDeadEvent(dead!.position, { action: 'retry' });
  await deliverDueEvents();
  expect(await effects()).toEqual(['person']);
  await expect(settleDeadEvent(dead!.position, { action: 'skip', reason: '已人工处理' })).rejects.toMatchObject({ code: 'not-found' });
});
