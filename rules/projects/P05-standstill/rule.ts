import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'P05',
  version: 1,
  topic: 'projects',
  titles: { zh: '长期未开工或停工', en: 'Not begun or standing still' },
  purpose: {
    zh: '查找签了合同迟迟不开工，或开工以后很久没有进度的项目。',
    en: 'Looks for projects that do not begin after the contract, or stand still after the start.',
  },
  legalBasis: [
    { zh: '《县级脱贫攻坚项目库建设管理办法》（国开办发〔2018〕10号）', en: 'Rules on county project pools (2018/10)' },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    afterDays: wholeNumber({ unit: 'days', zh: '超过几天起提示', en: 'Days after which the rule speaks' }),
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
    'not-begun': {
      zh: '{detail}：{observedOn}签订合同，至今没有开工。',
      en: '{detail}: contract of {observedOn}, not begun.',
    },
    standing: { zh: '{detail}：{observedOn}以后没有新的进度。', en: '{detail}: no progress since {observedOn}.' },
  },
  headline: { zh: '{detail}自{firstOn}起没有动静', en: '{detail}: nothing since {firstOn}' },
  notice: noticeToUnit(
    '项目{detail}自{firstOn}起没有开工或停工，请说明。',
    'Project {detail} has stood still since {firstOn}.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
