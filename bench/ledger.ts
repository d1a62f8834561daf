import type { Scale } from '@sunlit/demo';
import { newId } from '@sunlit/kernel';
import pg from 'pg';
import { recordAudit } from '../apps/server/src/platform/audit/record-audit.ts';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { runCommand } from '../apps/server/src/platform/commands/run-command.ts';
import { move, type LedgerLine, type Tranche } from '../apps/server/src/modules/registries/funds/ledger/accounts.ts';
import { listBalanceDifferences } from '../apps/server/src/modules/registries/funds/ledger/check-ledger.ts';
import { postTransaction } from '../apps/server/src/modules/registries/funds/ledger/post-transaction.ts';
import { rounded, withBenchDatabase, withPeakMemory } from './bench-database.ts';
import type { BenchResult } from './intake.ts';

export interface LedgerBench extends BenchResult {
  readonly linesPerSecond: number;
  readonly twoLineTransactionsPerSecond: number;
  readonly twoLineRatio: number;
  /** all clients on one and the same indicator: they wait for each other's balance */
  readonly oneIndicatorTransactionsPerSecond: number;
  readonly batchOf20000Seconds: number;
  readonly batchBareSeconds: number;
  readonly batchRatio: number;
}

const clients = 4;
const secondsOfLoad = 8;
const linesPerCommand = 20;
const book = '320826000000';
const actor: Actor = { ...systemActor, kind: 'staff', accountId: newId(), displayName: 'bench', regionCode: book };

/**
 * Postings as the product makes them (command ledger, audit record, row-level security, projections, fsync) against bare
 * inserts of the same header and line rows by the owner, one database transaction each, into tables without triggers.
 */
export async function benchLedger(scale: Scale): Promise<LedgerBench> {
  return withBenchDatabase(
    async ({ superuserUrl }) => {
      const measured = await withPeakMemory(async () => {
        const many = await sustained(() => post(linesOf(tranche(), linesPerCommand)));
        const two = await sustained(() => post(linesOf(tranche(), 2)));
        const shared = tranche();
        const one = await sustained(() => post(move(shared, 100, 'source', 'available')));
        const batch = await payOutBatch();
        return { many, two, one, batch };
      });
      const { many, two, one, batch } = measured.result;
      const differences = await listBalanceDifferences();
      if (differences.length > 0) throw new Error('The ledger does not agree with its balances.');
      const bare = await bareInserts(superuserUrl);
      return {
        name: 'ledger',
        scale: String(scale),
        rows: many * secondsOfLoad * linesPerCommand,
        seconds: secondsOfLoad,
        baseline: `bare inserts of the same rows, ${linesPerCommand} lines a transaction, per command`,
        baselineSeconds: Math.round((1e6 * secondsOfLoad) / bare.many) / 1e6,
        ratio: rounded(bare.many / (many * secondsOfLoad)),
        peakMemoryMiB: measured.peakMemoryMiB,
        linesPerSecond: Math.round(many * linesPerCommand),
        twoLineTransactionsPerSecond: Math.round(two),
        twoLineRatio: rounded(bare.two / (two * secondsOfLoad)),
        oneIndicatorTransactionsPerSecond: Math.round(one),
        batchOf20000Seconds: rounded(batch),
        batchBareSeconds: rounded(bare.batch),
        batchRatio: rounded(batch / bare.batch),
      };
    },
    { durable: true },
  );
}

function tranche(): Tranche {
  return { bookCode: book, indicatorId: newId(), fundCode: 'bridging', fiscalYear: 2026 };
}

/** As a pay-out makes them: one side per household. */
function linesOf(of: Tranche, count: number): LedgerLine[] {
  const lines: LedgerLine[] = [];
  while (lines.length < count) lines.push(...move(of, 660_00, 'source', 'available'));
  return lines;
}

function post(lines: readonly LedgerLine[]): Promise<unknown> {
  return runCommand(actor, 'ledger.bench', { commandId: newId() }, async (trx) => {
    const id = await postTransaction(trx, actor, { kind: 'source', businessKey: newId(), bookCode: book, day: '2026-10-31', summary: 'bench', lines });
    await recordAudit(trx, actor, { action: 'ledger.bench', objectKind: 'ledger-transaction', objectId: id, regionCode: book });
    return { id };
  });
}

/** Commands per second of several clients at once, after a short warm-up. */
async function sustained(work: () => Promise<unknown>): Promise<number> {
  for (let index = 0; index < 50; index += 1) await work();
  const until = performance.now() + secondsOfLoad * 1000;
  let done = 0;
  const client = async () => {
    while (performance.now() < until) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done / secondsOfLoad;
}

function batchLines(): LedgerLine[] {
  const of = tranche();
  const planId = newId();
  const lines = [...move(of, 660_00 * 10_000, 'source', 'available'), ...move(of, 660_00 * 10_000, 'available', 'planned', { planId })];
  while (lines.length < 20_000) lines.push(...move(of, 660_00, 'planned', 'paid', { planId, householdId: newId() }));
  return lines;
}

async function payOutBatch(): Promise<number> {
  const lines = batchLines();
  const began = performance.now();
  await post(lines);
  return (performance.now() - began) / 1000;
}

/** The same rows into the same columns and keys, nothing else: counts per `secondsOfLoad`, and seconds of the batch. */
async function bareInserts(superuserUrl: string): Promise<{ many: number; two: number; batch: number }> {
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  await admin.query('CREATE SCHEMA bare; CREATE TABLE bare.header (LIKE funds.ledger_transaction INCLUDING ALL); CREATE TABLE bare.line (LIKE funds.ledger_line INCLUDING ALL)');
  const pool = new pg.Pool({ connectionString: superuserUrl, max: clients });
  const insert = async (lines: readonly LedgerLine[]) => {
    const client = await pool.connect();
    const id = newId();
    await client.query('BEGIN');
    await client.query(`INSERT INTO bare.header (county_code, id, book_code, kind, business_key, day, line_count, total_fen, summary, posted_by, posted_by_name) VALUES ($1, $2, $1, 'source', $3, '2026-10-31', $4, 1, 'bench', $2, 'bench')`, [book, id, newId(), lines.length]);
    await client.query(
      `INSERT INTO bare.line (county_code, transaction_id, line_number, book_code, account_code, indicator_id, fund_code, fiscal_year, plan_id, household_id, amount_fen)
       SELECT $1, $2, number, $1, account, indicator, 'bridging', 2026, plan, household, amount FROM unnest($3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[]) WITH ORDINALITY AS t (account, indicator, plan, household, amount, number)`,
      [book, id, lines.map((line) => line.account), lines.map((line) => line.indicatorId), lines.map((line) => line.planId ?? null), lines.map((line) => line.householdId ?? null), lines.map((line) => line.amountFen)],
    );
    await client.query('COMMIT');
    client.release();
  };
  const many = (await sustained(() => insert(linesOf(tranche(), linesPerCommand)))) * secondsOfLoad;
  const two = (await sustained(() => insert(linesOf(tranche(), 2)))) * secondsOfLoad;
  const lines = batchLines();
  const began = performance.now();
  await insert(lines);
  const batch = (performance.now() - began) / 1000;
  await pool.end();
  await admin.end();
  return { many, two, batch };
}

if (import.meta.main) {
  console.log(JSON.stringify(await benchLedger('sample')));
  process.exit(0);
}
