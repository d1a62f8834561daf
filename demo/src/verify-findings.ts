import { readFileSync } from 'node:fs';
import { fundTruthSchema } from './fund-steps.ts';
import { truthLineSchema } from './truth.ts';
import type { TruthLine } from './truth.ts';

/** A finding as the system reports it, in the terms of the truth file. */
export interface ReportedFinding {
  readonly ruleCode: string;
  /** all households its evidence names */
  readonly householdNumbers: readonly string[];
  readonly personOrdinal: number | null;
  readonly period: string;
}

export interface RuleVerification {
  readonly ruleCode: string;
  readonly planted: number;
  readonly found: number;
  readonly correct: number;
  /** 1 when nothing was found: then nothing wrong was said */
  readonly precision: number;
  /** 1 when nothing was planted */
  readonly recall: number;
  readonly missed: readonly TruthLine[];
  readonly unexpected: readonly ReportedFinding[];
  /** look-alikes of this rule that were taken for the real thing */
  readonly lookAlikesHit: number;
}

/** Compares what was found with what was planted, rule by rule. */
export function verifyFindings(truth: readonly TruthLine[], findings: readonly ReportedFinding[]): RuleVerification[] {
  const rules = [
    ...new Set([...truth.map(({ rule }) => rule), ...findings.map(({ ruleCode }) => ruleCode)]),
  ].toSorted();
  return rules.map((ruleCode) => verifyRule(ruleCode, truth, findings));
}

function verifyRule(
  ruleCode: string,
  truth: readonly TruthLine[],
  findings: readonly ReportedFinding[],
): RuleVerification {
  const planted = truth.filter(({ rule, label }) => rule === ruleCode && label === 'planted');
  const byKey = new Map(
    planted.flatMap((line) => line.householdNumbers.map((number) => [keyOf(number, line), line] as const)),
  );
  const met = new Set<TruthLine>();
  const unexpected: ReportedFinding[] = [];
  const found = findings.filter((finding) => finding.ruleCode === ruleCode);
  for (const finding of found) {
    const line = finding.householdNumbers
      .map((number) => byKey.get(keyOf(number, finding)))
      .find((hit) => hit !== undefined);
    if (line && !met.has(line)) met.add(line);
    else unexpected.push(finding);
  }
  const tempting = new Set(
    truth
      .filter(({ rule, label }) => rule === ruleCode && label === 'look-alike')
      .flatMap((line) => line.householdNumbers),
  );
  return {
    ruleCode,
    planted: planted.length,
    found: found.length,
    correct: met.size,
    precision: found.length === 0 ? 1 : met.size / found.length,
    recall: planted.length === 0 ? 1 : met.size / planted.length,
    missed: planted.filter((line) => !met.has(line)),
    unexpected,
    lookAlikesHit: unexpected.filter(({ householdNumbers }) => householdNumbers.some((number) => tempting.has(number)))
      .length,
  };
}

function keyOf(
  householdNumber: string,
  about: { readonly personOrdinal: number | null; readonly period: string },
): string {
  return `${householdNumber} ${about.personOrdinal ?? ''} ${about.period}`;
}

export function readTruth(path: string): TruthLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => truthLineSchema.parse(JSON.parse(line)));
}

/** What was planted in the funds, in the same terms: in place of a household stands the tranche of money. */
export function readFundTruth(path: string): TruthLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => fundTruthSchema.parse(JSON.parse(line)))
    .flatMap(({ label, rule, note, documentNumber, regionCode, household, period }) =>
      label === 'refused'
        ? []
        : [{ label, rule, note, householdNumbers: [household ?? `${documentNumber} ${regionCode}`], personOrdinal: null, period }],
    );
}
