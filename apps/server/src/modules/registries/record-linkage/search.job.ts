import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { arrayLiteral } from '#platform/database/array-literal.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { jobLock, type JobPayload } from '#platform/jobs/jobs.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { runTask, type TaskProgress } from '#platform/tasks/tasks.ts';
import { listPersonsForLinkage } from '#modules/registries/households/index.ts';
import { commonAncestorOf } from './common-ancestor.ts';
import { encodeRecords } from './linkage-model/encode-records.ts';
import { expectedErrors } from './linkage-model/expected-errors.ts';
import type { LinkageRecord } from './linkage-model/linkage-record.ts';
import { probabilityOf } from './linkage-model/linkage-model.ts';
import { explainPair, linkRecords, type Linkage } from './linkage-model/link-records.ts';
import { leastProbability } from './linkage-policy.ts';

const pagePersons = 5_000;
const pairsAtOnce = 2_000;
const thresholds = [0.5, 0.9, 0.99];

/** Where a person stands, beside the record that is compared. */
interface Place {
  id: string;
  countyCode: string;
  regionCode: string;
}

/** Job `record-linkage-search`: compares all persons of a division in memory and writes down who may be one person. */
export async function searchPairs(actor: Actor, { subjectId, taskId }: Pick<JobPayload, 'subjectId' | 'taskId'>): Promise<void> {
  await withExclusiveLock(jobLock('record-linkage-search', subjectId), async () => {
    const { rows } = await inTransaction(actor, (trx) => sql<{ region_code: string; finished_at: Date | null }>`SELECT region_code, finished_at FROM linkage.search WHERE id = ${subjectId}`.execute(trx));
    const search = rows[0];
    if (!search) throw new Error(`There is no search ${subjectId}`);
    if (search.finished_at === null) await runTask(actor, taskId, (progress) => searchRegion(actor, subjectId, search.region_code, progress));
  });
}

async function searchRegion(actor: Actor, searchId: string, regionCode: string, progress: TaskProgress): Promise<void> {
  const { places, records } = await readPersons(actor, regionCode, progress);
  await progress.report(0.5, String(records.length));
  const encoded = encodeRecords(records, records.length);
  const linkage = linkRecords(encoded);
  await progress.report(0.8, String(records.length));
  const least = await inTransaction(actor, (trx) => leastProbability(trx, regionCode));
  const found = pairsFrom(linkage, places, least);
  // Whose records have moved may have a pair that only a division above sees so far: it comes down to this one.
  await inTransaction(systemActor, async (trx) => {
    for (let from = 0; from < found.length; from += pairsAtOnce) await writePairs(trx, found.slice(from, from + pairsAtOnce).map((pair) => ({ ...pair, steps: explainPair(encoded, linkage.model, pair.left, pair.right) })));
    await retirePairs(trx, regionCode, found);
  });
  const expected = thresholds.map((threshold) => expectedErrors(linkage.weights, threshold));
  await inTransaction(actor, async (trx) => {
    await sql`UPDATE linkage.search SET finished_at = now(), persons = ${records.length}, expected = ${JSON.stringify(expected)} WHERE id = ${searchId}`.execute(trx);
    await recordAudit(trx, actor, { action: 'record-linkage.search', objectKind: 'region', objectId: regionCode, regionCode, details: { persons: records.length, pairs: found.length } });
  });
}

async function readPersons(actor: Actor, regionCode: string, progress: TaskProgress): Promise<{ places: Place[]; records: LinkageRecord[] }> {
  const places: Place[] = [];
  const records: LinkageRecord[] = [];
  for (let after: string | undefined; ; after = places.at(-1)?.id) {
    const page = await inTransaction(actor, (trx) => listPersonsForLinkage(trx, { regionCode, after, limit: pagePersons }));
    for (const row of page) {
      places.push({ id: row.id, countyCode: row.county_code, regionCode: row.responsible_region_code });
      records.push({ name: row.name, idNumber: decryptOptional('id-number', row.id_number_enc), birthDate: row.birth_date, sexCode: row.sex_code, relationCode: row.relation_code, phone: decryptOptional('phone', row.phone_enc), householdId: row.household_id, regionCode: row.responsible_region_code });
    }
    await progress.report(Math.min(0.45, records.length / 1_000_000), String(records.length));
    if (page.length < pagePersons) return { places, records };
  }
}

interface FoundPair {
  left: number;
  right: number;
  a: Place;
  b: Place;
  probability: number;
}

function pairsFrom({ candidates, weights }: Linkage, places: readonly Place[], least: number): FoundPair[] {
  const found: FoundPair[] = [];
  for (let index = 0; index < candidates.count; index += 1) {
    const probability = probabilityOf(weights[index]!);
    if (probability < least) continue;
    const [left, right] = [candidates.a[index]!, candidates.b[index]!];
    const [a, b] = [places[left]!, places[right]!];
    found.push(a.id < b.id ? { left, right, a, b, probability } : { left: right, right: left, a: b, b: a, probability });
  }
  return found;
}

async function writePairs(trx: Trx, pairs: readonly (FoundPair & { steps: unknown })[]): Promise<void> {
  const column = (value: (pair: FoundPair & { steps: unknown }) => string | number) => arrayLiteral(pairs.map(value));
  // What somebody decided stays decided; the weight follows the records.
  await sql`
    INSERT INTO linkage.pair AS p (id, responsible_region_code, county_a, person_a, region_a, county_b, person_b, region_b, probability_ppm, steps)
    SELECT * FROM unnest(${column(() => newId())}::uuid[], ${column(({ a, b }) => commonAncestorOf(a.regionCode, b.regionCode))}::text[],
      ${column(({ a }) => a.countyCode)}::text[], ${column(({ a }) => a.id)}::uuid[], ${column(({ a }) => a.regionCode)}::text[],
      ${column(({ b }) => b.countyCode)}::text[], ${column(({ b }) => b.id)}::uuid[], ${column(({ b }) => b.regionCode)}::text[],
      ${column(({ probability }) => Math.round(probability * 1e6))}::int[], ${column(({ steps }) => JSON.stringify(steps))}::jsonb[])
    ON CONFLICT (person_a, person_b) DO UPDATE SET responsible_region_code = excluded.responsible_region_code, region_a = excluded.region_a, region_b = excluded.region_b,
      probability_ppm = excluded.probability_ppm, steps = excluded.steps, state = CASE WHEN p.state = 'gone' THEN 'open' ELSE p.state END`.execute(trx);
}

/** Open pairs of the division that this search did not find again: one record was put right, or left. */
async function retirePairs(trx: Trx, regionCode: string, found: readonly FoundPair[]): Promise<void> {
  const { from, to } = regionRange(regionCode);
  await sql`
    UPDATE linkage.pair p SET state = 'gone' WHERE p.state = 'open' AND p.responsible_region_code >= ${from} AND p.responsible_region_code < ${to}
      AND NOT EXISTS (SELECT 1 FROM unnest(${arrayLiteral(found.map(({ a }) => a.id))}::uuid[], ${arrayLiteral(found.map(({ b }) => b.id))}::uuid[]) AS f (a, b) WHERE f.a = p.person_a AND f.b = p.person_b)`.execute(trx);
}
