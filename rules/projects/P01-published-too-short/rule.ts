import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'P01',
  version: 1,
  topic: 'projects',
  titles: { zh: '公示天数不足', en: 'Published too short' },
  purpose: {
    zh: '查找公示没有满规定天数就批准的项目。',
    en: 'Looks for projects approved before they had been published long enough.',
  },
  legalBasis: [
    {
      zh: '《关于完善扶贫资金项目公告公示制度的指导意见》（国开办发〔2018〕11号）：公示时间原则上不少于十日',
      en: 'Guiding opinions on publishing funds and projects (2018/11): not less than ten days',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    leastDays: wholeNumber({ unit: 'days', zh: '公示至少几天', en: 'Least days' }),
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
    short: {
      zh: '{detail}：{observedOn}公示，未满规定天数就批准。',
      en: '{detail}: published on {observedOn}, approved too early.',
    },
    never: {
      zh: '{detail}：{observedOn}批准，没有公示。',
      en: '{detail}: approved on {observedOn} without publication.',
    },
  },
  headline: { zh: '{detail}公示天数不足', en: '{detail}: published too short' },
  notice: noticeToUnit(
    '项目{detail}的公示天数不足，请说明。',
    'Project {detail} was published too short; please explain.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
