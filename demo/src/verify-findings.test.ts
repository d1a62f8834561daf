import { expect, it } from 'vitest';
import { verifyFindings } from './verify-findings.ts';
import type { TruthLine } from './truth.ts';

const line = (over: Partial<TruthLine>): TruthLine => ({
  label: 'planted',
  rule: 'O01',
  note: '',
  householdNumbers: ['1'],
  personOrdinal: 1,
  period: '',
  ...over,
});
const found = (householdNumbers: string[], personOrdinal: number | null = 1, ruleCode = 'O01') => ({
  ruleCode,
  householdNumbers,
  personOrdinal,
  period: '',
});

it('counts what was missed, what was wrong and which look-alikes were taken for real', () => {
  const truth = [
    line({}),
    line({ householdNumbers: ['2'] }),
    line({ label: 'look-alike', householdNumbers: ['3'], personOrdinal: null }),
  ];
  const [result] = verifyFindings(truth, [found(['1']), found(['1'], 2), found(['3'])]);
  expect(result).toMatchObject({ planted: 2, found: 3, correct: 1, recall: 0.5, lookAlikesHit: 1 });
  expect(result?.precision).toBeCloseTo(1 / 3);
  expect(result?.missed).toEqual([truth[1]]);
});

it('knows a shared account by any of its households, and each planted case once', () => {
  const truth = [line({ rule: 'F01', householdNumbers: ['1', '2'], personOrdinal: null })];
  expect(verifyFindings(truth, [found(['2'], null, 'F01')])[0]).toMatchObject({ precision: 1, recall: 1 });
  expect(verifyFindings(truth, [found(['1'], null, 'F01'), found(['2'], null, 'F01')])[0]).toMatchObject({
    precision: 0.5,
    recall: 1,
  });
});
