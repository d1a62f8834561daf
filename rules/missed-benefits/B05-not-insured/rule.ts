import { defineRule, wholeNumber, noticeOfMissingHelp } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B05',
  version: 1,
  topic: 'missed-benefits',
  titles: { zh: '未参加基本医疗保险', en: 'Without medical insurance' },
  purpose: {
    zh: '查找本年度既没有居民医保也没有职工医保的在册人员，登记信息和医保数据都查不到才提示。新生儿和参保缴费期内不算。',
    en: 'Looks for registered people with neither resident nor employee medical insurance this year, by the registry and by the insurer alike. New-borns and the enrolment period do not count.',
  },
  legalBasis: [
    { zh: '基本医疗保险应保尽保要求', en: 'The duty to bring everyone under basic medical insurance' },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'person',
  period: 'year',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['medical-insurance'], optional: ['death'] },
  parameters: z.object({
    fromMonth: wholeNumber({
      unit: 'month-of-year',
      zh: '从几月起提示（之前为参保缴费期）',
      en: 'Month from which the rule speaks; before it enrolment is open',
    }),
    newbornMonths: wholeNumber({ unit: 'months', zh: '出生几个月内不计', en: 'Months after birth that do not count' }),
  }),
  knownExcuses: [
    {
      code: 'insured-elsewhere',
      zh: '在外地参保',
      en: 'Insured elsewhere',
      hint: { zh: '看参保凭证', en: 'See the certificate' },
    },
    {
      code: 'army-or-custody',
      zh: '参军或在押',
      en: 'In the army or in custody',
      hint: { zh: '看证明', en: 'See the papers' },
    },
    {
      code: 'declined',
      zh: '本人不愿参保',
      en: 'Declined',
      hint: { zh: '解释政策并记录原因', en: 'Explain and note the reason' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'not-insured': {
      zh: '登记信息和医保数据都显示：{detail}年度没有参加基本医疗保险。',
      en: 'The registry and the insurer agree: without basic medical insurance in {detail}.',
    },
  },
  headline: { zh: '{detail}年度未参加基本医疗保险', en: 'Without basic medical insurance in {detail}' },
  notice: noticeOfMissingHelp(
    '您家有成员{detail}年度没有查到基本医疗保险，生病时可能报不了账。',
    'A member of your household has no basic medical insurance on record for {detail}; an illness might not be covered.',
  ),
  impactAssessment: {
    purpose: '发现未参保',
    necessity: '防止因病返贫',
    risk: '跨省参保会误报',
    measures: '只比对是否参保。',
    assessedOn: '2026-10-08',
  },
});
