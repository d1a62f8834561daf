import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R055',
  version: 1,
  topic: 'procurement',
  titles: { zh: '多份合同卡在招标线下', en: 'Several contracts just below the line for tenders' },
  purpose: {
    zh: '查找同一乡镇一年里多份没有招标、金额都刚好低于必须招标标准的合同。每家企业都算，拆给不同企业也看得见。',
    en: 'Looks for several contracts given without a tender in one township within a year, all just below the line, whatever the firms.',
  },
  legalBasis: [
    {
      zh: '《招标投标法》第四条：不得将必须招标的项目化整为零',
      en: 'Tendering Law, article 4: what must be tendered may not be split',
    },
    {
      zh: '《必须招标的工程项目规定》第五条',
      en: 'Rules on projects that must be tendered, article 5',
    },
  ],
  severity: 'yellow',
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
    nearPercent: wholeNumber({
      unit: 'percent',
      zh: '达到标准的百分之几算“刚好低于”',
      en: 'Per cent of the line from which a contract is just below it',
    }),
    leastAwards: wholeNumber({ unit: 'count', zh: '几份起提示', en: 'Contracts from which the rule speaks' }),
    withinDays: wholeNumber({ unit: 'days', zh: '多少天以内', en: 'Within how many days' }),
  }),
  knownExcuses: [
    {
      code: 'unrelated',
      zh: '各是独立的项目，分别立项审批',
      en: 'Projects of their own, approved apart',
      hint: { zh: '看立项文件和实施内容', en: 'See the approvals and the works' },
    },
    {
      code: 'emergency',
      zh: '抢险救灾',
      en: 'Disaster relief',
      hint: { zh: '看紧急认定文件', en: 'See the paper that says so' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    near: {
      zh: '合同{detail}（{observedOn}，{amountYuan}元）没有招标，刚好低于标准。',
      en: 'Contract {detail} ({observedOn}, {amountYuan} yuan) was given without a tender just below the line.',
    },
  },
  headline: {
    zh: '同一乡镇{count}份合同卡在招标线下，合计{amountYuan}元',
    en: '{count} contracts of one township just below the line, {amountYuan} yuan together',
  },
  notice: noticeToUnit(
    '{count}份没有招标的合同金额都刚好低于必须招标的标准，合计{amountYuan}元，请说明。',
    '{count} contracts given without a tender are all just below the line, {amountYuan} yuan together.',
  ),
  impactAssessment: {
    purpose: '防止化整为零规避招标',
    necessity: '审计多次发现同类问题',
    risk: '各自独立的项目会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
