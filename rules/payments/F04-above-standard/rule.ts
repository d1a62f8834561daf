import { defineRule, codeList, noticeToBeHeard, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F04',
  version: 1,
  topic: 'payments',
  titles: { zh: '超标准发放', en: 'Paid above the standard' },
  purpose: {
    zh: '查找一次发放的钱超过当月标准乘以全家人数的情况。整户的钱打给一个人不算。',
    en: 'Looks for one payment above the month’s standard times the members of the household. A household’s whole sum paid to one person does not count.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十二条：按照补差或者分档发放',
      en: 'Interim Measures for Social Assistance, article 12: paid up to the standard',
    },
    {
      zh: '《财政违法行为处罚处分条例》第六条',
      en: 'Regulations on fiscal misconduct, article 6',
    },
  ],
  severity: 'orange',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'month',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['payout'] },
  parameters: z.object({
    programmes: codeList({ zh: '有月标准的待遇', en: 'Benefits with a monthly standard', dictionary: 'programme' }),
    percent: wholeNumber({
      unit: 'percent',
      zh: '超过标准的百分之几起提示',
      en: 'Per cent of the standard above which the rule speaks',
    }),
    lookBackMonths: wholeNumber({ unit: 'months', zh: '只看最近几个月', en: 'Only the last so many months' }),
  }),
  knownExcuses: [
    {
      code: 'back-payment',
      zh: '补发前几个月',
      en: 'Back payment of earlier months',
      hint: { zh: '看补发文件和月份', en: 'See the decision and the months' },
    },
    {
      code: 'higher-class',
      zh: '分类施保，按规定上浮',
      en: 'A higher class by the rules',
      hint: { zh: '看审批表', en: 'See the approval' },
    },
    {
      code: 'members-changed',
      zh: '家庭人口有变化，登记没有更新',
      en: 'The household changed and the registry was not updated',
      hint: { zh: '看户口和审批人数', en: 'See the household booklet and the approval' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    above: {
      zh: '{dataset}显示：{observedOn}一次发放{amountYuan}元，超过标准。',
      en: '{dataset}: {amountYuan} yuan paid at once on {observedOn}, above the standard.',
    },
  },
  headline: {
    zh: '一次发放{amountYuan}元，超过标准',
    en: '{amountYuan} yuan paid at once, above the standard',
  },
  notice: noticeToBeHeard(
    '数据比对发现{firstOn}一次发给您{amountYuan}元，超过当月标准。',
    'A comparison of records shows {amountYuan} yuan paid to you on {firstOn}, above the month’s standard.',
  ),
  impactAssessment: {
    purpose: '防止超标准发放',
    necessity: '标准和人数分开登记，容易算错',
    risk: '补发、分类施保会误报',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
