import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F20',
  version: 1,
  topic: 'assets',
  titles: { zh: '收益低于合同', en: 'Income below the contract' },
  purpose: { zh: '查找到期以后只收到一部分的租金。', en: 'Looks for rent of which only a part came.' },
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
    percent: wholeNumber({ unit: 'percent', zh: '低于应收的百分之几起提示', en: 'Per cent of what was due' }),
    afterDays: wholeNumber({ unit: 'days', zh: '到期几天以后起提示', en: 'Days after the due date' }),
  }),
  knownExcuses: [
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
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
    below: {
      zh: '租赁合同{detail}：{observedOn}应收的租金只收到一部分，少{amountYuan}元。',
      en: 'Lease {detail}: of the rent due on {observedOn} {amountYuan} yuan are missing.',
    },
  },
  headline: { zh: '租赁合同{detail}少收{amountYuan}元', en: 'Lease {detail}: {amountYuan} yuan missing' },
  notice: noticeToUnit(
    '租赁合同{detail}少收{amountYuan}元，请说明。',
    '{amountYuan} yuan of lease {detail} are missing.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
