import type { PayoutDoubt } from '@sunlit/api-spec';
import { addDays, addMonths, countyCodeOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { AccountHolder, PayeeData } from '#analytics/payment-check/look-up-payees.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { readPolicySnapshot } from '#modules/programmes/index.ts';
import { countHouseholdsSharingAccounts, listMemberNameKeys, listProgrammesOfPersons } from '#modules/registries/households/index.ts';
import type { BatchRow, LineRow } from '../batches/batch-store.ts';
import { monthsOf } from '../entitlements/entitlement-list.ts';
import { standardCode, standardSchema } from '../payout-policy-kinds.ts';

/** Codes, days and counts only: the words are made when it is read. */
export interface DoubtFact {
  day?: string;
  programmeCode?: string;
  batchNumber?: string;
  households?: number;
  amountFen?: number;
  standardFen?: number;
}

export interface Doubt {
  line: LineRow;
  doubt: PayoutDoubt;
  fact: DoubtFact;
}

/** Everything that speaks against paying a line as it stands. None of it stops anything: a person decides. */
export async function findDoubts(trx: Trx, batch: BatchRow, lines: readonly LineRow[], delivered: PayeeData): Promise<Doubt[]> {
  const byPerson = Map.groupBy(delivered.facts, (fact) => fact.personKey);
  const facts = lines.flatMap((line) => (byPerson.get(line.payee_key) ?? []).map((fact): Doubt => ({ line, doubt: fact.doubt, fact: { day: fact.day } })));
  return [
    ...facts,
    ...(await findTwice(trx, batch, lines)),
    ...(await findExclusive(trx, batch, lines)),
    ...(await findSharedAccounts(trx, lines)),
    ...(await findStrangersAccounts(trx, batch, lines, delivered.holders)),
    ...(await findOverStandard(trx, batch, lines, delivered.paidFen)),
  ];
}

/** The same person listed for the same programme and month by another enrolment, here or in another batch. */
async function findTwice(trx: Trx, batch: BatchRow, lines: readonly LineRow[]): Promise<Doubt[]> {
  // Whole lists are read and put side by side here: a new list is not yet known to the database's statistics, and a join
  // planned for a few lines would take minutes over twenty thousand.
  const { rows } = await sql<{ payee_key: string; enrolment_id: string; number: string }>`
    WITH others AS MATERIALIZED (SELECT id, number, made_at FROM payouts.batch WHERE programme_code = ${batch.programme_code} AND state <> 'withdrawn'
      AND month <= to_char((${batch.month} || '-01')::date + make_interval(months => ${batch.months - 1}), 'YYYY-MM') AND to_char((month || '-01')::date + make_interval(months => months - 1), 'YYYY-MM') >= ${batch.month})
    SELECT o.payee_key, o.enrolment_id, b.number FROM others b JOIN payouts.line o ON o.batch_id = b.id WHERE o.state <> 'withdrawn' ORDER BY b.made_at, o.ordinal`.execute(trx);
  const listed = Map.groupBy(rows, (row) => row.payee_key);
  return lines.flatMap((line) => {
    const other = listed.get(line.payee_key)?.find((one) => one.enrolment_id !== line.enrolment_id);
    return other ? [{ line, doubt: 'twice-in-month' as const, fact: { batchNumber: other.number } }] : [];
  });
}

async function findExclusive(trx: Trx, batch: BatchRow, lines: readonly LineRow[]): Promise<Doubt[]> {
  const { exclusive_programmes } = await readPolicySnapshot(trx, [...new Set(lines.map((line) => countyCodeOf(line.region_code)))]);
  const pairs = exclusive_programmes.filter((pair) => pair.valid_from <= batch.as_of && (pair.valid_to === null || pair.valid_to > batch.as_of));
  const programmes = Map.groupBy(await listProgrammesOfPersons(trx, lines.map((line) => line.payee_key), batch.as_of), (one) => one.person_key);
  return lines.flatMap((line) => {
    const excluded = pairs.filter((pair) => pair.county_code === countyCodeOf(line.region_code)).flatMap((pair) => (pair.programme_a === batch.programme_code ? [pair.programme_b] : pair.programme_b === batch.programme_code ? [pair.programme_a] : []));
    const other = programmes.get(line.payee_key)?.find((one) => excluded.includes(one.programme_code));
    return other ? [{ line, doubt: 'exclusive' as const, fact: { programmeCode: other.programme_code } }] : [];
  });
}

async function findSharedAccounts(trx: Trx, lines: readonly LineRow[]): Promise<Doubt[]> {
  const shared = await countHouseholdsSharingAccounts(trx, lines.flatMap((line) => line.account_key ?? []));
  return lines.flatMap((line) => {
    const households = line.account_key === null ? undefined : shared.get(line.account_key);
    return households ? [{ line, doubt: 'shared-account' as const, fact: { households } }] : [];
  });
}

/** The account was last delivered in the name of somebody who is not of the household: a spouse or parent who keeps the card is in order. */
async function findStrangersAccounts(trx: Trx, batch: BatchRow, lines: readonly LineRow[], holders: readonly AccountHolder[]): Promise<Doubt[]> {
  const byAccount = new Map(holders.map((holder) => [holder.accountKey, holder]));
  const known = lines.filter((line) => line.account_key !== null && byAccount.has(line.account_key));
  const names = await listMemberNameKeys(trx, known.map((line) => line.household_id), batch.as_of);
  return known.flatMap((line) => {
    const holder = byAccount.get(line.account_key!)!;
    return names.get(line.household_id)?.has(holder.holderNameKey) ? [] : [{ line, doubt: 'owner-mismatch' as const, fact: { day: holder.day } }];
  });
}

/**
 * More than the standards of the very months allow, what other lists paid for them included: a list may have been made by
 * the standard of another day. Where a standard changed within a month the higher one counts.
 */
async function findOverStandard(trx: Trx, batch: BatchRow, lines: readonly LineRow[], paidFen: ReadonlyMap<string, number>): Promise<Doubt[]> {
  let allowedFen = 0;
  for (const month of monthsOf(batch)) {
    const onDay = (day: string) => findPolicy(trx, standardCode(batch.programme_code), batch.region_code, day, standardSchema);
    const [first, last] = [await onDay(`${month}-01`), await onDay(addDays(`${addMonths(month, 1)}-01`, -1))];
    // nothing says what the month allows
    if (!first && !last) return [];
    allowedFen += Math.max(first?.value.amountFen ?? 0, last?.value.amountFen ?? 0);
  }
  return lines.flatMap((line) => {
    const amountFen = line.amount_fen + (paidFen.get(line.payee_key) ?? 0);
    const standardFen = allowedFen * line.units;
    return amountFen > standardFen ? [{ line, doubt: 'over-standard' as const, fact: { amountFen, standardFen } }] : [];
  });
}
