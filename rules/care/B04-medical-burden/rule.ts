import { defineRule, wholeNumber, noticeOfMissingHelp } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B04',
  version: 1,
  topic: 'care',
  titles: { zh: '医疗自付过高', en: 'Heavy medical bills' },
  purpose: {
    zh: '把本年住院个人自付累计起来，超过预警线、又没有医疗救助的，提示上门看看是否有返贫风险。',
    en: 'Adds up what a person paid from their own pocket in hospital this year; above the early-warning line and without medical aid, someone should visit.',
  },
  legalBasis: [
    {
      zh: '防止返贫监测预警的部门筛查要求（预警线由各地规定）',
      en: 'Department screening against falling back into poverty; lines are regional',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'person',
  period: 'year',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['medical-settlement'], optional: ['benefit'] },
  parameters: z.object({
    monitoredYearFen: wholeNumber({
      unit: 'fen',
      zh: '脱贫户、监测户本年住院自付预警线',
      en: 'Line for lifted and monitored households, a year’s hospital bills',
    }),
    otherYearFen: wholeNumber({ unit: 'fen', zh: '其他农户本年住院自付预警线', en: 'Line for other rural households' }),
  }),
  knownExcuses: [
    {
      code: 'commercial-insurance',
      zh: '商业保险已理赔',
      en: 'Paid by private insurance',
      hint: { zh: '看理赔单', en: 'See the claim' },
    },
    {
      code: 'third-party',
      zh: '第三方赔付',
      en: 'Paid by a third party',
      hint: { zh: '看赔付协议', en: 'See the settlement' },
    },
    {
      code: 'refund-pending',
      zh: '报销尚未到账',
      en: 'Refund on its way',
      hint: { zh: '看报销进度', en: 'See the claim’s progress' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'paid-by-patient': {
      zh: '{dataset}显示：{observedOn}结算，个人自付{amountYuan}元。',
      en: '{dataset}: {amountYuan} yuan paid by the patient, settled on {observedOn}.',
    },
  },
  headline: { zh: '本年住院自付累计{amountYuan}元', en: 'Paid {amountYuan} yuan for hospital this year' },
  notice: noticeOfMissingHelp(
    '您家有成员本年住院自付累计{amountYuan}元，负担较重，可能可以申请医疗救助。',
    'A member of your household paid {amountYuan} yuan for hospital treatment this year, a heavy burden; medical aid may be possible.',
  ),
  impactAssessment: {
    purpose: '发现因病返贫风险',
    necessity: '医疗支出是返贫主因',
    risk: '健康信息敏感',
    measures: '只取费用不取诊断；不公开；只用于主动帮扶。',
    assessedOn: '2026-10-08',
  },
});
