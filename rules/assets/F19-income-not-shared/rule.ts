import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F19',
  version: 1,
  topic: 'assets',
  titles: { zh: '收益应收未收、应分未分', en: 'Income not collected or not shared' },
  purpose: {
    zh: '查找到期很久一分没收的租金，以及收到很久没有分配到户的收益。',
    en: 'Looks for rent of which nothing came long after it was due, and income not shared out long after it came.',
  },
  legalBasis: [
    {
      zh: '《关于加强扶贫项目资产后续管理的指导意见》（国办函〔2021〕51号）',
      en: 'Guiding opinions on assets of aid projects (2021/51)',
    },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'asset',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    overdueDays: wholeNumber({ unit: 'days', zh: '租金逾期几天起提示', en: 'Days after the due date' }),
    shareDays: wholeNumber({ unit: 'days', zh: '收到几天没有分配起提示', en: 'Days after receipt' }),
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
    {
      code: 'kept-for-village',
      zh: '按决议留作村内公益',
      en: 'Kept for the common good by vote',
      hint: { zh: '看会议决议', en: 'See the vote' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'not-collected': {
      zh: '租赁合同{detail}：{observedOn}应收租金{amountYuan}元，没有收到。',
      en: 'Lease {detail}: rent of {amountYuan} yuan due on {observedOn} did not come.',
    },
    'not-shared': {
      zh: '收据{detail}：{observedOn}收到收益{amountYuan}元，没有分配到户。',
      en: 'Receipt {detail}: {amountYuan} yuan came on {observedOn} and were not shared out.',
    },
  },
  headline: {
    zh: '自{firstOn}起有{amountYuan}元收益没有收到或没有分到户',
    en: '{amountYuan} yuan not collected or not shared since {firstOn}',
  },
  notice: noticeToUnit(
    '资产收益{amountYuan}元自{firstOn}起没有收到或没有分配到户，请说明。',
    '{amountYuan} yuan of income were not collected or not shared out since {firstOn}.',
  ),
  impactAssessment: {
    purpose: '让资产的收益按时收到、分到户',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
