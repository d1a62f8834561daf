import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R069',
  version: 1,
  topic: 'procurement',
  titles: { zh: '变更推高合同价', en: 'Amendments raise the price' },
  purpose: {
    zh: '查找变更以后比签订时贵出很多的合同。',
    en: 'Looks for contracts whose amendments raised the price by much.',
  },
  legalBasis: [{ zh: '《招标投标法》第四十六条', en: 'Tendering Law, article 46' }],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    percent: wholeNumber({ unit: 'percent', zh: '超过百分之几起提示', en: 'Per cent from which the rule speaks' }),
  }),
  knownExcuses: [
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
    },
    {
      code: 'weather-or-season',
      zh: '受天气、农时或用地影响',
      en: 'Weather, season or land',
      hint: { zh: '看停工通知和复工安排', en: 'See the notice of standstill' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    raised: {
      zh: '合同{detail}（{observedOn}）变更后现价{amountYuan}元，高出签订时很多。',
      en: 'Contract {detail} ({observedOn}) is now {amountYuan} yuan, much above what was signed.',
    },
  },
  headline: { zh: '合同{detail}变更后为{amountYuan}元', en: 'Contract {detail} is now {amountYuan} yuan' },
  notice: noticeToUnit('合同{detail}变更较大，请说明。', 'Contract {detail} was raised by much; please explain.'),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
