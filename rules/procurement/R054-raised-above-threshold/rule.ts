import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R054',
  version: 1,
  topic: 'procurement',
  titles: { zh: '直接发包后变更超过招标线', en: 'Given directly, then raised above the line for tenders' },
  purpose: {
    zh: '查找签订时不到必须招标的标准、没有招标，变更以后却超过标准的合同。',
    en: 'Looks for contracts signed without a tender below the line and then raised above it.',
  },
  legalBasis: [
    {
      zh: '《招标投标法》第四条：不得以任何方式规避招标',
      en: 'Tendering Law, article 4: nobody may evade a tender',
    },
    {
      zh: '《必须招标的工程项目规定》第五条',
      en: 'Rules on projects that must be tendered, article 5',
    },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-06-01',
  datasets: { required: [] },
  parameters: z.object({
    thresholdFen: wholeNumber({
      unit: 'fen',
      zh: '必须招标的合同金额',
      en: 'Contract sum from which a tender is compulsory',
    }),
  }),
  knownExcuses: [
    {
      code: 'emergency',
      zh: '抢险救灾',
      en: 'Disaster relief',
      hint: { zh: '看紧急认定文件', en: 'See the paper that says so' },
    },
    {
      code: 'approved-exemption',
      zh: '依法可以不招标，有批准文件',
      en: 'Exempt by law, with an approval',
      hint: { zh: '看批准文件', en: 'See the approval' },
    },
    {
      code: 'quantity-surveyed',
      zh: '地质等原因，工程量经现场签证增加',
      en: 'More work for reasons of the ground, signed on site',
      hint: { zh: '看设计变更和现场签证', en: 'See the change of design and the site record' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    raised: {
      zh: '直接发包的合同{detail}（{observedOn}签订）变更以后达到{amountYuan}元。',
      en: 'Contract {detail}, given directly on {observedOn}, was raised to {amountYuan} yuan.',
    },
  },
  headline: {
    zh: '直接发包的合同变更以后达到{amountYuan}元',
    en: 'A contract given directly was raised to {amountYuan} yuan',
  },
  notice: noticeToUnit(
    '合同{detail}没有招标，变更以后达到{amountYuan}元，请说明。',
    'Contract {detail} was given without a tender and raised to {amountYuan} yuan.',
  ),
  impactAssessment: {
    purpose: '防止先小后大规避招标',
    necessity: '审计多次发现同类问题',
    risk: '有批准的变更会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
