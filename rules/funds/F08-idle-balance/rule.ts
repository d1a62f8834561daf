import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F08',
  version: 1,
  topic: 'funds',
  titles: { zh: '资金闲置', en: 'Idle money' },
  purpose: {
    zh: '查找到账一年以上没有用出去的资金，包括安排了用途但一直没有支付的。多次结转的从最初到账算起。',
    en: 'Looks for money that has not been used for more than a year, also where a plan was made and nothing paid. Money carried forward counts from its first arrival.',
  },
  legalBasis: [
    {
      zh: '国办发〔2014〕70号：盘活财政存量资金，连续结转两年未用完的收回统筹（以原文为准）',
      en: 'State Council Office [2014] no. 70 on using dormant public funds: what is left after two years is taken back',
    },
  ],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'indicator',
  period: 'none',
  effectiveFrom: '2015-01-01',
  datasets: { required: [] },
  parameters: z.object({
    orangeDays: wholeNumber({ unit: 'days', zh: '闲置超过几天起提示', en: 'Days after which the rule speaks' }),
    redDays: wholeNumber({ unit: 'days', zh: '闲置超过几天应收回', en: 'Days after which it should be taken back' }),
  }),
  knownExcuses: [
    {
      code: 'warranty',
      zh: '质量保证金未到期',
      en: 'Retention money not yet due',
      hint: { zh: '看合同约定的保证期', en: 'See the warranty period of the contract' },
    },
    {
      code: 'long-project',
      zh: '跨年度项目按进度支付',
      en: 'A project of several years, paid as it advances',
      hint: { zh: '看批复的建设期和监理报告', en: 'See the approved period and the supervisor’s report' },
    },
    {
      code: 'lawsuit',
      zh: '因诉讼或仲裁不能支付',
      en: 'Cannot be paid because of a lawsuit',
      hint: { zh: '看法院或仲裁文书', en: 'See the court papers' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    idle: {
      zh: '{detail}：{observedOn}到账，还有{amountYuan}元没有用，已满一年。',
      en: '{detail}: arrived on {observedOn}, {amountYuan} yuan unused for more than a year.',
    },
    'idle-two-years': {
      zh: '{detail}：{observedOn}到账，还有{amountYuan}元没有用，已满两年，应当收回。',
      en: '{detail}: arrived on {observedOn}, {amountYuan} yuan unused for more than two years; it should be taken back.',
    },
  },
  headline: {
    zh: '{detail} {amountYuan}元自{firstOn}起闲置',
    en: '{detail}: {amountYuan} yuan idle since {firstOn}',
  },
  notice: noticeToUnit(
    '资金账显示{detail}的{amountYuan}元自{firstOn}到账以来一年以上没有使用。',
    'The ledger shows {amountYuan} yuan of {detail} unused for more than a year since {firstOn}.',
  ),
  impactAssessment: {
    purpose: '让闲置资金用起来或收回来',
    necessity: '审计多次发现闲置一年以上的资金',
    risk: '质保金、跨年度项目会提示',
    measures: '只看资金账的金额和日期，不涉及任何个人；命中只是线索，先听取单位说明，由人决定。',
    assessedOn: '2026-11-24',
  },
});
