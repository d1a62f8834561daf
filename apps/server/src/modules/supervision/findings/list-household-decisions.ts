import { sql } from 'kysely';
import { dayOf } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { findingWorkflow } from './finding-workflow.ts';
import { ruleTitles } from './finding-item.ts';

interface Row {
  id: string;
  number: string;
  rule_code: string;
  headline_zh: string;
  headline_en: string;
  state: string;
  outcome: 'confirmed' | 'excused' | 'wrong-data' | null;
  outcome_reason: string | null;
  decided_at: Date | null;
  decided_by: string | null;
  decided_by_name: string | null;
  due_on: string | null;
  subject_kind: string;
  subject_id: string;
}

const outcomes = {
  confirmed: { zh: '情况属实', en: 'Confirmed' },
  excused: { zh: '有正当理由', en: 'There is a good reason' },
  'wrong-data': { zh: '数据有误', en: 'The data were wrong' },
} as const;

/** What a household said or was asked about, and what was decided, as it may read it itself; never what is about officials. */
export async function listHouseholdDecisions(trx: Trx, householdId: string, locale: Locale) {
  const { states } = findingWorkflow().definition;
  const title = await ruleTitles();
  const { rows } = await sql<Row>`
    SELECT f.id, f.number, f.rule_code, f.headline_zh, f.headline_en, f.state, f.outcome, f.outcome_reason, f.decided_at, f.decided_by, f.due_on, f.subject_kind, f.subject_id,
      (SELECT s.by_name FROM supervision.finding_step s WHERE s.finding_id = f.id AND s.action = 'decide' ORDER BY s.at DESC LIMIT 1) AS decided_by_name
    FROM supervision.finding f WHERE f.household_id = ANY ((SELECT households.household_ids(${householdId}::uuid))::uuid[]) AND f.released_at IS NOT NULL AND f.visibility = 'ordinary'
      AND (f.decided_at IS NOT NULL OR f.state = 'awaiting-answer' OR f.first_run_id IS NULL) ORDER BY f.opened_at DESC LIMIT 100`.execute(trx);
  return rows.map((row) => {
    const state = states.find(({ code }) => code === row.state);
    return {
      id: row.id,
      number: row.number,
      headline: locale === 'en' ? row.headline_en : row.headline_zh,
      rule: title(row.rule_code),
      state: state ? { zh: state.zh, en: state.en } : { zh: row.state, en: row.state },
      outcome: row.outcome ? outcomes[row.outcome] : null,
      reason: row.outcome_reason,
      decidedBy: row.decided_by_name,
      decidedById: row.decided_by,
      decidedOn: row.decided_at === null ? null : dayOf(row.decided_at),
      dueOn: row.due_on,
      paymentId: row.subject_kind === 'payment' ? row.subject_id : null,
    };
  });
}
