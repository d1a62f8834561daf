import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O10',
  version: 1,
  topic: 'eligibility',
  titles: { zh: '服刑、强制戒毒期间领取', en: 'Paid while in custody' },
  purpose: {
    zh: '查找服刑或强制隔离戒毒的整月里仍成功发放到本人名下的补贴。社区矫正在家执行，不算；入监和释放当月不算。',
    en: 'Looks for benefits paid successfully in a person’s name for whole months in prison or compulsory drug rehabilitation. Community correction is served at home and does not count, nor do the months of entry and release.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十三条：定期核查获得最低生活保障家庭的人口、收入和财产状况',
      en: 'Interim Measures for Social Assistance, art. 13: regular checks of family, income and property',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
    {
      zh: '当地社会救助家庭经济状况核对办法（标准由各地规定，按参数执行）',
      en: 'Local rules on checking the means of assisted households; limits are regional parameters',
    },
  ],
  severity: 'orange',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['custody', 'payout'] },
  parameters: z.object({
    graceMonths: wholeNumber({
      unit: 'months',
      zh: '入监当月之后再宽限几个月',
      en: 'Months of grace after the month of entry',
    }),
  }),
  knownExcuses: [
    {
      code: 'released-early',
      zh: '已提前释放',
      en: 'Released early',
      hint: { zh: '看释放证明', en: 'See the release papers' },
    },
    {
      code: 'family-share',
      zh: '系家庭共同待遇',
      en: 'The benefit is the family’s',
      hint: { zh: '看待遇核定的保障人口', en: 'See who the benefit was computed for' },
    },
    {
      code: 'different-person',
      zh: '重名或证件录入错误',
      en: 'Another person, or a wrong number',
      hint: { zh: '核对证件号码', en: 'Compare the ID number' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'in-custody': { zh: '{dataset}显示：自{observedOn}起在押。', en: '{dataset}: in custody since {observedOn}.' },
    'paid-in-custody': {
      zh: '{dataset}显示：{observedOn}发放{detail}月份补贴{amountYuan}元。',
      en: '{dataset}: {amountYuan} yuan for {detail} paid on {observedOn}.',
    },
  },
  headline: { zh: '在押期间发放，合计{amountYuan}元', en: 'Paid while in custody, {amountYuan} yuan together' },
  notice: noticeToBeHeard(
    '数据比对发现您家一位成员不在家期间，其名下仍有补贴发放，合计{amountYuan}元，最后一笔在{lastOn}。',
    'A comparison of records shows benefits paid in the name of a member of your household during an absence, {amountYuan} yuan together, the last on {lastOn}.',
  ),
  impactAssessment: {
    purpose: '核对在押期间领取',
    necessity: '司法信息敏感，只取期间',
    risk: '泄露会造成歧视',
    measures: '只取类别和起止日期；通知文字不写在押；由人决定。',
    assessedOn: '2026-10-08',
  },
});
