import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F22',
  version: 1,
  topic: 'projects',
  titles: { zh: '产业项目带动户少', en: 'Few households behind an industry project' },
  purpose: {
    zh: '查找产业项目里按投入计算联结农户太少的项目（“垒大户”）。',
    en: 'Looks for industry projects that few households benefit from for the money.',
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
    perMillion: wholeNumber({ unit: 'count', zh: '每百万元至少几户', en: 'Households per million yuan' }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    few: {
      zh: '{detail}：{observedOn}入库，投入{amountYuan}元，联结的农户太少。',
      en: '{detail}: in the pool on {observedOn}, {amountYuan} yuan for too few households.',
    },
  },
  headline: { zh: '{detail}投入{amountYuan}元，带动户少', en: '{detail}: {amountYuan} yuan for few households' },
  notice: noticeToUnit(
    '项目{detail}联结的农户较少，请说明利益联结办法。',
    'Project {detail} is linked to few households.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
