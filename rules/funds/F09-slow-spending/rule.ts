import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F09',
  version: 1,
  topic: 'funds',
  titles: { zh: '支出进度滞后', en: 'Spending lags behind' },
  purpose: {
    zh: '查找本年度留在本级使用的资金中，支付进度低于六月底、九月底要求的。到账不久的资金给足时间，捐赠资金不看财政进度。',
    en: 'Looks for money of this fiscal year, used here, that was paid more slowly than asked for by the end of June or September. Money that came late is given time; donations have no fiscal pace.',
  },
  legalBasis: [
    {
      zh: '财政衔接资金支出进度要求（系统默认值，未核对原文，以当地文件为准）',
      en: 'Spending pace of bridging funds (product default, not checked against the original; local documents prevail)',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'indicator',
  period: 'year',
  effectiveFrom: '2021-01-01',
  datasets: { required: [] },
  parameters: z.object({
    junePercent: wholeNumber({ unit: 'percent', zh: '六月底应支付的比例', en: 'Percent paid by the end of June' }),
    septemberPercent: wholeNumber({
      unit: 'percent',
      zh: '九月底应支付的比例',
      en: 'Percent paid by the end of September',
    }),
    newMoneyDays: wholeNumber({
      unit: 'days',
      zh: '到账不满几天的不看',
      en: 'Money that arrived less than so many days before is left out',
    }),
  }),
  knownExcuses: [
    {
      code: 'season',
      zh: '农时、汛期影响施工',
      en: 'Season or flood stopped the works',
      hint: { zh: '看监理日志和气象情况', en: 'See the supervisor’s log and the weather' },
    },
    {
      code: 'awaiting-acceptance',
      zh: '已完工，等验收后支付',
      en: 'Finished, to be paid after acceptance',
      hint: { zh: '看完工和验收资料', en: 'See the acceptance papers' },
    },
    {
      code: 'not-recorded',
      zh: '已支付，没有及时登记',
      en: 'Paid, not recorded in time',
      hint: { zh: '看国库支付凭证，补登记', en: 'See the treasury voucher and record it' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    slow: {
      zh: '{detail}：按{observedOn}的进度要求支付不足，还有{amountYuan}元没有支付。',
      en: '{detail}: paid too slowly for {observedOn}; {amountYuan} yuan not yet paid.',
    },
  },
  headline: {
    zh: '{detail}支出进度滞后，还有{amountYuan}元未支付',
    en: '{detail}: spending lags, {amountYuan} yuan not yet paid',
  },
  notice: noticeToUnit(
    '资金账显示{detail}的支出进度低于要求，还有{amountYuan}元未支付。',
    'The ledger shows that {detail} is spent more slowly than asked for; {amountYuan} yuan are not yet paid.',
  ),
  impactAssessment: {
    purpose: '让资金按年度进度发挥作用',
    necessity: '前松后紧会造成年底突击花钱',
    risk: '分期支付、等待验收的会提示',
    measures: '只看资金账的金额和日期，不涉及任何个人；命中只是线索，先听取单位说明，由人决定。',
    assessedOn: '2026-11-24',
  },
});
