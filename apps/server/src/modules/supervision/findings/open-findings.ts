import { newId } from '@sunlit/kernel';
import { renderHeadline, type Rule } from '@sunlit/rule-kit';
import { sql } from 'kysely';
import type { FindingCandidate } from '#analytics/rule-runner/index.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { dueOnFor } from './finding-workflow.ts';

/** Nobody decided: the fact was gone when a cross-check looked again. */
const closedByItself = sql`f.state = 'closed' AND f.decided_at IS NULL`;

const severityRank = { red: 1, orange: 2, yellow: 3, blue: 4 } as const;

/**
 * Writes a batch of hits. A new one becomes a draft of its run; a known one keeps its history and says again that the
 * fact stands; only a signal nobody works on yet takes the newer evidence, also one that had closed because its fact
 * was gone. Returns how many are new.
 */
export async function openFindings(trx: Trx, runId: string, rule: Rule, candidates: readonly FindingCandidate[]): Promise<number> {
  const rows = candidates.map((candidate) => ({ id: newId(), candidate }));
  const { rows: reopened } = await sql<{ county_code: string; id: string; responsible_region_code: string; released: boolean }>`
    SELECT county_code, id, responsible_region_code, released_at IS NOT NULL AS released FROM supervision.finding f
    WHERE (county_code, fingerprint) IN (SELECT * FROM unnest(${rows.map((row) => row.candidate.countyCode)}::text[], ${rows.map((row) => row.candidate.fingerprint)}::text[])) AND ${closedByItself} FOR UPDATE`.execute(trx);
  const { rows: written } = await sql<{ id: string; fingerprint: string; county_code: string; state: string; is_new: boolean }>`
    INSERT INTO supervision.finding AS f (county_code, id, number, fingerprint, rule_code, rule_version, severity, severity_rank, direction, visibility, subject_kind, subject_id, household_id, person_id,
      responsible_region_code, period, headline_zh, headline_en, state, first_run_id, last_run_id)
    SELECT county_code, id, ${rule.code} || '-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('supervision.finding_number')::text, 6, '0'), fingerprint, ${rule.code}, ${String(rule.version)}, ${rule.severity},
      ${severityRank[rule.severity]}::int, ${rule.direction}, ${rule.visibility}, ${rule.subjectKind}, subject_id, household_id, person_id, region_code, period, headline_zh, headline_en, 'signal', ${runId}::uuid, ${runId}::uuid
    FROM unnest(${rows.map((row) => row.candidate.countyCode)}::text[], ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.candidate.fingerprint)}::text[], ${rows.map((row) => row.candidate.subjectId)}::uuid[],
      ${rows.map((row) => row.candidate.householdId)}::uuid[], ${rows.map((row) => row.candidate.personId)}::uuid[], ${rows.map((row) => row.candidate.regionCode)}::text[], ${rows.map((row) => row.candidate.period)}::text[],
      ${rows.map((row) => renderHeadline(rule, row.candidate.evidence, 'zh'))}::text[], ${rows.map((row) => renderHeadline(rule, row.candidate.evidence, 'en'))}::text[])
      AS t (county_code, id, fingerprint, subject_id, household_id, person_id, region_code, period, headline_zh, headline_en)
    ON CONFLICT (county_code, fingerprint) DO UPDATE SET
      -- closed by itself because the fact was gone, never by a person: the fact is back, and so is the signal
      state = CASE WHEN ${closedByItself} THEN 'signal' ELSE f.state END,
      last_run_id = excluded.last_run_id, fact_gone = false,
      headline_zh = CASE WHEN f.decided_at IS NULL AND f.state IN ('signal', 'closed') THEN excluded.headline_zh ELSE f.headline_zh END,
      headline_en = CASE WHEN f.decided_at IS NULL AND f.state IN ('signal', 'closed') THEN excluded.headline_en ELSE f.headline_en END,
      rule_version = CASE WHEN f.decided_at IS NULL AND f.state IN ('signal', 'closed') THEN excluded.rule_version ELSE f.rule_version END
    RETURNING id, fingerprint, county_code, state, first_run_id = last_run_id AND xmax = 0 AS is_new`.execute(trx);
  await reopen(trx, runId, reopened);
  const known = written.filter((row) => !row.is_new && row.state === 'signal').map((row) => row.id);
  if (known.length > 0) await sql`DELETE FROM supervision.evidence WHERE finding_id = ANY (${known}::uuid[])`.execute(trx);
  await insertEvidence(trx, runId, rows, new Map(written.filter((row) => row.is_new || row.state === 'signal').map((row) => [`${row.county_code}|${row.fingerprint}`, row.id])));
  return written.filter((row) => row.is_new).length;
}

/** The fact is back: whoever reads the history sees since which cross-check, and a released one has a deadline again. */
async function reopen(trx: Trx, runId: string, findings: readonly { county_code: string; id: string; responsible_region_code: string; released: boolean }[]): Promise<void> {
  await insertRunSteps(trx, runId, findings, { action: 'fact-back', from: 'closed', to: 'signal' });
  for (const [county, group] of Map.groupBy(findings.filter((one) => one.released), (one) => one.county_code)) {
    await sql`UPDATE supervision.finding SET due_on = ${await dueOnFor(trx, 'signal', county)}, changed_at = now(), version = version + 1 WHERE county_code = ${county} AND id = ANY (${group.map((one) => one.id)}::uuid[])`.execute(trx);
  }
}

async function insertRunSteps(trx: Trx, runId: string, findings: readonly { county_code: string; id: string; responsible_region_code: string }[], step: { action: string; from: string; to: string }): Promise<void> {
  if (findings.length === 0) return;
  await sql`INSERT INTO supervision.finding_step (county_code, id, finding_id, responsible_region_code, by_id, by_name, action, from_state, to_state, run_id)
    SELECT county_code, id, finding_id, region_code, ${systemActor.accountId}::uuid, ${systemActor.displayName}, ${step.action}, ${step.from}, ${step.to}, ${runId}::uuid
    FROM unnest(${findings.map((one) => one.county_code)}::text[], ${findings.map(() => newId())}::uuid[], ${findings.map((one) => one.id)}::uuid[], ${findings.map((one) => one.responsible_region_code)}::text[])
      AS t (county_code, id, finding_id, region_code)`.execute(trx);
}

async function insertEvidence(trx: Trx, runId: string, rows: readonly { candidate: FindingCandidate }[], findingIds: ReadonlyMap<string, string>): Promise<void> {
  const evidence = rows.flatMap(({ candidate }) => {
    const findingId = findingIds.get(`${candidate.countyCode}|${candidate.fingerprint}`);
    return findingId === undefined ? [] : candidate.evidence.map((row, ordinal) => ({ findingId, candidate, row, ordinal }));
  });
  if (evidence.length === 0) return;
  await sql`
    INSERT INTO supervision.evidence (county_code, id, finding_id, run_id, responsible_region_code, person_id, dataset, delivery_id, source_row, ordinal, fact, observed_on, amount_fen, detail)
    SELECT county_code, id, finding_id, ${runId}::uuid, region_code, person_id, dataset, delivery_id, source_row, ordinal, fact, observed_on, amount_fen, detail
    FROM unnest(${evidence.map((one) => one.candidate.countyCode)}::text[], ${evidence.map(() => newId())}::uuid[], ${evidence.map((one) => one.findingId)}::uuid[], ${evidence.map((one) => one.candidate.regionCode)}::text[],
      ${evidence.map((one) => one.row.personId)}::uuid[], ${evidence.map((one) => one.row.dataset)}::text[], ${evidence.map((one) => one.row.deliveryId)}::uuid[], ${evidence.map((one) => one.row.sourceRow)}::bigint[],
      ${evidence.map((one) => one.ordinal)}::int[], ${evidence.map((one) => one.row.fact)}::text[], ${evidence.map((one) => one.row.observedOn)}::date[], ${evidence.map((one) => one.row.amountFen)}::bigint[], ${evidence.map((one) => one.row.detail)}::text[])
      AS t (county_code, id, finding_id, region_code, person_id, dataset, delivery_id, source_row, ordinal, fact, observed_on, amount_fen, detail)`.execute(trx);
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
