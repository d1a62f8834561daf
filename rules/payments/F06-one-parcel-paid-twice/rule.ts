import { defineRule, noticeToBeHeard, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F06',
  version: 1,
  topic: 'payments',
  titles: { zh: '一块地几户领补贴', en: 'One parcel subsidised for several households' },
  purpose: {
    zh: '查找同一年同一块地给几户发了耕地补贴的情况。几户分种、面积合计不超过这块地的，不算。',
    en: 'Looks for one parcel for which several households were paid in the same year. Shares that together are no more than the parcel do not count.',
  },
  legalBasis: [
    {
      zh: '财农〔2016〕26号',
      en: 'Cainong [2016] 26',
    },
    {
      zh: '《财政违法行为处罚处分条例》第六条',
      en: 'Regulations on fiscal misconduct, article 6',
    },
  ],
  severity: 'orange',
  direction: 'receives-but-should-not',
  subjectKind: 'household',
  period: 'year',
  effectiveFrom: '2016-04-01',
  datasets: { required: ['farmland-subsidy', 'farmland-right'] },
  parameters: z.object({
    percent: wholeNumber({
      unit: 'percent',
      zh: '合计超过地块面积的百分之几起提示',
      en: 'Per cent of the parcel’s area above which the rule speaks',
    }),
  }),
  knownExcuses: [
    {
      code: 'rented-out',
      zh: '流转后双方都申报了，一方应退出',
      en: 'Rented out and declared by both',
      hint: { zh: '看流转合同约定补贴归谁', en: 'See to whom the lease gives the subsidy' },
    },
    {
      code: 'wrong-code',
      zh: '地块代码填错',
      en: 'The code of the parcel was mistyped',
      hint: { zh: '看确权证和地块图', en: 'See the certificate and the map' },
    },
    {
      code: 're-divided',
      zh: '调地以后登记没有变更',
      en: 'Re-divided, the register was not updated',
      hint: { zh: '看村集体调整方案', en: 'See the plan of the collective' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    parcel: {
      zh: '{dataset}显示：{detail}年按同一块地还给另一户发过补贴，这一户领取{amountYuan}元。',
      en: '{dataset}: in {detail} another household was paid for the same parcel; this one got {amountYuan} yuan.',
    },
  },
  headline: {
    zh: '同一块地几户领取耕地补贴，这一户{amountYuan}元',
    en: 'One parcel subsidised for several households, this one {amountYuan} yuan',
  },
  notice: noticeToBeHeard(
    '数据比对发现{firstOn}发给您家的耕地补贴{amountYuan}元，同一块地也给别人发过。',
    'A comparison of records shows that {amountYuan} yuan of farmland subsidy paid to your household on {firstOn} were also paid to somebody else for the same parcel.',
  ),
  impactAssessment: {
    purpose: '防止一地多报',
    necessity: '申报按人登记，看不出同一块地',
    risk: '流转、调地会误报',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
