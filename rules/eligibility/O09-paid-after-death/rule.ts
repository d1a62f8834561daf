import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O09',
  version: 1,
  topic: 'eligibility',
  titles: { zh: '死亡人员仍在领款', en: 'Paid after death' },
  purpose: {
    zh: '查找去世满宽限月后仍成功发放到本人名下的补贴。发放失败、退回的不算；各来源死亡日期不一致时以最晚的为准；耕地、产业补贴属于家庭，不算。',
    en: 'Looks for benefits still paid successfully in a person’s name after death and the months of grace. Failed and returned payments do not count; where sources disagree the latest date of death counts; land and industry subsidies belong to the household and do not count.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十三条：定期核查获得最低生活保障家庭的人口、收入和财产状况',
      en: 'Interim Measures for Social Assistance, art. 13: regular checks of family, income and property',
    },
    { zh: '惠民惠农财政补贴资金“一卡通”管理规定', en: 'Rules on paying farmer and welfare subsidies through one card' },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'red',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['death', 'payout'] },
  parameters: z.object({
    graceMonths: wholeNumber({
      unit: 'months',
      zh: '去世当月之后再宽限几个月',
      en: 'Months of grace after the month of death',
    }),
  }),
  knownExcuses: [
    {
      code: 'death-date-wrong',
      zh: '死亡日期登记有误',
      en: 'The date of death is wrong',
      hint: { zh: '核对死亡证明和火化记录', en: 'Compare the death certificate and cremation record' },
    },
    {
      code: 'alive',
      zh: '本人健在（证件混淆）',
      en: 'The person is alive (mixed-up papers)',
      hint: { zh: '上门见人核实', en: 'Visit and see the person' },
    },
    {
      code: 'final-month',
      zh: '去世当月应发',
      en: 'Due for the month of death',
      hint: { zh: '看待遇计发规定', en: 'See the rules of the benefit' },
    },
    {
      code: 'returned',
      zh: '已主动退回',
      en: 'Already given back',
      hint: { zh: '看退款凭证', en: 'See the repayment voucher' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'death-recorded': { zh: '{dataset}显示：{observedOn}去世。', en: '{dataset}: died on {observedOn}.' },
    'paid-after-death': {
      zh: '{dataset}显示：{observedOn}发放{detail}月份补贴{amountYuan}元。',
      en: '{dataset}: {amountYuan} yuan for {detail} paid on {observedOn}.',
    },
  },
  headline: { zh: '去世后仍发放，合计{amountYuan}元', en: 'Paid after death, {amountYuan} yuan together' },
  notice: noticeToBeHeard(
    '数据比对发现您家一位已故成员名下仍有补贴发放，合计{amountYuan}元，最后一笔在{lastOn}。谨向您家致以慰问。',
    'A comparison of records shows benefits still paid in the name of a late member of your household, {amountYuan} yuan together, the last on {lastOn}. Please accept our condolences.',
  ),
  impactAssessment: {
    purpose: '防止去世后继续发放',
    necessity: '死亡登记与发放分属不同部门',
    risk: '登记错误会惊扰家属',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
