import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R058',
  version: 1,
  topic: 'procurement',
  titles: { zh: '中标价远低于估算价', en: 'Won far below the estimate' },
  purpose: {
    zh: '查找中标价比公布的估算价低得多的招标：可能以低于成本的价格抢标，再靠变更找回来。',
    en: 'Looks for winning bids far below the published estimate: perhaps below cost, to be made up for by amendments.',
  },
  legalBasis: [
    {
      zh: '《招标投标法》第三十三条：投标人不得以低于成本的报价竞标',
      en: 'Tendering Law, article 33: no bids below cost',
    },
    {
      zh: '《招标投标法》第四十一条',
      en: 'Tendering Law, article 41',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    percent: wholeNumber({
      unit: 'percent',
      zh: '比估算价低百分之几起提示',
      en: 'Per cent below the estimate from which the rule speaks',
    }),
  }),
  knownExcuses: [
    {
      code: 'estimate-too-high',
      zh: '估算价编高了',
      en: 'The estimate was too high',
      hint: { zh: '看估算依据和同类项目价格', en: 'See how it was estimated and what the like cost' },
    },
    {
      code: 'prices-fell',
      zh: '材料价格大幅下降',
      en: 'Prices of materials fell',
      hint: { zh: '看同期信息价', en: 'See the price list of the time' },
    },
    {
      code: 'cost-explained',
      zh: '中标人书面说明了成本，评标委员会认可',
      en: 'The bidder explained the cost and was believed',
      hint: { zh: '看评标报告', en: 'See the report on the bids' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    low: {
      zh: '招标{detail}以{amountYuan}元中标，远低于公布的估算价。',
      en: 'Tender {detail} was won at {amountYuan} yuan, far below the published estimate.',
    },
  },
  headline: {
    zh: '招标{detail}的中标价远低于估算价',
    en: 'Tender {detail} was won far below the estimate',
  },
  notice: noticeToUnit(
    '招标{detail}的中标价远低于公布的估算价，请说明。',
    'Tender {detail} was won far below the published estimate.',
  ),
  impactAssessment: {
    purpose: '防止低价抢标、以次充好',
    necessity: '审计多次发现同类问题',
    risk: '估算不准会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
