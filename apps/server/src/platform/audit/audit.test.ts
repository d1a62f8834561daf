import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { newId } from '@sunlit/kernel';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { openTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { exportAudit } from './export-audit.ts';
import { recordAudit } from './record-audit.ts';
import { sealAudit } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

let test: TestDatabase;
let count = 0;
beforeEach(async () => {
  await test?.close();
  test = await openTestDatabase();
  count = 0;
  await records(5);
  await records(4);
});
afterAll(() => test.close());

/** Some records, sealed together. */
async function records(number: number): Promise<void> {
  for (let index = 0; index < number; index += 1) {
    count += 1;
    await inTransaction(systemActor, (trx) => recordAudit(trx, systemActor, { action: 'test.act', objectKind: 'thing', objectId: String(count) }));
  }
  await sealAudit();
}

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: test.superuserUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

it('is sealed completely and verifies', async () => {
  expect(await verifyAudit()).toMatchObject({ intact: true, sealed: 9, unsealed: 0 });
});

it('keeps a record of a change exactly when the change is kept', async () => {
  const fails = runCommand(systemActor, 'test.fail', { commandId: newId() }, async (trx) => {
    await recordAudit(trx, systemActor, { action: 'test.fail', objectKind: 'thing', objectId: 'x' });
    throw new Error('no');
  });
  await expect(fails).rejects.toThrow('no');
  await sealAudit();
  expect(await verifyAudit()).toMatchObject({ sealed: 9, unsealed: 0 });
});

describe('the application role', () => {
  it.each(['record', 'seal', 'leaf'])('can neither change nor remove anything in audit.%s, nor what guards it', async (table) => {
    const key = { record: 'action', seal: 'number', leaf: 'sequence' }[table]!;
    for (const statement of [
      `UPDATE audit.${table} SET ${key} = ${key}`,
      `DELETE FROM audit.${table}`,
      `TRUNCATE audit.${table}`,
      `DROP TABLE audit.${table}`,
      `ALTER TABLE audit.${table} DISABLE TRIGGER ALL`,
      `ALTER TABLE audit.${table} OWNER TO CURRENT_USER`,
    ]) {
      await expect(test.database.appPool.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
    expect(await verifyAudit()).toMatchObject({ intact: true, sealed: 9 });
  });

  it('cannot act in another’s name', async () => {
    const forged = inTransaction(systemActor, (trx) => recordAudit(trx, { ...systemActor, accountId: newId() }, { action: 'test.forge', objectKind: 'thing', objectId: 'x' }));
    await expect(forged).rejects.toMatchObject({ code: '42501' });
  });
});

describe('whoever owns the database is found out when', () => {
  it.each([
    ['a field is changed', [`UPDATE audit.record SET reason = 'better' WHERE id = 3`], /record 3 was changed/],
    ['a record is removed', ['DELETE FROM audit.record WHERE id = 3'], /record 3 was removed/],
    ['a record and its leaf are removed', ['DELETE FROM audit.record WHERE id = 3', 'DELETE FROM audit.leaf WHERE record_id = 3'], /seal 1 has 4 leaves/],
    ['two records change places', [`UPDATE audit.leaf SET sequence = 100 WHERE sequence = 1`, `UPDATE audit.leaf SET sequence = 1 WHERE sequence = 2`, `UPDATE audit.leaf SET sequence = 2 WHERE sequence = 100`], /does not fit the chain/],
    ['two records exchange their content', [`UPDATE audit.record r SET object_id = o.object_id FROM audit.record o WHERE (r.id, o.id) IN ((3, 4), (4, 3))`], /record 3 was changed/],
    ['a whole seal is removed', ['DELETE FROM audit.record WHERE id <= 5', 'DELETE FROM audit.leaf WHERE seal_number = 1', 'DELETE FROM audit.seal WHERE number = 1'], /seal 1 is missing/],
  ])('%s', async (_name, statements, problem) => {
    await asSuperuser(...statements);
    const verified = await verifyAudit();
    expect(verified.intact).toBe(false);
    expect(verified.problems.join('\n')).toMatch(problem);
  });

  it('the newest part is cut off, by a head noted before', async () => {
    const { head } = await verifyAudit();
    await asSuperuser('DELETE FROM audit.record WHERE id > 5', 'DELETE FROM audit.leaf WHERE seal_number = 2', 'DELETE FROM audit.seal WHERE number = 2');
    expect(await verifyAudit()).toMatchObject({ intact: true, sealed: 5 });
    expect(await verifyAudit(head!)).toMatchObject({ intact: false, problems: ['the expected head is not in the chain'] });
  });
});

it('exported, it is verified by a program that knows neither Sunlit nor its database', async () => {
  const file = join(test.folder, 'audit.jsonl');
  expect(await exportAudit(file)).toBe(2);
  const tool = join(import.meta.dirname, '../../../../../tools/verify-audit-offline.ts');
  const { head } = await verifyAudit();
  expect(execFileSync(process.execPath, [tool, file, '--expect-head', head!], { encoding: 'utf8' })).toContain(`intact: 9 records in 2 seals, head ${head}`);
  const text = readFileSync(file, 'utf8');
  for (const [tampered, problem] of [
    [text.replace('"object_id":"3"', '"object_id":"4"'), /record 3 was changed/],
    [text.split('\n').filter((_, line) => line !== 1).join('\n'), /seal 1 is missing/],
    [text.split('\n').slice(0, 2).join('\n'), /expected head/],
  ] as const) {
    writeFileSync(file, tampered);
    const ran = spawnSync(process.execPath, [tool, file, '--expect-head', head!], { encoding: 'utf8' });
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(problem);
  }
});
