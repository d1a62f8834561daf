import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'A01',
  version: 1,
  topic: 'assets',
  titles: { zh: '资产未确权', en: 'Ownership not settled' },
  purpose: {
    zh: '查找形成很久仍没有确权的资产。',
    en: 'Looks for assets whose ownership is not settled long after they were formed.',
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
    afterDays: wholeNumber({ unit: 'days', zh: '形成几天以后起提示', en: 'Days after forming' }),
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
    unowned: {
      zh: '{detail}：{observedOn}形成，原值{amountYuan}元，还没有确权。',
      en: '{detail}: formed on {observedOn}, {amountYuan} yuan, ownership not settled.',
    },
  },
  headline: { zh: '{detail}没有确权，原值{amountYuan}元', en: '{detail}: ownership not settled, {amountYuan} yuan' },
  notice: noticeToUnit('资产{detail}还没有确权，请办理。', 'Ownership of asset {detail} is not settled.'),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
