import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineRule } from './define-rule.ts';
import type { RuleDefinitionInput } from './define-rule.ts';
import type { EvidenceRow } from './evidence-row.ts';
import { noticeToBeHeard } from './notice.ts';
import { renderFact, renderHeadline, renderNotice } from './render-template.ts';
import { parametersTableSql, resolveParameters, wholeNumber } from './rule-parameters.ts';
import type { RuleParameterFile } from './rule-parameters.ts';

const both = (text: string) => ({ zh: text, en: text });
const input: RuleDefinitionInput = {
  code: 'X01',
  version: 1,
  topic: 'example',
  titles: both('title'),
  purpose: both('purpose'),
  legalBasis: [{ zh: '依据' }],
  severity: 'blue',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2020-01-01',
  datasets: { required: ['benefit'] },
  parameters: z.object({
    limitFen: wholeNumber({ unit: 'fen', zh: '上限', en: 'limit' }),
    months: wholeNumber({ unit: 'months', zh: '月', en: 'months' }),
  }),
  knownExcuses: [],
  visibility: 'ordinary',
  facts: {
    paid: {
      zh: '{dataset}：{observedOn}发放{amountYuan}元（{detail}）',
      en: '{dataset}: {amountYuan} yuan on {observedOn} ({detail})',
    },
  },
  headline: { zh: '{count}笔，合计{amountYuan}元', en: '{count} payments, {amountYuan} yuan' },
  notice: noticeToBeHeard('从{firstOn}到{lastOn}。', 'From {firstOn} to {lastOn}.'),
  impactAssessment: { purpose: 'p', necessity: 'n', risk: 'r', measures: 'm', assessedOn: '2026-01-01' },
};
const row = (observedOn: string, amountFen: number): EvidenceRow => ({
  subjectId: 's',
  householdId: 'h',
  personId: 's',
  countyCode: '',
  regionCode: '',
  period: '',
  dataset: 'payout',
  deliveryId: null,
  sourceRow: 1,
  fact: 'paid',
  observedOn,
  amountFen,
  detail: 'subsistence-rural',
});

it('says evidence in words a household understands, with codes in words and sums in yuan', () => {
  const rule = defineRule(input);
  const rows = [row('2026-05-20', 123450), row('2026-03-20', 50)];
  expect(renderFact(rule, rows[0]!, 'zh', '一卡通')).toBe('一卡通：2026-05-20发放1,234.5元（农村低保）');
  expect(renderHeadline(rule, rows, 'en')).toBe('2 payments, 1,235 yuan');
  expect(renderNotice(rule, rows, 'zh')).toMatch(/^从2026-03-20到2026-05-20。.*您有权.*作出决定之前，您的待遇照常发放/);
});

it('refuses a text nobody can fill and a parameter without a unit', () => {
  expect(() => defineRule({ ...input, headline: both('{name} owns a car') })).toThrow('{name}');
  expect(() => defineRule({ ...input, parameters: z.object({ limit: z.int() }) })).toThrow('unit');
});

it('takes the parameters in force on the day, the county over the base, and refuses to guess', () => {
  const rule = defineRule(input);
  const base: RuleParameterFile = {
    X01: [
      { validFrom: '2020-01-01', basis: 'base', values: { limitFen: 100, months: 6 } },
      { validFrom: '2026-01-01', basis: 'new', values: { limitFen: 200 } },
    ],
  };
  const county: RuleParameterFile = {
    X01: [{ validFrom: '2026-07-01', validTo: '2026-12-31', basis: 'county', values: { months: 3 } }],
  };
  expect(resolveParameters(rule, [base, county], '2025-12-31')).toEqual({ limitFen: 100, months: 6 });
  expect(resolveParameters(rule, [base, county], '2026-07-01')).toEqual({ limitFen: 200, months: 3 });
  expect(resolveParameters(rule, [base, county], '2027-01-01')).toEqual({ limitFen: 200, months: 6 });
  expect(() => resolveParameters(rule, [county], '2026-07-01')).toThrow('limitFen');
  expect(parametersTableSql(rule.parameters, new Map([['320826000000', { limitFen: 200, months: 3 }]])).at(-1)).toBe(
    "INSERT INTO parameters VALUES ('320826000000', 200, 3)",
  );
});
