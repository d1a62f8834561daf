import { newId } from '@sunlit/kernel';
import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { openTestDatabase, type TestDatabase } from '#testing/test-database.ts';
import { move, type LedgerAccount, type LedgerLine, type Tranche } from './accounts.ts';
import { checkLedger, listBalanceDifferences, rebuildBalances } from './check-ledger.ts';
import { settleLedgerAlarm } from './ledger-alarms.ts';
import { postTransaction, type Posting } from './post-transaction.ts';
import { getPostedTransaction, reversePosting } from './reverse-posting.ts';

const city = '320800000000';
const county = '320826000000';
const actorOf = (regionCode: string): Actor => ({ ...systemActor, kind: 'staff', accountId: newId(), displayName: 'test', regionCode });
const tranche = (bookCode = county): Tranche => ({ bookCode, indicatorId: newId(), fundCode: 'bridging', fiscalYear: 2026 });
const posting = (lines: LedgerLine[], more: Partial<Posting> = {}): Posting => ({ kind: 'source', businessKey: newId(), bookCode: lines[0]!.bookCode, day: '2026-03-01', summary: 'test', lines, ...more });

let test: TestDatabase;
let owner: pg.Client;
const actor = actorOf(city);
const post = (value: Posting, by = actor) => inTransaction(by, (trx) => postTransaction(trx, by, value));

async function balancesOf(indicatorId: string): Promise<Partial<Record<LedgerAccount, number>>> {
  const { rows } = await owner.query<{ account_code: string; amount_fen: number }>('SELECT account_code, amount_fen FROM funds.balance WHERE indicator_id = $1 AND amount_fen <> 0', [indicatorId]);
  return Object.fromEntries(rows.map((row) => [row.account_code, row.amount_fen]));
}

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.close();
});

describe('what the database itself refuses', () => {
  it('a posting that is not zero within each indicator, or has no lines', async () => {
    const one = tranche();
    const lines = move(one, 100, 'source', 'available');
    await expect(post(posting([lines[0]!, { ...lines[1]!, amountFen: -99 }]))).rejects.toMatchObject({ constraint: 'ledger_balanced' });
    await expect(post(posting([lines[0]!, { ...lines[1]!, indicatorId: newId() }]))).rejects.toMatchObject({ constraint: 'ledger_balanced' });
    const header = (trx: Trx) => sql`INSERT INTO funds.ledger_transaction (county_code, id, book_code, kind, business_key, day, line_count, total_fen, summary, posted_by, posted_by_name) VALUES (${county}, ${newId()}, ${county}, 'source', ${newId()}, '2026-03-01', 2, 100, 'x', ${actor.accountId}, 'x')`.execute(trx);
    await expect(inTransaction(actor, header)).rejects.toMatchObject({ constraint: 'ledger_lines_complete' });
    expect(await balancesOf(one.indicatorId)).toEqual({});
  });

  it('lines added later, even balanced ones, even after the check was forced in the same transaction', async () => {
    const one = tranche();
    const value = posting(move(one, 100, 'source', 'available'));
    const id = await post(value);
    const add = (trx: Trx) => sql`INSERT INTO funds.ledger_line (county_code, transaction_id, line_number, book_code, account_code, indicator_id, fund_code, fiscal_year, amount_fen)
      VALUES (${county}, ${id}, 3, ${county}, 'available', ${one.indicatorId}, 'bridging', 2026, 5), (${county}, ${id}, 4, ${county}, 'source', ${one.indicatorId}, 'bridging', 2026, -5)`.execute(trx);
    await expect(inTransaction(actor, add)).rejects.toMatchObject({ constraint: 'ledger_lines_complete' });
    await expect(
      inTransaction(actor, async (trx) => {
        const second = await postTransaction(trx, actor, posting(move(one, 50, 'source', 'available')));
        await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(trx);
        await sql`INSERT INTO funds.ledger_line (county_code, transaction_id, line_number, book_code, account_code, indicator_id, fund_code, fiscal_year, amount_fen)
          VALUES (${county}, ${second}, 3, ${county}, 'available', ${one.indicatorId}, 'bridging', 2026, 5)`.execute(trx);
      }),
    ).rejects.toMatchObject({ constraint: 'ledger_lines_complete' });
    expect(await balancesOf(one.indicatorId)).toEqual({ available: 100, source: -100 });
  });

  it('any change to what was posted, for the application and for the owner, and any write to a balance', async () => {
    const id = await post(posting(move(tranche(), 100, 'source', 'available')));
    for (const statement of [`UPDATE funds.ledger_line SET amount_fen = 1 WHERE transaction_id = '${id}'`, `DELETE FROM funds.ledger_transaction WHERE id = '${id}'`, 'TRUNCATE funds.ledger_line']) {
      await expect(inTransaction(actor, (trx) => sql.raw(statement).execute(trx)), statement).rejects.toMatchObject({ code: '42501' });
      await expect(owner.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
    await expect(inTransaction(actor, (trx) => sql`UPDATE funds.balance SET amount_fen = 0`.execute(trx))).rejects.toMatchObject({ code: '42501' });
    await expect(inTransaction(actor, (trx) => sql`INSERT INTO funds.ledger_transaction (county_code, id, book_code, kind, business_key, day, line_count, total_fen, summary, posted_by, posted_by_name, xact_id) VALUES (${county}, ${newId()}, ${county}, 'source', 'x', '2026-03-01', 2, 100, 'x', ${actor.accountId}, 'x', '1')`.execute(trx))).rejects.toMatchObject({ code: '42501' });
  });

  it('a book outside the region, another name, more than there is, another fund for the same money', async () => {
    const one = tranche();
    const lines = move(one, 100, 'source', 'available');
    await expect(post(posting(lines), actorOf('320803000000'))).rejects.toMatchObject({ code: '42501' });
    await expect(inTransaction(actorOf(city), (trx) => postTransaction(trx, actor, posting(lines)))).rejects.toMatchObject({ code: '42501' });
    await post(posting(lines));
    await expect(post(posting(move(one, 101, 'available', 'planned')))).rejects.toMatchObject({ code: 'funds-insufficient' });
    await expect(post(posting(move({ ...one, fundCode: 'other' }, 1, 'available', 'planned')))).rejects.toMatchObject({ constraint: 'indicator_of_one_book' });
    const { rows } = await inTransaction(actorOf('320803000000'), (trx) => sql`SELECT 1 FROM funds.ledger_line UNION ALL SELECT 1 FROM funds.balance UNION ALL SELECT 1 FROM funds.ledger_transaction`.execute(trx));
    expect(rows).toEqual([]);
  });

  it('the same business twice, a second reversal, a reversal of a reversal, and one that is no mirror', async () => {
    const one = tranche();
    const value = posting(move(one, 100, 'source', 'available'));
    const id = await post(value);
    await expect(post(value)).rejects.toMatchObject({ code: 'already-exists' });
    await expect(post(posting(move(one, 60, 'available', 'source'), { kind: 'reversal', reverses: { id, reason: '一半' } }))).rejects.toMatchObject({ constraint: 'ledger_reversal_mirrors' });
    const reverse = (target: string) => inTransaction(actor, async (trx) => reversePosting(trx, actor, await getPostedTransaction(trx, target), { day: '2026-03-02', reason: '录错' }));
    const reversal = await reverse(id);
    expect(await balancesOf(one.indicatorId)).toEqual({});
    await expect(reverse(id)).rejects.toMatchObject({ code: 'already-exists' });
    await expect(reverse(reversal)).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(post({ ...value, businessKey: newId(), kind: 'reversal', reverses: { id: reversal, reason: '' } })).rejects.toMatchObject({ code: '23514' });
  });
});

describe('projections', () => {
  it('says so when a balance was tampered with, and rebuilds it from the postings', async () => {
    const one = tranche();
    const householdId = newId();
    const planId = newId();
    await post(posting([...move(one, 500, 'source', 'available'), ...move(one, 300, 'available', 'planned', { planId }), ...move(one, 200, 'planned', 'paid', { planId, householdId })]));
    expect(await checkLedger()).toBe(0);
    await owner.query('UPDATE funds.balance SET amount_fen = amount_fen + 1 WHERE indicator_id = $1 AND account_code = $2', [one.indicatorId, 'available']);
    await owner.query('DELETE FROM funds.subject_balance WHERE subject_id = $1 AND account_code = $2', [householdId, 'paid']);
    expect(await listBalanceDifferences()).toHaveLength(2);
    expect(await checkLedger()).toBe(2);
    const alarms = async () => (await owner.query<{ id: string; differences: number; gone_at: Date | null; cause: string | null }>('SELECT id, differences, gone_at, cause FROM funds.ledger_alarm ORDER BY opened_at')).rows;
    const [alarm] = await alarms();
    expect(alarm).toMatchObject({ differences: 2, gone_at: null });
    const watcher = { ...actor, permissions: new Set(['ledger.watch']) } as typeof actor;
    const settle = () => settleLedgerAlarm(watcher, alarm!.id, { commandId: newId(), cause: '运维误改了余额表' });
    await expect(settle()).rejects.toMatchObject({ code: 'wrong-state' });
    await rebuildBalances();
    expect(await listBalanceDifferences()).toEqual([]);
    // it agrees again, and still somebody has to say why
    await checkLedger();
    expect(await alarms()).toMatchObject([{ cause: null, gone_at: expect.any(Date) as Date }]);
    await settle();
    await checkLedger();
    expect(await alarms()).toMatchObject([{ cause: '运维误改了余额表' }]);
    expect(await balancesOf(one.indicatorId)).toEqual({ source: -500, available: 200, planned: 100, paid: 200 });
  });
});

type Step = { kind: 'give' | 'plan' | 'pay' | 'return' | 'hop' | 'arrive' | 'recall' | 'reverse'; pick: number; fen: number };
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom('give', 'plan', 'pay', 'return', 'hop', 'arrive', 'recall', 'reverse'), pick: fc.nat(1000), fen: fc.integer({ min: 1, max: 1000 }) });

/** A small world of tranches: every step is tried; the ledger alone says what is possible. */
class World {
  readonly top = tranche(city);
  readonly below = [tranche(county), tranche('320803000000')];
  readonly posted: string[] = [];

  linesOf({ kind, pick, fen }: Step): LedgerLine[] {
    const child = this.below[pick % 2]!;
    switch (kind) {
      case 'give':
        return move(this.top, fen, 'source', 'available');
      case 'hop':
        return [...move(this.top, fen, 'available', 'passed-on'), ...move(child, fen, 'received', 'in-transit')];
      case 'recall':
        return [...move(this.top, fen, 'passed-on', 'available'), ...move(child, fen, 'available', 'received')];
      case 'arrive':
        return move(child, fen, 'in-transit', 'available');
      case 'plan':
        return move(child, fen, 'available', 'planned');
      case 'pay':
        return move(child, fen, 'planned', 'paid');
      case 'return':
        return move(child, fen, 'paid', 'planned');
      case 'reverse':
        return [];
    }
  }

  async perform(one: Step): Promise<boolean> {
    try {
      if (one.kind === 'reverse') {
        const target = this.posted[one.pick % Math.max(1, this.posted.length)];
        if (!target) return false;
        await inTransaction(actor, async (trx) => reversePosting(trx, actor, await getPostedTransaction(trx, target), { day: '2026-04-01', reason: '录错' }));
      } else {
        const lines = this.linesOf(one);
        this.posted.push(await post(posting(lines, { otherBookCode: lines.at(-1)!.bookCode })));
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Whatever was tried: all money given is somewhere, once, and both sides of every hop agree. */
  async verify(): Promise<void> {
    const all = await Promise.all([this.top, ...this.below].map((one) => balancesOf(one.indicatorId)));
    const sum = (accounts: LedgerAccount[], of = all) => of.reduce((total, balance) => total + accounts.reduce((part, account) => part + (balance[account] ?? 0), 0), 0);
    expect(sum(['available', 'in-transit', 'planned', 'paid', 'source'])).toBe(0);
    expect(sum(['passed-on', 'received'])).toBe(0);
    for (const balance of all) for (const account of ['available', 'in-transit', 'planned', 'paid', 'passed-on'] as const) expect(balance[account] ?? 0).toBeGreaterThanOrEqual(0);
  }
}

describe('whatever happens', () => {
  it('makes or loses no money over random operations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const world = new World();
        for (const one of steps) await world.perform(one);
        await world.verify();
      }),
      { numRuns: 15 },
    );
    expect(await listBalanceDifferences()).toEqual([]);
  });

  it('nor when clients post at once and connections are killed in the middle', async () => {
    const admin = new pg.Client({ connectionString: test.superuserUrl });
    await admin.connect();
    const world = new World();
    await post(posting(move(world.top, 5000, 'source', 'available')));
    const random = fc.sample(step, { numRuns: 160, seed: 7 });
    let over = false;
    const killer = (async () => {
      while (!over) {
        await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sunlit' AND datname = current_database() AND state <> 'idle' ORDER BY random() LIMIT 1`);
        await new Promise((done) => setTimeout(done, 15));
      }
    })();
    const outcomes = await Promise.all([0, 1, 2, 3].map(async (client) => {
      let done = 0;
      for (const [index, one] of random.entries()) if (index % 4 === client && (await world.perform(one))) done += 1;
      return done;
    }));
    over = true;
    await killer;
    await admin.end();
    expect(Math.min(...outcomes)).toBeGreaterThan(0);
    await world.verify();
    expect(await listBalanceDifferences()).toEqual([]);
  });

  it('two officers spend the same money: one of them gets it', async () => {
    const one = tranche();
    await post(posting(move(one, 100, 'source', 'available')));
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => post(posting(move(one, 60, 'available', 'planned')))));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await balancesOf(one.indicatorId)).toEqual({ source: -100, available: 40, planned: 60 });
  });
});
