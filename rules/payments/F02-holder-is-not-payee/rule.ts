import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F02',
  version: 1,
  topic: 'payments',
  titles: { zh: '卡主不是补贴对象', en: 'The account holder is not the payee' },
  purpose: {
    zh: '查找补贴发到别人名下账户的情况。账户属于同一户家人（监护、代管）的不算。',
    en: 'Looks for benefits paid to an account in somebody else’s name. An account of a member of the same household, who keeps it for the payee, does not count.',
  },
  legalBasis: [
    { zh: '惠民惠农财政补贴资金“一卡通”管理规定', en: 'Rules on paying farmer and welfare subsidies through one card' },
  ],
  severity: 'orange',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['payout'] },
  parameters: z.object({
    lookBackMonths: wholeNumber({ unit: 'months', zh: '只看最近几个月', en: 'Only the last so many months' }),
  }),
  knownExcuses: [
    {
      code: 'guardian',
      zh: '不同户的监护人代管',
      en: 'A guardian in another household',
      hint: { zh: '看监护或委托手续', en: 'See the guardianship or mandate' },
    },
    {
      code: 'institution',
      zh: '供养机构代管',
      en: 'A care institution keeps it',
      hint: { zh: '看入住协议', en: 'See the agreement' },
    },
    {
      code: 'name-spelling',
      zh: '姓名用字不同（生僻字、曾用名）',
      en: 'The name is written differently',
      hint: { zh: '看身份证和开户资料', en: 'Compare the ID and the bank’s record' },
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
    'paid-to-other-holder': {
      zh: '{dataset}显示：补贴发到他人名下账户，期间合计{amountYuan}元，最近一笔{observedOn}。',
      en: '{dataset}: {amountYuan} yuan paid to an account in somebody else’s name, last on {observedOn}.',
    },
  },
  headline: {
    zh: '补贴发到他人账户，合计{amountYuan}元',
    en: 'Paid to somebody else’s account, {amountYuan} yuan together',
  },
  notice: noticeToBeHeard(
    '数据比对发现您的补贴发到了他人名下的账户，合计{amountYuan}元，想向您核实是否知情、是否收到。',
    'A comparison of records shows your benefit paid to an account in somebody else’s name, {amountYuan} yuan together; we would like to know whether you know of it and received it.',
  ),
  impactAssessment: {
    purpose: '防止冒领截留',
    necessity: '账户是截留的主要手段',
    risk: '监护代领会误报',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
