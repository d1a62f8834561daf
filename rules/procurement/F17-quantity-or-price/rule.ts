import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F17',
  version: 1,
  topic: 'procurement',
  titles: { zh: '工程量或单价偏离', en: 'Quantity or unit price off the mark' },
  purpose: {
    zh: '查找工程量清单里单价高出当地参考价很多，或者计量的工程量与合同相差很多的项目。',
    en: 'Looks for unit prices far above the local reference, and for measured quantities far from the contract.',
  },
  legalBasis: [
    {
      zh: '《建设工程价款结算暂行办法》（财建〔2004〕369号）：工程量按现场计量确认',
      en: 'Interim measures on settling works (Caijian 2004 no. 369): quantities are confirmed by measuring on site',
    },
    {
      zh: '《建设工程工程量清单计价规范》（GB 50500）',
      en: 'Code for pricing by bills of quantities (GB 50500)',
    },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    pricePercent: wholeNumber({
      unit: 'percent',
      zh: '单价高出参考价超过百分之几',
      en: 'Per cent by which a unit price exceeds the reference',
    }),
    quantityPercent: wholeNumber({
      unit: 'percent',
      zh: '计量与合同数量相差超过百分之几',
      en: 'Per cent by which the measured quantity differs',
    }),
  }),
  knownExcuses: [
    {
      code: 'higher-standard',
      zh: '做法、厚度或设备档次高于参考价的口径',
      en: 'Built to a higher standard than the reference',
      hint: { zh: '看图纸和参考价的说明', en: 'See the drawings and what the reference covers' },
    },
    {
      code: 'price-moved',
      zh: '签订时材料价格上涨，按造价信息调差',
      en: 'Material prices had risen; adjusted by the price bulletin',
      hint: { zh: '看当月造价信息', en: 'See the bulletin of the month' },
    },
    {
      code: 'change-approved',
      zh: '设计变更批准过，还没有登记合同变更',
      en: 'An approved change of design, not yet recorded as an amendment',
      hint: { zh: '看设计变更和现场签证', en: 'See the change of design and the site record' },
    },
    {
      code: 'measured-in-part',
      zh: '只计量了已完成的部分',
      en: 'Only the finished part has been measured',
      hint: { zh: '看计量单写的是分期还是最终', en: 'See whether the bill is interim or final' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    price: {
      zh: '合同清单项{detail}（{observedOn}签订）的单价{amountYuan}元，明显高于当地参考价。',
      en: 'Item {detail} (signed {observedOn}): the unit price of {amountYuan} yuan is well above the local reference.',
    },
    less: {
      zh: '合同清单项{detail}（{observedOn}计量）比合同少，少的部分按单价值{amountYuan}元。',
      en: 'Item {detail} (measured {observedOn}): less than the contract, worth {amountYuan} yuan.',
    },
    more: {
      zh: '合同清单项{detail}（{observedOn}计量）比合同多，多的部分按单价值{amountYuan}元。',
      en: 'Item {detail} (measured {observedOn}): more than the contract, worth {amountYuan} yuan.',
    },
  },
  headline: {
    zh: '合同清单项{detail}的单价或工程量偏离',
    en: 'Unit price or quantity of item {detail} off the mark',
  },
  notice: noticeToUnit(
    '合同清单项{detail}的单价或者计量与合同、参考价相差较大，请说明。',
    'The unit price or the measured quantity of item {detail} differs much from the contract or the reference price.',
  ),
  impactAssessment: {
    purpose: '防止高估单价和虚报工程量',
    necessity: '审计多次发现同类问题',
    risk: '参考价过时、做法不同会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
