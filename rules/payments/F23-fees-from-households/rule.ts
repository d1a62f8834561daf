import { defineRule, noticeToBeHeard, wholeNumber, wordList } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F23',
  version: 1,
  topic: 'payments',
  titles: { zh: '村里违规收费', en: 'Fees taken by the village' },
  purpose: {
    zh: '查找村里以推广费、设计费、服务费等名义向受助农户收钱的票据。有备案收费依据的不算。',
    en: 'Looks for receipts by which a village took money from assisted households as promotion, design or service fees. Fees whose basis is on record do not count.',
  },
  legalBasis: [
    {
      zh: '《农民承担费用和劳务管理条例》第三条',
      en: 'Regulations on farmers’ dues and labour, article 3',
    },
    {
      zh: '《乡村振兴促进法》第五十八条',
      en: 'Rural Revitalisation Promotion Law, article 58',
    },
  ],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: ['village-receipt'] },
  parameters: z.object({
    feeWords: wordList({ zh: '收费项目含这些词起提示', en: 'Words in the title of a fee' }),
    lookBackMonths: wholeNumber({ unit: 'months', zh: '只看最近几个月', en: 'Only the last so many months' }),
  }),
  knownExcuses: [
    {
      code: 'voted-dues',
      zh: '村民会议通过的筹资筹劳',
      en: 'Dues the villagers voted for',
      hint: { zh: '看会议记录和公示', en: 'See the minutes and the notice' },
    },
    {
      code: 'own-purchase',
      zh: '农户自愿购买的服务，有合同',
      en: 'A service the household bought itself, with a contract',
      hint: { zh: '看合同，问农户是否自愿', en: 'See the contract and ask the household' },
    },
    {
      code: 'passed-through',
      zh: '代收代缴（水、电、医保），票据项目写得不准',
      en: 'Collected for somebody else (water, power, insurance), badly worded',
      hint: { zh: '看代收协议和上缴凭证', en: 'See the agreement and the payment onwards' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    fee: {
      zh: '{dataset}显示：{observedOn}村里收取“{detail}”{amountYuan}元。',
      en: '{dataset}: on {observedOn} the village took {amountYuan} yuan as “{detail}”.',
    },
  },
  headline: {
    zh: '村里向这一户收费{count}笔，合计{amountYuan}元',
    en: 'The village took {count} fees from this household, {amountYuan} yuan',
  },
  notice: noticeToBeHeard(
    '数据比对发现村里{firstOn}起以“{detail}”等名义向您家收取过{amountYuan}元。如果不是您自愿，请告诉我们。',
    'A comparison of records shows that the village took {amountYuan} yuan from your household as “{detail}” since {firstOn}. Please tell us if you did not agree to it.',
  ),
  impactAssessment: {
    purpose: '保护受助农户不被乱收费',
    necessity: '审计多次发现同类问题',
    risk: '代收代缴、自愿购买会误报',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
