import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'P07',
  version: 1,
  topic: 'assets',
  titles: { zh: '建成闲置', en: 'Built and idle' },
  purpose: { zh: '查找闲置很久的资产。', en: 'Looks for assets that have been idle for long.' },
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
    afterDays: wholeNumber({ unit: 'days', zh: '闲置几天以后起提示', en: 'Days idle' }),
  }),
  knownExcuses: [
    {
      code: 'weather-or-season',
      zh: '受天气、农时或用地影响',
      en: 'Weather, season or land',
      hint: { zh: '看停工通知和复工安排', en: 'See the notice of standstill' },
    },
    {
      code: 'market',
      zh: '当地行情如此',
      en: 'That is the local market',
      hint: { zh: '看同类资产的租金和询价记录', en: 'See rents of the like and quotes' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    idle: {
      zh: '{detail}：{observedOn}起闲置，原值{amountYuan}元。',
      en: '{detail}: idle since {observedOn}, {amountYuan} yuan.',
    },
  },
  headline: { zh: '{detail}自{firstOn}起闲置', en: '{detail}: idle since {firstOn}' },
  notice: noticeToUnit(
    '资产{detail}自{firstOn}起闲置，请说明盘活办法。',
    'Asset {detail} has been idle since {firstOn}.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
