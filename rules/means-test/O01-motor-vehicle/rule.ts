import { defineRule, wholeNumber, yesOrNo, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O01',
  version: 1,
  topic: 'means-test',
  titles: { zh: '名下有机动车', en: 'Owns a motor vehicle' },
  purpose: {
    zh: '查找正在受助家庭的成员名下登记的汽车和货车。车辆是家庭财产，可能说明家庭状况已经好转；摩托车、电动车、残疾人专用车、老旧低价车和识别后购置的营运车不算。',
    en: 'Looks for cars and trucks registered to members of households that are being helped. A vehicle is property and may mean the household is better off now; motorcycles, e-bikes, scooters for disabled people, old cars of little value and working vehicles bought after enrolment do not count.',
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
  severity: 'yellow',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['vehicle'] },
  parameters: z.object({
    lowValueFen: wholeNumber({
      unit: 'fen',
      zh: '低于或等于此价值且车龄已满的车辆不计',
      en: 'A vehicle worth no more than this and old enough does not count',
    }),
    oldAfterYears: wholeNumber({
      unit: 'years',
      zh: '登记满多少年算旧车',
      en: 'Years after registration from which a vehicle is old',
    }),
    exemptWorkingVehicles: yesOrNo({
      zh: '识别后购置的营运车辆不计',
      en: 'Working vehicles bought after enrolment do not count',
    }),
  }),
  knownExcuses: [
    {
      code: 'borrowed-name',
      zh: '借名登记（背户车）',
      en: 'Registered for someone else',
      hint: { zh: '看实际使用人、购车付款和保险单', en: 'See who drives it, who paid and who insured it' },
    },
    {
      code: 'sold-not-transferred',
      zh: '已卖未过户',
      en: 'Sold but not transferred',
      hint: { zh: '看买卖协议和车辆现状', en: 'See the sales agreement and where the car is' },
    },
    {
      code: 'for-disabled-member',
      zh: '供残疾成员使用',
      en: 'For a disabled member',
      hint: { zh: '看残疾人证和车辆用途', en: 'See the certificate and the use' },
    },
    {
      code: 'working-vehicle',
      zh: '生产经营用车',
      en: 'A working vehicle',
      hint: { zh: '看从事的生产经营', en: 'See the work it is used for' },
    },
    {
      code: 'old-low-value',
      zh: '老旧低价',
      en: 'Old and worth little',
      hint: { zh: '看车辆年限和评估价', en: 'See its age and value' },
    },
    {
      code: 'pre-marriage',
      zh: '婚前财产',
      en: 'Owned before marriage',
      hint: { zh: '看登记日期与结婚日期', en: 'Compare registration and marriage' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'owns-vehicle': {
      zh: '{dataset}显示：{observedOn}登记的机动车（{detail}），登记价值{amountYuan}元，目前状态正常。',
      en: '{dataset}: a motor vehicle ({detail}) registered on {observedOn}, recorded value {amountYuan} yuan, in normal state.',
    },
  },
  headline: { zh: '名下有{count}辆机动车（{detail}）', en: 'Owns {count} motor vehicle(s) ({detail})' },
  notice: noticeToBeHeard(
    '数据比对发现您名下登记有机动车（{detail}，{firstOn}登记）。',
    'A comparison of records shows a motor vehicle in your name ({detail}, registered on {firstOn}).',
  ),
  impactAssessment: {
    purpose: '核对受助家庭财产',
    necessity: '车辆状况无法从家庭申报中独立核实',
    risk: '借名、已卖未过户会造成误判',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
