import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F15',
  version: 1,
  topic: 'procurement',
  titles: { zh: '拆分规避招标', en: 'Split to avoid a tender' },
  purpose: {
    zh: '查找同一供应商在同一个村短期内签的几份直接发包合同，合起来达到必须招标的金额。',
    en: 'Looks for direct contracts of one vendor in one village within a short time that together reach the tender threshold.',
  },
  legalBasis: [{ zh: '《招标投标法》第四条', en: 'Tendering Law, article 4' }],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    withinDays: wholeNumber({ unit: 'days', zh: '多少天以内合并计算', en: 'Days counted together' }),
    thresholdFen: wholeNumber({ unit: 'fen', zh: '必须招标的金额', en: 'Value that must be tendered' }),
  }),
  knownExcuses: [
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
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
    part: {
      zh: '合同{detail}（{observedOn}，{amountYuan}元）与同村同一供应商的合同合计达到招标标准。',
      en: 'Contract {detail} ({observedOn}, {amountYuan} yuan) with others of the vendor in the village reaches the threshold.',
    },
  },
  headline: {
    zh: '{count}份合同合计{amountYuan}元，没有招标',
    en: '{count} contracts of {amountYuan} yuan without a tender',
  },
  notice: noticeToUnit(
    '{count}份合同合计{amountYuan}元，没有招标，请说明。',
    '{count} contracts of {amountYuan} yuan were not tendered.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
