import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { demoAsOf, readFundTruth, readTruth, verifyFindings, type ReportedFinding, type RuleVerification } from '@sunlit/demo';
import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { Runtime } from '../../runtime.ts';
import { CommandError } from '../command-error.ts';
import { demoFolder } from './ensure-demo.ts';
import { openInstallation } from './installation.ts';

/**
 * Compares what cross-checks as of the demo's own day found, drafts included, with what was planted for that day: a later
 * cross-check rightly finds deadlines that have passed since. What a household said itself is no hit.
 */
export async function verifyDemo(runtime: Runtime): Promise<RuleVerification[]> {
  const installation = await openInstallation(runtime.ownerUrl);
  const plan = installation.get('demo');
  await installation.close();
  const truth = join(demoFolder(runtime.settings.dataFolder, plan ?? ''), 'truth.jsonl');
  if (!plan || !existsSync(truth)) throw new CommandError('这里没有演示城市；请先运行 sunlit demo create。');
  const fundTruth = join(demoFolder(runtime.settings.dataFolder, plan), 'funds-truth.jsonl');
  return verifyFindings([...readTruth(truth), ...readFundTruth(fundTruth)], await reportedFindings());
}

/** In the terms of the truth files: household numbers and a person's position by date of birth, or document (title of a project or asset) and division. */
async function reportedFindings(): Promise<ReportedFinding[]> {
  return inTransaction({ ...systemActor, permissions: new Set(['finding.read-officials']) }, async (trx) => {
    const { rows } = await sql<{ rule_code: string; period: string; numbers: string[]; ordinal: number | null }>`
      SELECT f.rule_code, f.period,
        CASE WHEN f.subject_kind = 'indicator' THEN ARRAY(SELECT i.document_number || ' ' || i.region_code FROM funds.indicator i WHERE i.id = f.subject_id)
          WHEN f.subject_kind = 'project' THEN ARRAY(SELECT p.title || ' ' || p.region_code FROM projects.project p WHERE p.id = f.subject_id)
          WHEN f.subject_kind = 'asset' THEN ARRAY(SELECT a.title || ' ' || a.region_code FROM projects.asset a WHERE a.id = f.subject_id) ELSE ARRAY(SELECT h.number FROM (
            SELECT f.household_id AS id UNION SELECT p.household_id FROM supervision.evidence e JOIN households.person p ON p.id = e.person_id AND p.county_code = e.county_code WHERE e.finding_id = f.id AND e.county_code = f.county_code
          ) concerned JOIN households.household h ON h.id = concerned.id) END AS numbers,
        (SELECT count(*)::int FROM households.person me JOIN households.person p ON p.household_id = me.household_id AND p.county_code = me.county_code AND p.birth_date <= me.birth_date WHERE me.id = f.person_id) AS ordinal
      FROM supervision.finding f JOIN supervision.run r ON r.id = f.first_run_id WHERE r.as_of = ${demoAsOf}`.execute(trx);
    return rows.map((row) => ({ ruleCode: row.rule_code, householdNumbers: row.numbers, personOrdinal: row.ordinal === 0 ? null : row.ordinal, period: row.period }));
  });
}
