import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F12',
  version: 1,
  topic: 'funds',
  titles: { zh: '资金付到个人账户或付现金', en: 'Paid into somebody’s own account or in cash' },
  purpose: {
    zh: '查找付给单位的项目资金进了个人账户，或者用现金支付的凭证。发给农户的补助不在此列。',
    en: 'Looks for payments to a unit that went into somebody’s own account or were made in cash. Benefits of households are not meant.',
  },
  legalBasis: [
    {
      zh: '《现金管理暂行条例》第五条：单位之间的结算应当通过开户银行转账',
      en: 'Interim regulations on cash, article 5: units settle by bank transfer',
    },
    {
      zh: '《预算法》第六十一条：国库集中收付',
      en: 'Budget Law, article 61',
    },
  ],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'indicator',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    fromFen: wholeNumber({
      unit: 'fen',
      zh: '一张凭证多少钱起提示',
      en: 'Sum of a voucher from which the rule speaks',
    }),
  }),
  knownExcuses: [
    {
      code: 'labour-pay',
      zh: '村民务工报酬，有领款名册',
      en: 'Wages of villagers, with a signed list',
      hint: { zh: '看用工记录和领款名册', en: 'See the record of work and the list' },
    },
    {
      code: 'emergency',
      zh: '抢险救灾应急支付',
      en: 'Urgent relief',
      hint: { zh: '看紧急认定文件和事后报备', en: 'See the paper that says so and the report after it' },
    },
    {
      code: 'sole-trader',
      zh: '收款方是个体工商户，没有对公账户',
      en: 'The payee is a sole trader without a business account',
      hint: { zh: '看营业执照和合同', en: 'See the licence and the contract' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    personal: {
      zh: '凭证{detail}（{observedOn}，{amountYuan}元）付到了个人账户。',
      en: 'Voucher {detail} ({observedOn}, {amountYuan} yuan) was paid into somebody’s own account.',
    },
    cash: {
      zh: '凭证{detail}（{observedOn}，{amountYuan}元）用现金支付。',
      en: 'Voucher {detail} ({observedOn}, {amountYuan} yuan) was paid in cash.',
    },
  },
  headline: {
    zh: '{count}张凭证合计{amountYuan}元没有付到对公账户',
    en: '{count} vouchers of {amountYuan} yuan did not go to an account of the unit',
  },
  notice: noticeToUnit(
    '{count}张凭证合计{amountYuan}元付到个人账户或以现金支付，请说明。',
    '{count} vouchers of {amountYuan} yuan went to somebody’s own account or were paid in cash.',
  ),
  impactAssessment: {
    purpose: '防止资金体外循环',
    necessity: '审计多次发现同类问题',
    risk: '个体户、务工报酬会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
