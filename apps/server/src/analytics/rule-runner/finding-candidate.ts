import type { EvidenceRow, RuleDefinition } from '@sunlit/rule-kit';
import { createHash } from 'node:crypto';

/** What a rule found about one subject in one period: a signal for people, not yet a finding on record. */
export interface FindingCandidate {
  readonly ruleCode: string;
  readonly ruleVersion: number;
  readonly subjectKind: RuleDefinition['subjectKind'];
  readonly subjectId: string;
  /** of an account paid for several households: the first of them in id order, so that a re-run says the same; NULL for public money */
  readonly householdId: string | null;
  readonly personId: string | null;
  readonly countyCode: string;
  readonly regionCode: string;
  readonly period: string;
  /** stable across runs: the same rule, subject and period is the same finding */
  readonly fingerprint: string;
  readonly evidence: readonly EvidenceRow[];
}

/** Money, projects, assets and notices belong to no household. */
export function isPublicMatter(kind: RuleDefinition['subjectKind']): boolean {
  return kind === 'indicator' || kind === 'project' || kind === 'asset' || kind === 'notice';
}

export function fingerprintOf(ruleCode: string, subjectId: string, period: string): string {
  return createHash('sha256').update(`${ruleCode}|${subjectId}|${period}`).digest('hex');
}

/** `evidence` holds all rows of one subject and period. */
export function findingCandidate(rule: RuleDefinition, evidence: readonly EvidenceRow[]): FindingCandidate {
  const home = evidence.reduce((first, row) =>
    row.householdId !== null && (first.householdId === null || row.householdId < first.householdId) ? row : first,
  );
  if (home.householdId === null && !isPublicMatter(rule.subjectKind)) throw new Error(`Rule ${rule.code} found something that belongs to no household`);
  return {
    ruleCode: rule.code,
    ruleVersion: rule.version,
    subjectKind: rule.subjectKind,
    subjectId: home.subjectId,
    householdId: home.householdId,
    personId: rule.subjectKind === 'person' ? home.personId : null,
    countyCode: home.countyCode,
    regionCode: home.regionCode,
    period: home.period,
    fingerprint: fingerprintOf(rule.code, home.subjectId, home.period),
    evidence,
  };
}
