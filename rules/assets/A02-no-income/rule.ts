import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'A02',
  version: 1,
  topic: 'assets',
  titles: { zh: '经营性资产零收益', en: 'Operating asset without income' },
  purpose: {
    zh: '查找一年里没有任何收益的经营性资产。',
    en: 'Looks for operating assets that brought nothing for a year.',
  },
  legalBasis: [
    {
      zh: '《关于加强扶贫项目资产后续管理的指导意见》（国办函〔2021〕51号）',
      en: 'Guiding opinions on assets of aid projects (2021/51)',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'asset',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    months: wholeNumber({ unit: 'months', zh: '几个月没有收益起提示', en: 'Months without income' }),
  }),
  knownExcuses: [
    {
      code: 'weather-or-season',
      zh: '受天气、农时或用地影响',
      en: 'Weather, season or land',
      hint: { zh: '看停工通知和复工安排', en: 'See the notice of standstill' },
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
    nothing: {
      zh: '{detail}：{observedOn}以后没有任何收益，原值{amountYuan}元。',
      en: '{detail}: nothing since {observedOn}, original value {amountYuan} yuan.',
    },
  },
  headline: { zh: '{detail}一年没有收益', en: '{detail} brought nothing for a year' },
  notice: noticeToUnit('经营性资产{detail}没有收益，请说明。', 'Asset {detail} brought no income.'),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
