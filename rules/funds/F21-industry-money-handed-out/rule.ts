import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F21',
  version: 1,
  topic: 'funds',
  titles: { zh: '产业资金直接发到户', en: 'Industry money handed out' },
  purpose: {
    zh: '查找产业发展资金没有项目、直接发钱到户的安排。',
    en: 'Looks for industry money paid to households without a project.',
  },
  legalBasis: [
    {
      zh: '中央财政衔接推进乡村振兴补助资金管理办法（财农〔2021〕19号）',
      en: 'Rules on the central bridging fund (2021/19)',
    },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'indicator',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    fromFen: wholeNumber({ unit: 'fen', zh: '已付金额达到多少起提示', en: 'Amount paid from which the rule speaks' }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'handed-out': {
      zh: '{observedOn}安排的产业资金已向农户支付{amountYuan}元，没有对应项目。',
      en: '{amountYuan} yuan of industry money of {observedOn} paid to households without a project.',
    },
  },
  headline: { zh: '产业资金{amountYuan}元直接发到户', en: '{amountYuan} yuan of industry money handed out' },
  notice: noticeToUnit(
    '产业资金{amountYuan}元直接发到户，请说明依据。',
    '{amountYuan} yuan of industry money were paid to households.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
