import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F11',
  version: 1,
  topic: 'funds',
  titles: { zh: '疑似负面清单支出', en: 'Spending on the negative list' },
  purpose: {
    zh: '查找名称里有负面清单用语的资金安排，如办公楼、公务用车、奖金、还债。词语只是提示，用途要看方案和现场。',
    en: 'Looks for plans whose title has words of the negative list, such as office buildings, cars, bonuses or debts. A word is a hint; the use shows in the plan and on the spot.',
  },
  legalBasis: [
    {
      zh: '中央财政衔接推进乡村振兴补助资金管理办法（财农〔2021〕19号）负面清单',
      en: 'Rules on the central bridging fund, Cainong [2021] no. 19: negative list',
    },
  ],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'indicator',
  period: 'none',
  effectiveFrom: '2021-03-26',
  datasets: { required: [] },
  parameters: z.object({
    fromFen: wholeNumber({ unit: 'fen', zh: '金额达到多少起提示', en: 'Amount from which the rule speaks' }),
  }),
  knownExcuses: [
    {
      code: 'public-service',
      zh: '是村级公益设施，不是办公用房',
      en: 'A public facility of the village, not offices',
      hint: { zh: '看设计方案和现场照片', en: 'See the design and pictures of the place' },
    },
    {
      code: 'word-only',
      zh: '只是名称用词，实际用途符合',
      en: 'Only a word of the title; the use is allowed',
      hint: { zh: '看实施方案和支付内容', en: 'See the plan and what was paid for' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'planned-for': {
      zh: '{observedOn}安排{amountYuan}元，名称含“{detail}”。',
      en: '{amountYuan} yuan planned on {observedOn}; the title has “{detail}”.',
    },
    'paid-for': {
      zh: '{observedOn}安排{amountYuan}元，名称含“{detail}”，已经支付。',
      en: '{amountYuan} yuan planned on {observedOn} and partly paid; the title has “{detail}”.',
    },
  },
  headline: {
    zh: '名称含负面清单用语（{detail}），{amountYuan}元',
    en: 'Title has words of the negative list ({detail}), {amountYuan} yuan',
  },
  notice: noticeToUnit(
    '资金安排的名称含负面清单用语“{detail}”，金额{amountYuan}元，请说明实际用途。',
    'A plan of {amountYuan} yuan has words of the negative list in its title (“{detail}”); please explain the use.',
  ),
  impactAssessment: {
    purpose: '防止资金用在不该用的地方',
    necessity: '审计多次发现用于办公楼、弥补预算的情况',
    risk: '词语会误报',
    measures: '只看项目名称和金额，不涉及任何个人；命中只是线索，先听取单位说明，由人决定。',
    assessedOn: '2026-11-24',
  },
});
