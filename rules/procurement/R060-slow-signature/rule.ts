import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R060',
  version: 1,
  topic: 'procurement',
  titles: { zh: '定标以后迟迟不签合同', en: 'Signed long after the award' },
  purpose: {
    zh: '查找定标以后超过法定期限才签订合同的项目。',
    en: 'Looks for contracts signed later after the award than the law allows.',
  },
  legalBasis: [
    {
      zh: '《招标投标法》第四十六条：自中标通知书发出之日起三十日内订立书面合同',
      en: 'Tendering Law, article 46: a written contract within thirty days of the notice of award',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    withinDays: wholeNumber({ unit: 'days', zh: '定标后多少天内应签订', en: 'Days within which to sign' }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
    {
      code: 'objection',
      zh: '质疑投诉处理期间暂停',
      en: 'Suspended while a complaint was heard',
      hint: { zh: '看投诉处理决定', en: 'See the decision on the complaint' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    late: {
      zh: '招标{detail}的合同到{observedOn}才签订，合同金额{amountYuan}元。',
      en: 'The contract of tender {detail}, {amountYuan} yuan, was signed only on {observedOn}.',
    },
  },
  headline: {
    zh: '招标{detail}的合同签订晚于法定期限',
    en: 'The contract of tender {detail} was signed late',
  },
  notice: noticeToUnit(
    '招标{detail}的合同签订晚于法定期限，请说明。',
    'The contract of tender {detail} was signed later than the law allows.',
  ),
  impactAssessment: {
    purpose: '防止拖延和场外交易',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
