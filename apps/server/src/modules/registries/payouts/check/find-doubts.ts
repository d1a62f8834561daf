import type { PayoutDoubt } from '@sunlit/api-spec';
import { countyCodeOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { RecordedFact } from '#analytics/payment-check/find-deaths-and-custody.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { readPolicySnapshot } from '#modules/programmes/index.ts';
import { countHouseholdsSharingAccounts, listProgrammesOfPersons } from '#modules/registries/households/index.ts';
import type { BatchRow, LineRow } from '../batches/batch-store.ts';

/** Codes, days and counts only: the words are made when it is read. */
export interface DoubtFact {
  day?: string;
  programmeCode?: string;
  batchNumber?: string;
  households?: number;
}

export interface Doubt {
  line: LineRow;
  doubt: PayoutDoubt;
  fact: DoubtFact;
}

/** Everything that speaks against paying a line as it stands. None of it stops anything: a person decides. */
export async function findDoubts(trx: Trx, batch: BatchRow, lines: readonly LineRow[], recorded: readonly RecordedFact[]): Promise<Doubt[]> {
  const byPerson = Map.groupBy(recorded, (fact) => fact.personKey);
  const facts = lines.flatMap((line) => (byPerson.get(line.payee_key) ?? []).map((fact): Doubt => ({ line, doubt: fact.doubt, fact: { day: fact.day } })));
  return [...facts, ...(await findTwice(trx, batch, lines)), ...(await findExclusive(trx, batch, lines)), ...(await findSharedAccounts(trx, lines))];
}

/** The same person listed for the same programme and month by another enrolment, here or in another batch. */
async function findTwice(trx: Trx, batch: BatchRow, lines: readonly LineRow[]): Promise<Doubt[]> {
  const { rows } = await sql<{ id: string; number: string }>`
    SELECT DISTINCT ON (l.id) l.id, b.number FROM payouts.line l JOIN payouts.line o ON o.payee_key = l.payee_key AND o.enrolment_id <> l.enrolment_id AND o.state <> 'withdrawn'
    JOIN payouts.batch b ON b.id = o.batch_id AND b.programme_code = ${batch.programme_code} AND b.state <> 'withdrawn'
      AND b.month <= to_char((${batch.month} || '-01')::date + make_interval(months => ${batch.months - 1}), 'YYYY-MM') AND to_char((b.month || '-01')::date + make_interval(months => b.months - 1), 'YYYY-MM') >= ${batch.month}
    WHERE l.batch_id = ${batch.id} ORDER BY l.id, b.made_at`.execute(trx);
  const byId = new Map(lines.map((line) => [line.id, line]));
  return rows.map((row) => ({ line: byId.get(row.id)!, doubt: 'twice-in-month', fact: { batchNumber: row.number } }));
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
