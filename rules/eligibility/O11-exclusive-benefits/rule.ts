import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O11',
  version: 1,
  topic: 'eligibility',
  titles: { zh: '重复享受互斥待遇', en: 'Two benefits that exclude each other' },
  purpose: {
    zh: '查找同一个人在同一月份享受当地政策规定不能同时享受的两项待遇，或在两个县享受同一待遇。待遇转换首尾相接、没有重叠月份的不算。',
    en: 'Looks for one person drawing, in the same month, two benefits that local policy does not allow together, or the same benefit in two counties. A change from one to the other without a month in common does not count.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十三条：定期核查获得最低生活保障家庭的人口、收入和财产状况',
      en: 'Interim Measures for Social Assistance, art. 13: regular checks of family, income and property',
    },
    {
      zh: '当地政策规定的互斥待遇清单（按生效日期执行）',
      en: 'The region’s dated list of benefits that exclude each other',
    },
  ],
  severity: 'orange',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['benefit'] },
  parameters: z.object({
    minOverlapMonths: wholeNumber({
      unit: 'months',
      zh: '重叠几个月起提示',
      en: 'Months in common from which the rule speaks',
    }),
    lookBackMonths: wholeNumber({
      unit: 'months',
      zh: '只看最近几个月内的重叠',
      en: 'Only overlaps that reach into the last so many months',
    }),
  }),
  knownExcuses: [
    {
      code: 'changeover',
      zh: '待遇转换衔接',
      en: 'Change from one to the other',
      hint: { zh: '看停发和新批时间', en: 'See when one ended and the other began' },
    },
    {
      code: 'list-not-updated',
      zh: '名册未及时更新',
      en: 'The roll was not updated',
      hint: { zh: '看实际发放', en: 'See what was paid' },
    },
    {
      code: 'policy-allows',
      zh: '政策允许同时享受',
      en: 'Policy allows both',
      hint: { zh: '看文件', en: 'See the policy' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'on-roll': {
      zh: '{dataset}显示：自{observedOn}起在册享受一项待遇（{detail}），月标准{amountYuan}元。',
      en: '{dataset}: on the roll of a benefit ({detail}) since {observedOn}, {amountYuan} yuan a month.',
    },
  },
  headline: { zh: '同月享受互斥待遇（{detail}）', en: 'Benefits that exclude each other in one month ({detail})' },
  notice: noticeToBeHeard(
    '数据比对发现您同时在{count}份待遇名册中，按当地政策这些待遇不能同时享受。',
    'A comparison of records shows you on {count} rolls at the same time; local policy does not allow these benefits together.',
  ),
  impactAssessment: {
    purpose: '核对重复享受',
    necessity: '名册分属不同部门',
    risk: '名册更新滞后会造成误判',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
