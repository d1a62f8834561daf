import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'P06',
  version: 1,
  topic: 'projects',
  titles: { zh: '验收资料缺失', en: 'Papers missing' },
  purpose: {
    zh: '查找完工以后很久仍缺必备材料的项目。',
    en: 'Looks for projects completed long ago that still lack required papers.',
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
    afterDays: wholeNumber({ unit: 'days', zh: '完工几天以后起提示', en: 'Days after completion' }),
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
    missing: {
      zh: '{detail}：{observedOn}完工，必备材料还不齐。',
      en: '{detail}: completed on {observedOn}, required papers missing.',
    },
  },
  headline: { zh: '{detail}完工后必备材料不齐', en: '{detail}: papers missing after completion' },
  notice: noticeToUnit('项目{detail}完工后材料不齐，请补齐。', 'Project {detail} lacks required papers.'),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
