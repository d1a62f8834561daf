import { defineRule, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F25',
  version: 1,
  raisedBy: 'statement',
  topic: 'payments',
  titles: { zh: '群众反映没有收到发放的钱', en: 'A household says a payment did not arrive' },
  purpose: {
    zh: '受助户说某一笔补贴没有收到的，由工作人员查到底：钱是否出账、进了谁的账户、是否应当重新发放。由本人在“我的档案”里或由窗口工作人员代为反映，不由机器比对产生。',
    en: 'When a household says that a payment did not arrive, somebody follows the money to its end: whether it left, into whose account it went, whether it is to be paid again. Said by the household in its own file or at the counter; no comparison of data makes it.',
  },
  legalBasis: [
    { zh: '惠民惠农财政补贴资金“一卡通”管理规定', en: 'Rules on paying farmer and welfare subsidies through one card' },
    { zh: '《社会救助暂行办法》第六十五条（投诉举报与答复）', en: 'Interim Measures for Social Assistance, art. 65 (complaints and answers)' },
  ],
  severity: 'orange',
  direction: 'should-receive-but-does-not',
  subjectKind: 'payment',
  period: 'month',
  effectiveFrom: '2026-01-01',
  datasets: { required: [] },
  parameters: z.object({
    startWorkingDays: wholeNumber({ unit: 'days', zh: '几个工作日内派人核实', en: 'Working days until somebody is put in charge' }),
  }),
  knownExcuses: [
    {
      code: 'arrived-later',
      zh: '后来已经到账',
      en: 'It has arrived since',
      hint: { zh: '看存折或账户明细的到账日期', en: 'See the day in the passbook or statement' },
    },
    {
      code: 'other-own-account',
      zh: '进了本户另一个账户',
      en: 'Paid into another account of the household',
      hint: { zh: '核对开户名和账号后四位', en: 'Compare the holder and the last four digits' },
    },
    {
      code: 'taken-by-family',
      zh: '家里人已经取用，本人不知道',
      en: 'Drawn by the family without the person knowing',
      hint: { zh: '请银行查取款记录，分别询问', en: 'Ask the bank for the withdrawal and each person alone' },
    },
    {
      code: 'other-month',
      zh: '说的是另一个月的钱',
      en: 'Another month was meant',
      hint: { zh: '逐月对照发放记录', en: 'Go through the payments month by month' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'said-after-payment': {
      zh: '{dataset}：{detail}的 {amountYuan} 元，银行回盘为 {observedOn} 已付。户里说没有收到。',
      en: '{dataset}: {amountYuan} yuan for {detail}; the bank says it was paid on {observedOn}. The household says it did not arrive.',
    },
    'said-while-sent': {
      zh: '{dataset}：{detail}的 {amountYuan} 元已送银行，还没有结果。户里说没有收到。',
      en: '{dataset}: {amountYuan} yuan for {detail} went to the bank, which has not answered yet. The household says it did not arrive.',
    },
    'said-after-failure': {
      zh: '{dataset}：{detail}的 {amountYuan} 元银行没有付成，还没有重新发放成功。户里说没有收到。',
      en: '{dataset}: the bank could not pay {amountYuan} yuan for {detail}, and no new payment has succeeded yet. The household says it did not arrive.',
    },
  },
  headline: {
    zh: '户里反映{detail}的{amountYuan}元没有收到',
    en: 'The household says {amountYuan} yuan for {detail} did not arrive',
  },
  notice: {
    zh: '您反映{detail}的{amountYuan}元没有收到，我们已经受理，正在查这笔钱到了哪里。查清以前，您的其他待遇照常发放。有新的情况、存折或账户明细，请告诉我们。',
    en: 'You told us that {amountYuan} yuan for {detail} did not arrive. We have taken it up and are following where the money went. Your other benefits go on being paid meanwhile. Tell us anything new, or bring your passbook.',
  },
  impactAssessment: {
    purpose: '查清发放的钱是否到户',
    necessity: '银行回盘成功不等于本人收到，只有户里知道',
    risk: '可能是记错月份或家里人已取',
    measures: '只用这一笔发放的记录，不比对其他数据；经办这笔发放的人不参与核实和决定；由人查清、由人决定。',
    assessedOn: '2026-11-25',
  },
});
