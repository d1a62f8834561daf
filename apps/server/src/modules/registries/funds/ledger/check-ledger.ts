import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { withExclusiveLockIfFree } from '#platform/database/exclusive-lock.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { log } from '#platform/logging/log.ts';
import { setLedgerDifferences } from '#platform/metrics/metrics.ts';
import { keepLedgerAlarms } from './ledger-alarms.ts';

export interface BalanceDifference {
  countyCode: string;
  projection: string;
  subjectId: string;
  account: string;
  postedFen: number;
  keptFen: number;
}

/** Compares every projected balance with the postings behind it; empty when all is well. */
export async function listBalanceDifferences(): Promise<BalanceDifference[]> {
  return inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<{ county_code: string; projection: string; subject_id: string; account_code: string; posted_fen: number; kept_fen: number }>`SELECT * FROM funds.balance_differences()`.execute(trx);
    return rows.map((row) => ({ countyCode: row.county_code, projection: row.projection, subjectId: row.subject_id, account: row.account_code, postedFen: row.posted_fen, keptFen: row.kept_fen }));
  });
}

/** Writes the projections anew from the postings, which alone are the truth. */
export async function rebuildBalances(): Promise<void> {
  await inTransaction(systemActor, (trx) => sql`SELECT funds.rebuild_balances()`.execute(trx));
}

/** A difference is never repaired in silence: it is counted, logged, and stays a task of the county until a person has said why. */
export async function checkLedger(): Promise<number> {
  const differences = await listBalanceDifferences();
  setLedgerDifferences(differences.length);
  await keepLedgerAlarms(differences);
  for (const difference of differences.slice(0, 20)) log.error({ ...difference }, 'ledger balance differs from its postings');
  return differences.length;
}

const checkMinutes = 5;

/** Checks every few minutes, one process at a time, until stopped. */
export function startCheckingLedger(): () => void {
  const check = () => {
    withExclusiveLockIfFree('ledger-check', async () => void (await checkLedger())).catch((error: unknown) => log.error({ error: (error as Error).message }, 'checking the ledger'));
  };
  check();
  const timer = setInterval(check, checkMinutes * 60_000).unref();
  return () => clearInterval(timer);
}
