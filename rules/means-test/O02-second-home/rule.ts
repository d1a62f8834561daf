import { defineRule, wholeNumber, yesOrNo, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O02',
  version: 1,
  topic: 'means-test',
  titles: { zh: '名下多套住房或有商铺', en: 'Several dwellings, or a shop' },
  purpose: {
    zh: '查找正在受助家庭名下有两套以上住房，或有商铺、办公用房的情况。安置房、宅基地、自建房和很小的共有份额不算；同一套房夫妻共有只算一套。',
    en: 'Looks for households being helped that own two or more dwellings, or a shop or office. Resettlement houses, homesteads, self-built houses and tiny shares do not count; a home owned by a couple counts once.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十三条：定期核查获得最低生活保障家庭的人口、收入和财产状况',
      en: 'Interim Measures for Social Assistance, art. 13: regular checks of family, income and property',
    },
    {
      zh: '当地社会救助家庭经济状况核对办法（标准由各地规定，按参数执行）',
      en: 'Local rules on checking the means of assisted households; limits are regional parameters',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'orange',
  direction: 'receives-but-should-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['real-estate'] },
  parameters: z.object({
    dwellingsFrom: wholeNumber({
      unit: 'count',
      zh: '住房达到几套起提示',
      en: 'Number of dwellings from which the rule speaks',
    }),
    tinyShareThousandths: wholeNumber({
      unit: 'thousandths',
      zh: '份额不超过此值的不计',
      en: 'Shares up to this do not count',
    }),
    countParking: yesOrNo({ zh: '车位、车库是否计入', en: 'Whether parking spaces count' }),
  }),
  knownExcuses: [
    {
      code: 'resettlement',
      zh: '拆迁安置所得',
      en: 'From resettlement',
      hint: { zh: '看安置协议', en: 'See the resettlement agreement' },
    },
    {
      code: 'inherited-share',
      zh: '继承份额',
      en: 'An inherited share',
      hint: { zh: '看继承公证和实际居住', en: 'See the inheritance papers and who lives there' },
    },
    {
      code: 'pre-marriage',
      zh: '婚前财产',
      en: 'Owned before marriage',
      hint: { zh: '看登记日期与结婚日期', en: 'Compare registration and marriage' },
    },
    {
      code: 'sold-not-transferred',
      zh: '已卖未过户',
      en: 'Sold but not transferred',
      hint: { zh: '看买卖合同', en: 'See the sales contract' },
    },
    {
      code: 'name-lent',
      zh: '借名购房',
      en: 'Bought in this name for someone else',
      hint: { zh: '看付款和居住人', en: 'See who paid and who lives there' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'one-of-several-dwellings': {
      zh: '{dataset}显示：家庭成员名下有一套住房，{observedOn}登记，登记价格{amountYuan}元。',
      en: '{dataset}: a dwelling in a member’s name, registered on {observedOn}, recorded price {amountYuan} yuan.',
    },
    'shop-or-office': {
      zh: '{dataset}显示：家庭成员名下有一处商业或办公用房，{observedOn}登记，登记价格{amountYuan}元。',
      en: '{dataset}: a shop or office in a member’s name, registered on {observedOn}, recorded price {amountYuan} yuan.',
    },
  },
  headline: { zh: '名下有{count}处房产需核实', en: '{count} properties to be checked' },
  notice: noticeToBeHeard(
    '数据比对发现您家名下登记有{count}处住房或商业用房（最早{firstOn}登记）。',
    'A comparison of records shows {count} dwellings or business premises in your household’s name (the first registered on {firstOn}).',
  ),
  impactAssessment: {
    purpose: '核对受助家庭财产',
    necessity: '房产是家庭财产状况的主要部分',
    risk: '继承、安置、共有会造成误判',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
