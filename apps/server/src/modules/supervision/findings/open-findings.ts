import { setImmediate } from 'node:timers/promises';
import { newId } from '@sunlit/kernel';
import { renderHeadline, type Rule } from '@sunlit/rule-kit';
import { sql } from 'kysely';
import type { FindingCandidate } from '#analytics/rule-runner/index.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { arrayLiteral } from '#platform/database/array-literal.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { dueOnFor } from './finding-workflow.ts';

/** Nobody decided: the fact was gone when a cross-check looked again. */
const closedByItself = sql`f.state = 'closed' AND f.decided_at IS NULL`;

export const severityRank = { red: 1, orange: 2, yellow: 3, blue: 4 } as const;

/** Small enough that one slice's texts are made while the database writes another's. */
const sliceLength = 500;

/**
 * Writes a batch of hits. A new one becomes a draft of its run; a known one keeps its history and says again that the
 * fact stands; only a signal nobody works on yet takes the newer evidence, also one that had closed because its fact
 * was gone. Returns how many are new.
 */
export async function openFindings(trx: Trx, runId: string, rule: Rule, candidates: readonly FindingCandidate[]): Promise<number> {
  let opened = 0;
  let slice = prepare(rule, candidates.slice(0, sliceLength));
  for (let start = 0; start < candidates.length; start += sliceLength) {
    const { result: known, meanwhile: evidence } = await whileWriting(writeFindings(trx, runId, rule, slice), () => evidenceColumns(slice.candidates, (_, place) => slice.ids[place]));
    const { meanwhile: next } = await whileWriting(writeEvidence(trx, runId, slice, known, evidence), () => prepare(rule, candidates.slice(start + sliceLength, start + 2 * sliceLength)));
    opened += slice.candidates.length - known.length;
    slice = next;
  }
  return opened;
}

/** Uses the time the database takes. */
async function whileWriting<Result, Meanwhile>(writing: Promise<Result>, work: () => Meanwhile): Promise<{ result: Result; meanwhile: Meanwhile }> {
  // Seen below; without this a failure in between would end the process.
  writing.catch(() => undefined);
  await setImmediate();
  const meanwhile = work();
  return { result: await writing, meanwhile };
}

interface Slice {
  readonly candidates: readonly FindingCandidate[];
  readonly ids: readonly string[];
  readonly headlines: { readonly zh: string; readonly en: string };
}

function prepare(rule: Rule, candidates: readonly FindingCandidate[]): Slice {
  const headlines = (language: 'zh' | 'en'): string => arrayLiteral(candidates.map(({ evidence }) => renderHeadline(rule, evidence, language)));
  return { candidates, ids: candidates.map(() => newId()), headlines: { zh: headlines('zh'), en: headlines('en') } };
}

/** A finding that an earlier run had opened; a new one has the id it was given. */
interface KnownFinding {
  county_code: string;
  id: string;
  key: string;
  state: string;
  responsible_region_code: string;
  closed_by_itself: boolean;
  released: boolean;
}

/** Returns those that earlier runs had opened. */
async function writeFindings(trx: Trx, runId: string, rule: Rule, { candidates, ids, headlines }: Slice): Promise<KnownFinding[]> {
  const column = (read: (candidate: FindingCandidate) => string | null): string => arrayLiteral(candidates.map(read));
  const { rows: known } = await sql<KnownFinding>`
    WITH written AS (INSERT INTO supervision.finding AS f (county_code, id, number, fingerprint, rule_code, rule_version, severity, severity_rank, direction, visibility, subject_kind, subject_id, household_id, person_id,
      responsible_region_code, period, headline_zh, headline_en, state, first_run_id, last_run_id)
    SELECT county_code, id, (SELECT ${rule.code} || '-' || to_char(now(), 'YYYY') || '-') || lpad(nextval('supervision.finding_number')::text, 6, '0'), fingerprint, ${rule.code}, ${String(rule.version)}, ${rule.severity},
      ${severityRank[rule.severity]}::int, ${rule.direction}, ${rule.visibility}, ${rule.subjectKind}, subject_id, household_id, person_id, region_code, period, headline_zh, headline_en, 'signal', ${runId}::uuid, ${runId}::uuid
    FROM unnest(${column((one) => one.countyCode)}::text[], ${arrayLiteral(ids)}::uuid[], ${column((one) => one.fingerprint)}::text[], ${column((one) => one.subjectId)}::uuid[],
      ${column((one) => one.householdId)}::uuid[], ${column((one) => one.personId)}::uuid[], ${column((one) => one.regionCode)}::text[], ${column((one) => one.period)}::text[], ${headlines.zh}::text[], ${headlines.en}::text[])
      AS t (county_code, id, fingerprint, subject_id, household_id, person_id, region_code, period, headline_zh, headline_en)
    ON CONFLICT (county_code, fingerprint) DO UPDATE SET
      last_run_id = excluded.last_run_id, fact_gone = false,
      headline_zh = CASE WHEN f.decided_at IS NULL AND f.state IN ('signal', 'closed') THEN excluded.headline_zh ELSE f.headline_zh END,
      headline_en = CASE WHEN f.decided_at IS NULL AND f.state IN ('signal', 'closed') THEN excluded.headline_en ELSE f.headline_en END,
      rule_version = CASE WHEN f.decided_at IS NULL AND f.state IN ('signal', 'closed') THEN excluded.rule_version ELSE f.rule_version END
    RETURNING f.county_code, f.id, f.xmax <> 0 AS known, f.county_code || '|' || f.fingerprint AS key, f.state, f.responsible_region_code, ${closedByItself} AS closed_by_itself, f.released_at IS NOT NULL AS released)
    SELECT * FROM written WHERE known`.execute(trx);
  return known;
}

/** @param asIfNew the evidence columns if every finding is new, which nearly all of a first run are */
async function writeEvidence(trx: Trx, runId: string, { candidates, ids }: Slice, known: readonly KnownFinding[], asIfNew: EvidenceColumns): Promise<void> {
  if (known.length === 0) return insertEvidence(trx, runId, asIfNew);
  await reopen(trx, runId, known.filter((one) => one.closed_by_itself));
  const takesNewEvidence = (one: KnownFinding): boolean => one.state === 'signal' || one.closed_by_itself;
  const refreshed = known.filter(takesNewEvidence).map(({ id }) => id);
  if (refreshed.length > 0) await sql`DELETE FROM supervision.evidence WHERE finding_id IN (SELECT unnest(${arrayLiteral(refreshed)}::uuid[]))`.execute(trx);
  const knownIds = new Map(known.map((one) => [one.key, takesNewEvidence(one) ? one.id : undefined]));
  await insertEvidence(trx, runId, evidenceColumns(candidates, (candidate, place) => {
    const key = `${candidate.countyCode}|${candidate.fingerprint}`;
    return knownIds.has(key) ? knownIds.get(key) : ids[place];
  }));
}

/**
 * Closed because the fact was gone, never by a person: the fact is back, and so is the signal. Whoever reads the history
 * sees since which cross-check, and a released one has a deadline again.
 */
async function reopen(trx: Trx, runId: string, findings: readonly KnownFinding[]): Promise<void> {
  await insertRunSteps(trx, runId, findings, { action: 'fact-back', from: 'closed', to: 'signal' });
  for (const [county, group] of Map.groupBy(findings, (one) => one.county_code)) {
    const dueOn = group.some((one) => one.released) ? await dueOnFor(trx, 'signal', county) : null;
    await sql`UPDATE supervision.finding SET state = 'signal', due_on = CASE WHEN released_at IS NOT NULL THEN ${dueOn}::date END, changed_at = now(), version = version + 1
      WHERE county_code = ${county} AND id = ANY (${group.map((one) => one.id)}::uuid[])`.execute(trx);
  }
}

async function insertRunSteps(trx: Trx, runId: string, findings: readonly Pick<KnownFinding, 'county_code' | 'id' | 'responsible_region_code'>[], step: { action: string; from: string; to: string }): Promise<void> {
  if (findings.length === 0) return;
  await sql`INSERT INTO supervision.finding_step (county_code, id, finding_id, responsible_region_code, by_id, by_name, action, from_state, to_state, run_id)
    SELECT county_code, id, finding_id, region_code, ${systemActor.accountId}::uuid, ${systemActor.displayName}, ${step.action}, ${step.from}, ${step.to}, ${runId}::uuid
    FROM unnest(${findings.map((one) => one.county_code)}::text[], ${findings.map(() => newId())}::uuid[], ${findings.map((one) => one.id)}::uuid[], ${findings.map((one) => one.responsible_region_code)}::text[])
      AS t (county_code, id, finding_id, region_code)`.execute(trx);
}

interface EvidenceColumns {
  readonly count: number;
  readonly counties: string;
  readonly findingIds: string;
  readonly regions: string;
  readonly persons: string;
  readonly datasets: string;
  readonly deliveries: string;
  readonly sourceRows: string;
  readonly ordinals: string;
  readonly facts: string;
  readonly observedOn: string;
  readonly amounts: string;
  readonly details: string;
}

/** @param findingIdOf undefined for a finding whose evidence stays as it is */
function evidenceColumns(candidates: readonly FindingCandidate[], findingIdOf: (candidate: FindingCandidate, place: number) => string | undefined): EvidenceColumns {
  const rows = candidates.flatMap((candidate, place) => {
    const findingId = findingIdOf(candidate, place);
    return findingId === undefined ? [] : candidate.evidence.map((row, ordinal) => ({ findingId, candidate, row, ordinal }));
  });
  const column = (read: (one: (typeof rows)[number]) => string | number | null): string => arrayLiteral(rows.map(read));
  return {
    count: rows.length,
    counties: column(({ candidate }) => candidate.countyCode),
    findingIds: column(({ findingId }) => findingId),
    regions: column(({ candidate }) => candidate.regionCode),
    persons: column(({ row }) => row.personId),
    datasets: column(({ row }) => row.dataset),
    deliveries: column(({ row }) => row.deliveryId),
    sourceRows: column(({ row }) => row.sourceRow),
    ordinals: column(({ ordinal }) => ordinal),
    facts: column(({ row }) => row.fact),
    observedOn: column(({ row }) => row.observedOn),
    amounts: column(({ row }) => row.amountFen),
    details: column(({ row }) => row.detail),
  };
}

async function insertEvidence(trx: Trx, runId: string, columns: EvidenceColumns): Promise<void> {
  if (columns.count === 0) return;
  await sql`
    INSERT INTO supervision.evidence (county_code, finding_id, run_id, responsible_region_code, person_id, dataset, delivery_id, source_row, ordinal, fact, observed_on, amount_fen, detail)
    SELECT county_code, finding_id, ${runId}::uuid, region_code, person_id, dataset, delivery_id, source_row, ordinal, fact, observed_on, amount_fen, detail
    FROM unnest(${columns.counties}::text[], ${columns.findingIds}::uuid[], ${columns.regions}::text[], ${columns.persons}::uuid[], ${columns.datasets}::text[], ${columns.deliveries}::uuid[],
      ${columns.sourceRows}::bigint[], ${columns.ordinals}::int[], ${columns.facts}::text[], ${columns.observedOn}::date[], ${columns.amounts}::bigint[], ${columns.details}::text[])
      AS t (county_code, finding_id, region_code, person_id, dataset, delivery_id, source_row, ordinal, fact, observed_on, amount_fen, detail)`.execute(trx);
}

/**
 * After a rule ran to its end: findings it no longer makes. One nobody has taken up closes itself; with the others the
 * person who decides is told that the fact is gone.
 */
export async function markFactsGone(trx: Trx, runId: string, ruleCode: string, regionFrom: string, regionTo: string): Promise<number> {
  const { rows: closed } = await sql<{ county_code: string; id: string; responsible_region_code: string }>`
    UPDATE supervision.finding SET state = 'closed', fact_gone = true, due_on = NULL, changed_at = now(), version = version + 1
    WHERE rule_code = ${ruleCode} AND responsible_region_code >= ${regionFrom} AND responsible_region_code < ${regionTo} AND last_run_id <> ${runId} AND state = 'signal'
    RETURNING county_code, id, responsible_region_code`.execute(trx);
  await insertRunSteps(trx, runId, closed, { action: 'fact-gone', from: 'signal', to: 'closed' });
  const { rows: underWay } = await sql<{ county_code: string; id: string; responsible_region_code: string; state: string }>`UPDATE supervision.finding SET fact_gone = true WHERE rule_code = ${ruleCode} AND responsible_region_code >= ${regionFrom} AND responsible_region_code < ${regionTo}
    AND last_run_id <> ${runId} AND state NOT IN ('signal', 'closed') AND NOT fact_gone
    RETURNING county_code, id, responsible_region_code, state`.execute(trx);
  for (const [state, group] of Map.groupBy(underWay, (one) => one.state)) await insertRunSteps(trx, runId, group, { action: 'fact-gone', from: state, to: state });
  return closed.length;
}
