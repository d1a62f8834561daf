import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { countCap } from '#platform/http/page.ts';
import type { WeightStep } from './linkage-model/link-records.ts';

export interface PairRow {
  id: string;
  responsible_region_code: string;
  person_a: string;
  region_a: string;
  person_b: string;
  region_b: string;
  probability_ppm: number;
  steps: WeightStep[];
  state: 'open' | 'undecided' | 'different' | 'same' | 'gone';
  found_at: Date;
}

export interface PairFilter {
  regionCode?: string | undefined;
  state: 'open' | 'undecided' | 'different' | 'same';
  sort: 'probability' | '-probability';
}

function matching({ regionCode, state }: PairFilter) {
  const range = regionCode ? regionRange(regionCode) : undefined;
  return sql`p.state = ${state} ${range ? sql`AND p.responsible_region_code >= ${range.from} AND p.responsible_region_code < ${range.to}` : sql``}`;
}

export async function listPairRows(trx: Trx, filter: PairFilter, after: (string | number | null)[] | undefined, limit: number): Promise<PairRow[]> {
  const down = filter.sort === '-probability';
  const { rows } = await sql<PairRow>`
    SELECT p.* FROM linkage.pair p WHERE ${matching(filter)}
      ${after ? (down ? sql`AND (p.probability_ppm, p.id) < (${after[0]}, ${after[1]}::uuid)` : sql`AND (p.probability_ppm, p.id) > (${after[0]}, ${after[1]}::uuid)`) : sql``}
    ORDER BY ${down ? sql`p.probability_ppm DESC, p.id DESC` : sql`p.probability_ppm, p.id`} LIMIT ${limit}`.execute(trx);
  return rows;
}

export async function countPairs(trx: Trx, filter: PairFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM linkage.pair p WHERE ${matching(filter)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
  return rows[0]!.count;
}

export async function findPair(trx: Trx, id: string, options: { lock: boolean } = { lock: false }): Promise<PairRow | undefined> {
  const { rows } = await sql<PairRow>`SELECT * FROM linkage.pair WHERE id = ${id} AND state <> 'gone' ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(trx);
  return rows[0];
}

export interface DecisionRow {
  decision: 'same' | 'different' | 'undecided' | 'reopened';
  kept_person: string | null;
  reason: string;
  decided_by_name: string;
  decided_at: Date;
}

export async function listDecisions(trx: Trx, pairId: string): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`SELECT * FROM linkage.decision WHERE pair_id = ${pairId} ORDER BY decided_at, id`.execute(trx);
  return rows;
}

/** The record that stands for a merged one, however many merges lie between. */
export async function findKeptPerson(trx: Trx, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ kept: string }>`
    WITH RECURSIVE way (kept, steps) AS (
      SELECT kept_person, 1 FROM linkage.alias WHERE person_id = ${personId} AND ended_at IS NULL
      UNION ALL SELECT a.kept_person, w.steps + 1 FROM way w JOIN linkage.alias a ON a.person_id = w.kept AND a.ended_at IS NULL WHERE w.steps < 50)
    SELECT kept FROM way ORDER BY steps DESC LIMIT 1`.execute(trx);
  return rows[0]?.kept;
}

/** Every merged record within the actor's region, with the one that stands for it today. */
export async function listPersonAliases(trx: Trx): Promise<{ personId: string; keptId: string }[]> {
  const { rows } = await sql<{ personId: string; keptId: string }>`SELECT person_id AS "personId", kept_person AS "keptId" FROM linkage.alias WHERE ended_at IS NULL`.execute(trx);
  const next = new Map(rows.map(({ personId, keptId }) => [personId, keptId]));
  return rows.map(({ personId }) => {
    let keptId = personId;
    for (let steps = 0; steps < 50 && next.has(keptId); steps += 1) keptId = next.get(keptId)!;
    return { personId, keptId };
  });
}
