import { defineRule, noticeOfMissingHelp, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B10',
  version: 1,
  topic: 'care',
  titles: { zh: '风险没有对应措施', en: 'A risk that no measure answers' },
  purpose: {
    zh: '查找已有帮扶措施、但有的风险没有任何措施能对应的户，例如因学的只给了产业帮扶。',
    en: 'Looks for households with measures of which none answers one of their risks, such as schooling met only by a business grant.',
  },
  legalBasis: [
    {
      zh: '防止返贫监测数据规则：风险类型与帮扶措施应当对应',
      en: 'Rule of the monitoring system: measures must answer the kinds of risk',
    },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2021-06-01',
  datasets: { required: [] },
  parameters: z.object({
    withinDays: wholeNumber({
      unit: 'days',
      zh: '纳入后多少天内各项风险须有措施',
      en: 'Days within which every risk must be answered',
    }),
  }),
  knownExcuses: [
    {
      code: 'under-way',
      zh: '对应的措施正在申请',
      en: 'The right measure is being applied for',
      hint: { zh: '看申请材料', en: 'See the application' },
    },
    {
      code: 'answered-otherwise',
      zh: '风险由其他途径解决',
      en: 'Solved in another way',
      hint: { zh: '入户核实', en: 'Verify at home' },
    },
    {
      code: 'wrong-risk',
      zh: '风险类型登记有误',
      en: 'The risk was recorded wrongly',
      hint: { zh: '更正风险类型', en: 'Correct the risk' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'risk-unanswered': {
      zh: '{observedOn}纳入，有风险至今没有对应的帮扶措施。',
      en: 'Taken in on {observedOn}; a risk has no measure that answers it.',
    },
  },
  headline: { zh: '{firstOn}纳入后仍有风险没有对应措施', en: 'Taken in on {firstOn}, a risk is still unanswered' },
  notice: noticeOfMissingHelp(
    '您家有的困难还没有对应的帮扶措施。',
    'One of your household’s difficulties has no measure that answers it yet.',
  ),
  impactAssessment: {
    purpose: '让措施对上风险',
    necessity: '措施不对应，帮扶就落空',
    risk: '登记口径不同的会提示',
    measures: '只看项数，不看是什么风险；命中只是提示，由人核实',
    assessedOn: '2026-11-25',
  },
});
