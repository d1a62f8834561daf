import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F10',
  version: 1,
  topic: 'projects',
  titles: { zh: '资金进度快于工程进度', en: 'Payments ahead of work' },
  purpose: { zh: '查找支付比例明显超过工程完成比例的项目。', en: 'Looks for projects paid well ahead of the work.' },
  legalBasis: [{ zh: '财政部、住房城乡建设部关于工程价款结算的规定', en: 'Rules on paying for works' }],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    points: wholeNumber({ unit: 'percent', zh: '超过几个百分点起提示', en: 'Points from which the rule speaks' }),
    redPoints: wholeNumber({ unit: 'percent', zh: '超过几个百分点算严重', en: 'Points that count as grave' }),
  }),
  knownExcuses: [
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
    },
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    ahead: {
      zh: '{detail}：到{observedOn}已支付{amountYuan}元，比工程进度快。',
      en: '{detail}: {amountYuan} yuan paid by {observedOn}, ahead of the work.',
    },
    'far-ahead': {
      zh: '{detail}：到{observedOn}已支付{amountYuan}元，远快于工程进度。',
      en: '{detail}: {amountYuan} yuan paid by {observedOn}, far ahead of the work.',
    },
  },
  headline: {
    zh: '{detail}已支付{amountYuan}元，快于工程进度',
    en: '{detail}: {amountYuan} yuan paid, ahead of the work',
  },
  notice: noticeToUnit(
    '项目{detail}的支付快于工程进度，请说明。',
    'Payments of project {detail} are ahead of the work.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
