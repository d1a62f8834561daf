import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'P04',
  version: 1,
  topic: 'projects',
  titles: { zh: '无绩效目标入库', en: 'In the pool without targets' },
  purpose: {
    zh: '查找没有绩效目标却进了项目库的项目。',
    en: 'Looks for projects that entered the pool without performance targets.',
  },
  legalBasis: [
    {
      zh: '《扶贫项目资金绩效管理办法》（国办发〔2018〕35号）',
      en: 'Measures on the performance of project funds (2018/35)',
    },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    leastTargets: wholeNumber({ unit: 'count', zh: '绩效目标至少几项', en: 'Least targets' }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    none: {
      zh: '{detail}：{observedOn}入库，没有足够的绩效目标。',
      en: '{detail}: entered the pool on {observedOn} without enough targets.',
    },
  },
  headline: { zh: '{detail}没有绩效目标', en: '{detail} has no targets' },
  notice: noticeToUnit('项目{detail}没有绩效目标，请补报。', 'Project {detail} has no performance targets.'),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
