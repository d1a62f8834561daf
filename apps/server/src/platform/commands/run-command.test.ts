import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { openTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { runCommand } from './run-command.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

const other: Actor = { ...systemActor, accountId: newId() };
let acted = 0;
const act = (actor: Actor, command: { commandId: string; name: string }) =>
  runCommand(actor, 'test.act', command, async (trx) => {
    acted += 1;
    await recordAudit(trx, actor, { action: 'test.act', objectKind: 'thing', objectId: command.name });
    await sql`SELECT pg_sleep(0.05)`.execute(trx);
    return { number: acted };
  });

it('acts once for an id, however often and at whatever moment it is sent', async () => {
  const command = { commandId: newId(), name: 'a' };
  const answers = await Promise.all([1, 2, 3, 4].map(() => act(systemActor, command)));
  answers.push(await act(systemActor, command));
  expect(acted).toBe(1);
  expect(answers).toEqual(answers.map(() => ({ number: 1 })));
});

it('refuses the same id with other content or from somebody else', async () => {
  const command = { commandId: newId(), name: 'a' };
  await act(systemActor, command);
  await expect(act(systemActor, { ...command, name: 'b' })).rejects.toMatchObject({ code: 'command-mismatch' });
  await expect(act(other, command)).rejects.toMatchObject({ code: 'command-mismatch' });
});

it('leaves nothing behind without an audit record, so that the id may be used again', async () => {
  const command = { commandId: newId(), name: 'c' };
  await expect(runCommand(systemActor, 'test.act', command, async () => undefined)).rejects.toThrow('no audit record');
  const before = acted;
  await act(systemActor, command);
  expect(acted).toBe(before + 1);
});
