import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { evaluateHousehold, applicableChecks, caseHousehold, type DataQualityCheck } from '@sunlit/rule-kit';
import { describe, expect, it } from 'vitest';

const asOf = '2026-10-31';
const context = { asOf, value: (name: string): number => ({ 'monitoring-year': 1_056_000, 'identified-income-year': 2_000_000, 'work-income-month-low': 40_000, 'work-income-month-high': 3_000_000 })[name] ?? Number.NaN };
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const checks: DataQualityCheck[] = [];
for (const file of files) checks.push(...((await import(pathToFileURL(join(import.meta.dirname, file)).href)) as { default: DataQualityCheck[] }).default);

describe('data-quality checks', () => {
  it.each(checks.map((check) => [check.code, check] as const))('%s', (_, check) => {
    const sheets = new Set(check.sheets ?? []);
    const found = (given: DataQualityCheck['wrong'][number]): number => {
      const household = caseHousehold(check, given, asOf);
      expect(applicableChecks([check], household.columns, sheets)).toEqual([check]);
      return evaluateHousehold([check], household, context).length;
    };
    expect(check.wrong.length).toBeGreaterThan(0);
    expect(check.right.length).toBeGreaterThan(0);
    for (const given of check.wrong) expect(found(given), `must be reported: ${JSON.stringify(given)}`).toBeGreaterThan(0);
    for (const given of check.right) expect(found(given), `must not be reported: ${JSON.stringify(given)}`).toBe(0);
  });

  it('are at least a hundred, each with a code of its own and texts in both languages', () => {
    expect(checks.length).toBeGreaterThanOrEqual(100);
    expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length);
    for (const { title } of checks) {
      expect(title.zh).toMatch(/\p{Script=Han}/u);
      expect(title.en).not.toMatch(/[\u4e00-\u9fff].*[\u4e00-\u9fff]/u);
    }
  });

  it('each carry an id of the working set at most once', () => {
    const refs = checks.flatMap(({ sourceRef }) => sourceRef ?? []);
    expect(refs.filter((ref, index) => refs.indexOf(ref) !== index)).toEqual([]);
  });

  it('say nothing about a file that never had the column, or a sheet never imported', () => {
    for (const check of checks) {
      if (check.fields.length > 0) expect(applicableChecks([check], new Set(), new Set(check.sheets ?? []))).toEqual([]);
      if (check.sheets) expect(applicableChecks([check], caseHousehold(check, {}, asOf).columns, new Set())).toEqual([]);
    }
  });
});
