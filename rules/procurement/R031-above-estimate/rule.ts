import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R031',
  version: 1,
  topic: 'procurement',
  titles: { zh: '中标价高于最高限价', en: 'Award above the estimate' },
  purpose: {
    zh: '查找中标报价高于招标估算价（最高投标限价）的项目。',
    en: 'Looks for awards above the estimate published with the tender.',
  },
  legalBasis: [
    {
      zh: '《招标投标法实施条例》第五十一条：报价高于最高投标限价的应当否决',
      en: 'Implementing regulations of the Tendering Law, article 51: a bid above the ceiling is rejected',
    },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    percent: wholeNumber({
      unit: 'percent',
      zh: '高出百分之几起提示',
      en: 'Per cent above the estimate from which the rule speaks',
    }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
    {
      code: 'estimate-corrected',
      zh: '答疑补遗调整过限价',
      en: 'The ceiling was raised by an addendum',
      hint: { zh: '看补遗文件', en: 'See the addendum' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    above: {
      zh: '招标{detail}（{observedOn}定标）的中标报价{amountYuan}元，高于估算价。',
      en: 'Tender {detail} (awarded {observedOn}): the winning bid of {amountYuan} yuan is above the estimate.',
    },
  },
  headline: {
    zh: '招标{detail}中标价{amountYuan}元，高于估算价',
    en: 'Tender {detail}: award of {amountYuan} yuan above the estimate',
  },
  notice: noticeToUnit(
    '招标{detail}的中标价高于估算价，请说明。',
    'The award of tender {detail} is above its estimate.',
  ),
  impactAssessment: {
    purpose: '防止高价中标',
    necessity: '审计多次发现同类问题',
    risk: '补遗没有登记会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
