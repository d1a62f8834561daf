import type { EvidenceRow } from './evidence-row.ts';
import type { Rule } from './load-rules.ts';
import type { RuleCase } from './rule-cases.ts';
import { symbolicId } from './symbolic-id.ts';

/** What a case expects, in the form `summariseEvidence` gives, so that a test can compare them and print the difference. */
export interface FindingSummary {
  readonly subject: string;
  readonly period: string;
  readonly household?: string | null;
  readonly facts?: number | string[];
  readonly amountFen?: number;
}

/** Groups evidence into findings and keeps what the expectation at the same place mentions. */
export function summariseEvidence(rows: readonly EvidenceRow[], expected: readonly FindingSummary[]): FindingSummary[] {
  const groups = Map.groupBy(rows, (row) => `${row.subjectId} ${row.period}`);
  const summaries = [...groups.values()].map((group) => {
    const first = group[0] as EvidenceRow;
    const wanted = expected.find(({ subject, period }) => subject === first.subjectId && period === first.period) ?? {};
    return {
      subject: first.subjectId,
      period: first.period,
      ...('household' in wanted && {
        household:
          group.map(({ householdId }) => householdId).find((id) => id === wanted.household) ?? first.householdId,
      }),
      ...('facts' in wanted && {
        facts: typeof wanted.facts === 'number' ? group.length : group.map(({ fact }) => fact).toSorted(),
      }),
      ...('amountFen' in wanted && { amountFen: group.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0) }),
    };
  });
  return summaries.toSorted(bySubject);
}

export function expectedFindings(rule: Pick<Rule, 'subjectKind'>, ruleCase: RuleCase): FindingSummary[] {
  return ruleCase.expect
    .map(({ subject, household, period, facts, amountFen }) => ({
      subject: symbolicId(rule.subjectKind, subject),
      period,
      ...(household !== undefined && { household: symbolicId('household', household) }),
      ...(facts !== undefined && { facts: typeof facts === 'number' ? facts : facts.toSorted() }),
      ...(amountFen !== undefined && { amountFen }),
    }))
    .toSorted(bySubject);
}

function bySubject(a: FindingSummary, b: FindingSummary): number {
  return `${a.subject} ${a.period}` < `${b.subject} ${b.period}` ? -1 : 1;
}
