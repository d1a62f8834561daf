import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F07',
  version: 1,
  topic: 'funds',
  titles: { zh: '资金滞留', en: 'Money that waits' },
  purpose: {
    zh: '查找到账以后超过时限没有下达、安排的资金，以及下达以后超过期限没有确认到账的资金。结转到新年度不重新计时；超过一年的按“资金闲置”处理。',
    en: 'Looks for money that arrived and was not passed on or planned in time, and for money that nobody confirmed by its deadline. Carrying it into a new year does not restart the clock; beyond a year it counts as idle.',
  },
  legalBasis: [
    {
      zh: '《预算法》第五十二条：接到上级转移支付后三十日内正式下达',
      en: 'Budget Law, article 52: transfers are passed on within thirty days',
    },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'indicator',
  period: 'none',
  effectiveFrom: '2015-01-01',
  datasets: { required: [] },
  parameters: z.object({
    yellowDays: wholeNumber({ unit: 'days', zh: '到账超过几天起提示', en: 'Days after which the rule speaks' }),
    orangeDays: wholeNumber({ unit: 'days', zh: '超过几天算较久', en: 'Days that count as long' }),
    redDays: wholeNumber({ unit: 'days', zh: '超过几天算很久', en: 'Days that count as very long' }),
    idleDays: wholeNumber({ unit: 'days', zh: '超过几天转为闲置', en: 'Days after which it counts as idle' }),
  }),
  knownExcuses: [
    {
      code: 'awaiting-review',
      zh: '项目正在评审或公示',
      en: 'The project is under review or published',
      hint: { zh: '看评审、公示的起止日期', en: 'See the dates of the review or publication' },
    },
    {
      code: 'paid-by-stage',
      zh: '按约定分期安排',
      en: 'Planned in stages as agreed',
      hint: { zh: '看实施方案的用款计划', en: 'See the schedule of the plan' },
    },
    {
      code: 'not-recorded',
      zh: '已经下达，没有及时登记',
      en: 'Passed on, not recorded in time',
      hint: { zh: '看拨款文件和凭证，补登记', en: 'See the papers and record it' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    waiting: {
      zh: '{detail}：{observedOn}到账，还有{amountYuan}元没有下达或安排。',
      en: '{detail}: arrived on {observedOn}, {amountYuan} yuan neither passed on nor planned.',
    },
    'waiting-longer': {
      zh: '{detail}：{observedOn}到账，停留较久，还有{amountYuan}元没有下达或安排。',
      en: '{detail}: arrived on {observedOn}, waiting long, {amountYuan} yuan neither passed on nor planned.',
    },
    'waiting-long': {
      zh: '{detail}：{observedOn}到账，停留很久，还有{amountYuan}元没有下达或安排。',
      en: '{detail}: arrived on {observedOn}, waiting very long, {amountYuan} yuan neither passed on nor planned.',
    },
    unconfirmed: {
      zh: '{detail}：{observedOn}下达，{amountYuan}元超过期限没有确认到账。',
      en: '{detail}: issued on {observedOn}, {amountYuan} yuan not confirmed by the deadline.',
    },
  },
  headline: {
    zh: '{detail} {amountYuan}元自{firstOn}起停留',
    en: '{detail}: {amountYuan} yuan waiting since {firstOn}',
  },
  notice: noticeToUnit(
    '资金账显示{detail}的{amountYuan}元自{firstOn}起没有下达、安排或确认到账。',
    'The ledger shows {amountYuan} yuan of {detail} neither passed on, planned nor confirmed since {firstOn}.',
  ),
  impactAssessment: {
    purpose: '让资金及时到项目、到户',
    necessity: '滞留会误农时、误工期',
    risk: '评审、公示期间的资金会提示',
    measures: '只看资金账的金额和日期，不涉及任何个人；命中只是线索，先听取单位说明，由人决定。',
    assessedOn: '2026-11-24',
  },
});
