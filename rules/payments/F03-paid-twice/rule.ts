import { defineRule, codeList, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F03',
  version: 1,
  topic: 'payments',
  titles: { zh: '同月同项目重复发放', en: 'Paid twice for one month' },
  purpose: {
    zh: '查找同一个人同一项目同一月份成功发放两次以上的情况。发放失败后重发、同一条记录重复报送的不算。',
    en: 'Looks for one person paid successfully more than once for the same programme and month. A failed payment sent again, or the same record delivered twice, does not count.',
  },
  legalBasis: [
    { zh: '惠民惠农财政补贴资金“一卡通”管理规定', en: 'Rules on paying farmer and welfare subsidies through one card' },
  ],
  severity: 'orange',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'month',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['payout'] },
  parameters: z.object({
    monthlyProgrammes: codeList({
      zh: '每月只发一次的项目',
      en: 'Programmes paid once a month',
      dictionary: 'programme',
    }),
    lookBackMonths: wholeNumber({ unit: 'months', zh: '只看最近几个月', en: 'Only the last so many months' }),
  }),
  knownExcuses: [
    {
      code: 'back-payment',
      zh: '补发差额',
      en: 'Back payment of a difference',
      hint: { zh: '看补发文件和金额', en: 'See the decision and the amounts' },
    },
    { code: 'returned', zh: '已退回', en: 'Already given back', hint: { zh: '看退款凭证', en: 'See the voucher' } },
    {
      code: 'wrong-month',
      zh: '所属月份填错',
      en: 'The month was entered wrongly',
      hint: { zh: '看批次清册', en: 'See the batch list' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    payment: {
      zh: '{dataset}显示：{observedOn}发放{amountYuan}元。',
      en: '{dataset}: {amountYuan} yuan paid on {observedOn}.',
    },
  },
  headline: {
    zh: '同月同项目发放{count}次，合计{amountYuan}元',
    en: 'Paid {count} times for one month, {amountYuan} yuan together',
  },
  notice: noticeToBeHeard(
    '数据比对发现您同一项目同一月份收到{count}笔补贴，合计{amountYuan}元。',
    'A comparison of records shows {count} payments to you for the same programme and month, {amountYuan} yuan together.',
  ),
  impactAssessment: {
    purpose: '防止重复发放',
    necessity: '多批次、多账户会重复',
    risk: '补发会误报',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
