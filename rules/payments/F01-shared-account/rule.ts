import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F01',
  version: 1,
  topic: 'payments',
  titles: { zh: '同一账户多户领款', en: 'One account paid for several households' },
  purpose: {
    zh: '查找同一个银行账户给不同家庭的人代领补贴的情况。同一户的人共用一个账户不算。',
    en: 'Looks for one bank account that receives benefits for people of different households. Members of one household sharing an account do not count.',
  },
  legalBasis: [
    { zh: '惠民惠农财政补贴资金“一卡通”管理规定', en: 'Rules on paying farmer and welfare subsidies through one card' },
  ],
  severity: 'red',
  direction: 'receives-but-should-not',
  subjectKind: 'account',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['payout'] },
  parameters: z.object({
    payeesFrom: wholeNumber({
      unit: 'count',
      zh: '收款人达到几人起提示',
      en: 'Number of payees from which the rule speaks',
    }),
    lookBackMonths: wholeNumber({ unit: 'months', zh: '只看最近几个月', en: 'Only the last so many months' }),
  }),
  knownExcuses: [
    {
      code: 'guardian',
      zh: '监护人或赡养人代领',
      en: 'A guardian or relative collects',
      hint: { zh: '看监护、委托手续和本人知情', en: 'See the guardianship or mandate and whether the payee knows' },
    },
    {
      code: 'institution',
      zh: '供养机构统一账户',
      en: 'The account of a care institution',
      hint: { zh: '看入住协议', en: 'See the agreement' },
    },
    {
      code: 'moved-household',
      zh: '刚分户或婚嫁',
      en: 'The household split or someone married',
      hint: { zh: '看户籍变更', en: 'See the register' },
    },
    {
      code: 'entry-error',
      zh: '账号录入错误',
      en: 'A wrong account number',
      hint: { zh: '看银行回单', en: 'See the bank’s slip' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'payee-of-account': {
      zh: '{dataset}显示：该账户为这位在册人员代领，期间合计{amountYuan}元，最近一笔{observedOn}。',
      en: '{dataset}: the account received {amountYuan} yuan for this registered person, last on {observedOn}.',
    },
    'payee-outside-registry': {
      zh: '{dataset}显示：该账户还为一位不在册的人代领，合计{amountYuan}元，最近一笔{observedOn}。',
      en: '{dataset}: the account also received {amountYuan} yuan for somebody in no registry, last on {observedOn}.',
    },
  },
  headline: {
    zh: '同一账户为{count}人领款，合计{amountYuan}元',
    en: 'One account paid for {count} people, {amountYuan} yuan together',
  },
  notice: noticeToBeHeard(
    '数据比对发现您家的补贴与别家的补贴发到了同一个银行账户（最近一笔{lastOn}），想向您核实是否知情、是否收到。',
    'A comparison of records shows your household’s benefit and another household’s paid into one bank account (last on {lastOn}); we would like to know whether you know of it and received it.',
  ),
  impactAssessment: {
    purpose: '防止冒领截留',
    necessity: '账户是截留的主要手段',
    risk: '正常代领会误报',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
