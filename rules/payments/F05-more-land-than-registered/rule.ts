import { defineRule, noticeToBeHeard, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F05',
  version: 1,
  topic: 'payments',
  titles: { zh: '补贴面积大于确权面积', en: 'Subsidised for more land than is registered' },
  purpose: {
    zh: '查找一户一年领取耕地补贴的面积超过全家确权面积的情况。全家的地合在一起看，记在谁名下不影响。',
    en: 'Looks for households paid for more farmland in a year than is registered to their members together, whoever of them holds it.',
  },
  legalBasis: [
    {
      zh: '财农〔2016〕26号：耕地地力保护补贴以承包地确权面积等为依据',
      en: 'Cainong [2016] 26: the subsidy follows the registered area',
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
      zh: '超过确权面积的百分之几起提示',
      en: 'Per cent of the registered area above which the rule speaks',
    }),
  }),
  knownExcuses: [
    {
      code: 'rented-in',
      zh: '流转种植，合同约定补贴归种植户',
      en: 'Rented land, and the lease gives the subsidy to the farmer',
      hint: { zh: '看流转合同和备案', en: 'See the lease and its record' },
    },
    {
      code: 'reclaimed',
      zh: '依法开垦、尚未确权的耕地',
      en: 'Reclaimed land, not registered yet',
      hint: { zh: '看村集体证明和实地', en: 'See the certificate of the collective and the place' },
    },
    {
      code: 'inherited',
      zh: '继承或分户，登记没有变更',
      en: 'Inherited or divided, the register was not updated',
      hint: { zh: '看户口和分户协议', en: 'See the household booklet and the agreement' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    above: {
      zh: '{dataset}显示：{detail}年按这块地发放补贴{amountYuan}元，全年补贴面积超过确权面积。',
      en: '{dataset}: {amountYuan} yuan were paid for this parcel in {detail}; the area of the year is above what is registered.',
    },
    without: {
      zh: '{dataset}显示：{detail}年发放补贴{amountYuan}元，没有查到全家的确权登记。',
      en: '{dataset}: {amountYuan} yuan were paid in {detail}; no registered land of the household was found.',
    },
  },
  headline: {
    zh: '耕地补贴面积超过确权面积，涉及{amountYuan}元',
    en: 'Farmland subsidy of {amountYuan} yuan for more land than is registered',
  },
  notice: noticeToBeHeard(
    '数据比对发现您家领取耕地补贴的面积与确权面积不一致，涉及{amountYuan}元。',
    'A comparison of records shows that the farmland subsidy of your household, {amountYuan} yuan, does not fit the registered area.',
  ),
  impactAssessment: {
    purpose: '防止虚报面积',
    necessity: '面积由村里申报，和确权登记分开管理',
    risk: '流转、继承未变更会误报',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
