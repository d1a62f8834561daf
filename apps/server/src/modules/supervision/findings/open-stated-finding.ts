import { countyCodeOf, newId } from '@sunlit/kernel';
import { renderHeadline, type EvidenceRow } from '@sunlit/rule-kit';
import { sql } from 'kysely';
import { fingerprintOf, parametersPerCounty } from '#analytics/rule-runner/index.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { addWorkingDays, loadCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { readRuleParameterLayers } from '#modules/programmes/index.ts';
import { getRule, getRuleLibrary } from '../rule-catalogue/index.ts';
import { insertStep } from './finding-store.ts';
import { severityRank } from './open-findings.ts';

export interface Statement {
  ruleCode: string;
  subjectId: string;
  householdId: string;
  personId: string;
  regionCode: string;
  period: string;
  fact: Pick<EvidenceRow, 'dataset' | 'fact' | 'observedOn' | 'amountFen' | 'detail'>;
  /** the household's own words */
  text: string;
  channel: 'in-person' | 'phone' | 'paper' | 'online';
}

/**
 * A household says so: an ordinary finding, released at once, with its first deadline and the household's words on record.
 * Said again while it is open, the words are added to the same one; after it was closed, there is a new one.
 */
export async function openStatedFinding(trx: Trx, actor: Actor, said: Statement): Promise<{ id: string; number: string }> {
  if (actor.ownHouseholds.includes(said.householdId)) throw new AppError('conflict-of-interest');
  const county = countyCodeOf(said.regionCode);
  const { rows: earlier } = await sql<{ id: string; number: string; state: string; responsible_region_code: string }>`
    SELECT id, number, state, responsible_region_code FROM supervision.finding WHERE rule_code = ${said.ruleCode} AND household_id = ${said.householdId} AND subject_id = ${said.subjectId} ORDER BY opened_at FOR UPDATE`.execute(trx);
  const standing = earlier.find(({ state }) => state !== 'closed');
  const finding = standing ? { county_code: county, ...standing } : await insertFinding(trx, said, county, earlier.length);
  await trx
    .insertInto('supervision.finding_answer')
    .values({ county_code: county, id: newId(), finding_id: finding.id, responsible_region_code: finding.responsible_region_code, recorded_by: actor.accountId, recorded_by_name: actor.displayName, channel: said.channel, text_enc: encryptValue('answer', said.text) })
    .execute();
  await insertStep(trx, finding, { id: newId(), byId: actor.accountId, byName: actor.displayName, action: 'state', from: standing?.state ?? null, to: standing?.state ?? 'signal', reason: '' });
  await recordAudit(trx, actor, { action: 'finding.state', objectKind: 'finding', objectId: finding.id, householdId: said.householdId, regionCode: said.regionCode, details: { rule: said.ruleCode, channel: said.channel, again: standing !== undefined } });
  return { id: finding.id, number: finding.number };
}

async function insertFinding(trx: Trx, said: Statement, county: string, before: number): Promise<{ county_code: string; id: string; number: string; responsible_region_code: string }> {
  const rule = await getRule(said.ruleCode);
  const parameters = parametersPerCounty(await getRuleLibrary(), [county], today(), await readRuleParameterLayers(trx))(rule).get(county)!;
  const dueOn = addWorkingDays(await loadCalendar(trx), today(), Number(parameters['startWorkingDays']));
  const evidence: EvidenceRow = { subjectId: said.subjectId, householdId: said.householdId, personId: said.personId, countyCode: county, regionCode: said.regionCode, period: said.period, deliveryId: null, sourceRow: null, ...said.fact };
  const id = newId();
  const { rows } = await sql<{ number: string }>`
    INSERT INTO supervision.finding (county_code, id, number, fingerprint, rule_code, rule_version, severity, severity_rank, direction, visibility, subject_kind, subject_id, household_id, person_id,
      responsible_region_code, period, headline_zh, headline_en, state, due_on, released_at)
    VALUES (${county}, ${id}, ${rule.code} || '-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('supervision.finding_number')::text, 6, '0'), ${fingerprintOf(rule.code, said.subjectId, `${said.period}|${before}`)}, ${rule.code}, ${String(rule.version)},
      ${rule.severity}, ${severityRank[rule.severity]}, ${rule.direction}, ${rule.visibility}, ${rule.subjectKind}, ${said.subjectId}, ${said.householdId}, ${said.personId},
      ${said.regionCode}, ${said.period}, ${renderHeadline(rule, [evidence], 'zh')}, ${renderHeadline(rule, [evidence], 'en')}, 'signal', ${dueOn}, now()) RETURNING number`.execute(trx);
  await sql`
    INSERT INTO supervision.evidence (county_code, finding_id, responsible_region_code, person_id, dataset, ordinal, fact, observed_on, amount_fen, detail)
    VALUES (${county}, ${id}, ${said.regionCode}, ${said.personId}, ${said.fact.dataset}, 0, ${said.fact.fact}, ${said.fact.observedOn}, ${said.fact.amountFen}, ${said.fact.detail})`.execute(trx);
  return { county_code: county, id, number: rows[0]!.number, responsible_region_code: said.regionCode };
}
