import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';
import { arrayLiteral } from './array-literal.ts';
import { inTransaction } from './transaction.ts';

let world: TestApp;
beforeAll(async () => {
  world = await openTestApp();
});
afterAll(() => world.close());

describe('arrayLiteral', () => {
  it('gives the database the very list, whatever the texts hold', async () => {
    const text = fc.oneof(fc.constantFrom('', 'NULL', 'null', '{a,b}', '"', '\\', 'a\\"b', "';--", '㐀𠀀', ' lead', 'line\nbreak'), fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', '')));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text)), async (values) => {
        const { rows } = await inTransaction(systemActor, (trx) => sql<{ list: (string | null)[] }>`SELECT ${arrayLiteral(values)}::text[] AS list`.execute(trx));
        expect(rows[0]!.list).toEqual(values);
      }),
      { numRuns: 60 },
    );
  });

  it('writes numbers as numbers', async () => {
    const { rows } = await inTransaction(systemActor, (trx) => sql<{ list: string[] }>`SELECT ${arrayLiteral([1, -2, null, 9_007_199_254_740_991])}::bigint[] AS list`.execute(trx));
    expect(rows[0]!.list.map((value) => (value === null ? null : Number(value)))).toEqual([1, -2, null, 9_007_199_254_740_991]);
  });
});
