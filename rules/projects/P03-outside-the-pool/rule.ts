import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'P03',
  version: 1,
  topic: 'projects',
  titles: { zh: '项目不在库实施', en: 'Carried out outside the pool' },
  purpose: {
    zh: '查找已经付款、但没有对应入库项目的项目资金安排。',
    en: 'Looks for project money that was paid without a project of the pool behind it.',
  },
  legalBasis: [
    { zh: '《县级脱贫攻坚项目库建设管理办法》（国开办发〔2018〕10号）', en: 'Rules on county project pools (2018/10)' },
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
      code: 'emergency',
      zh: '抢险等紧急工程',
      en: 'Urgent works',
      hint: { zh: '看紧急认定文件', en: 'See the paper that says so' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    unpooled: {
      zh: '{observedOn}安排的项目资金已支付{amountYuan}元，没有对应的入库项目。',
      en: '{amountYuan} yuan paid from a plan of {observedOn} without a project of the pool.',
    },
  },
  headline: {
    zh: '{amountYuan}元项目资金没有对应的入库项目',
    en: '{amountYuan} yuan paid without a project of the pool',
  },
  notice: noticeToUnit(
    '{amountYuan}元项目资金没有对应的入库项目，请说明。',
    '{amountYuan} yuan of project money were paid without a project of the pool.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
