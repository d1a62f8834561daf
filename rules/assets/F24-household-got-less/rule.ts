import { defineRule, noticeOfMissingHelp, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F24',
  version: 1,
  topic: 'assets',
  titles: { zh: '农户说没有足额收到', en: 'A household says it got less' },
  purpose: {
    zh: '查找农户自己说少收到或没有收到的资产收益。',
    en: 'Looks for shares of income of which the household says it got less or nothing.',
  },
  legalBasis: [
    {
      zh: '《关于加强扶贫项目资产后续管理的指导意见》（国办函〔2021〕51号）',
      en: 'Guiding opinions on assets of aid projects (2021/51)',
    },
  ],
  severity: 'red',
  direction: 'should-receive-but-does-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    fromFen: wholeNumber({ unit: 'fen', zh: '相差多少起提示', en: 'Difference from which the rule speaks' }),
  }),
  knownExcuses: [
    {
      code: 'household-unsure',
      zh: '农户记错或家人代收',
      en: 'Not remembered, or received by family',
      hint: { zh: '看银行流水，再问一次家人', en: 'See the bank record; ask the family' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    less: {
      zh: '{detail}的收益：{observedOn}本人说少收到{amountYuan}元。',
      en: 'Income of {detail}: on {observedOn} the household said {amountYuan} yuan are missing.',
    },
  },
  headline: {
    zh: '农户说资产收益少收到{amountYuan}元',
    en: 'A household says {amountYuan} yuan of its share are missing',
  },
  notice: noticeOfMissingHelp(
    '您说过资产收益少收到{amountYuan}元，我们会查清楚再告诉您。',
    'You said that {amountYuan} yuan of your share are missing; we will find out and tell you.',
  ),
  impactAssessment: {
    purpose: '农户自己的话能引出核查',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
