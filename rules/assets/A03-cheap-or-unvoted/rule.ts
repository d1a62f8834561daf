import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'A03',
  version: 1,
  topic: 'assets',
  titles: { zh: '低价出租、处置或未经表决', en: 'Cheap or without a vote' },
  purpose: {
    zh: '查找租金或成交价远低于评估、未经村民表决的出租和没有公示的处置。',
    en: 'Looks for leases and disposals far below their appraisal, leases without a vote, disposals never published.',
  },
  legalBasis: [{ zh: '《村民委员会组织法》第二十四条', en: 'Organic Law of Villagers’ Committees, article 24' }],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'asset',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    percent: wholeNumber({ unit: 'percent', zh: '低于评估的百分之几起提示', en: 'Per cent of the appraisal' }),
  }),
  knownExcuses: [
    {
      code: 'market',
      zh: '当地行情如此',
      en: 'That is the local market',
      hint: { zh: '看同类资产的租金和询价记录', en: 'See rents of the like and quotes' },
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
    'cheap-lease': {
      zh: '{detail}：{observedOn}起出租，年租金{amountYuan}元，远低于评估。',
      en: '{detail}: let from {observedOn} at {amountYuan} yuan a year, far below its appraisal.',
    },
    'no-vote': {
      zh: '{detail}：{observedOn}起出租，年租金{amountYuan}元，没有村民表决通过的决议。',
      en: '{detail}: let from {observedOn} at {amountYuan} yuan a year without a vote.',
    },
    'cheap-disposal': {
      zh: '{detail}：{observedOn}处置，成交{amountYuan}元，远低于评估。',
      en: '{detail}: disposed of on {observedOn} for {amountYuan} yuan, far below its appraisal.',
    },
    unpublished: {
      zh: '{detail}：{observedOn}处置，没有公示。',
      en: '{detail}: disposed of on {observedOn}, never published.',
    },
  },
  headline: { zh: '{detail}出租或处置有疑点', en: '{detail}: doubtful lease or disposal' },
  notice: noticeToUnit(
    '资产{detail}的出租或处置有疑点，请说明。',
    'The lease or disposal of asset {detail} raises questions.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
