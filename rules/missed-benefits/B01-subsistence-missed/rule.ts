import { defineRule, wholeNumber, noticeOfMissingHelp } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B01',
  version: 1,
  topic: 'missed-benefits',
  titles: { zh: '应保未保', en: 'Subsistence allowance missed' },
  purpose: {
    zh: '查找全家都没有劳动能力、人均收入低于低保标准、却不在低保和特困名册上的家庭，请民政主动上门。',
    en: 'Looks for households in which nobody can work, with an income per head below the subsistence line, that are on no subsistence or destitute-support roll, so that civil affairs can visit them.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十一条：最低生活保障的申请、调查与审核',
      en: 'Interim Measures for Social Assistance, art. 11',
    },
    {
      zh: '当地社会救助家庭经济状况核对办法（标准由各地规定，按参数执行）',
      en: 'Local rules on checking the means of assisted households; limits are regional parameters',
    },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['benefit'] },
  parameters: z.object({
    incomeNotOlderThanYears: wholeNumber({
      unit: 'years',
      zh: '收入数据最多早几年',
      en: 'How many years old the income figure may be',
    }),
  }),
  knownExcuses: [
    {
      code: 'property-above-limit',
      zh: '财产超过规定',
      en: 'Property above the limit',
      hint: { zh: '看财产核对报告', en: 'See the means report' },
    },
    {
      code: 'support-from-relatives',
      zh: '有法定赡养抚养人供养',
      en: 'Supported by relatives who must',
      hint: { zh: '看赡养人情况', en: 'See the relatives’ situation' },
    },
    {
      code: 'declined',
      zh: '本人不愿申请',
      en: 'Does not wish to apply',
      hint: { zh: '请本人签字或录音说明', en: 'Have it said in their own words' },
    },
    {
      code: 'in-progress',
      zh: '正在办理',
      en: 'Application under way',
      hint: { zh: '看受理单', en: 'See the receipt' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'income-below-line': {
      zh: '登记信息显示：全家没有劳动力，{detail}年人均收入{amountYuan}元，低于低保标准。',
      en: 'The registry: nobody in the household can work; income per head in {detail} was {amountYuan} yuan, below the subsistence line.',
    },
  },
  headline: {
    zh: '可能应保未保（人均收入{amountYuan}元）',
    en: 'Possibly entitled to subsistence allowance (income {amountYuan} yuan per head)',
  },
  notice: noticeOfMissingHelp(
    '您家可能符合最低生活保障条件，但目前不在名册上（登记的人均收入{amountYuan}元）。',
    'Your household may be entitled to the subsistence allowance but is on no roll (recorded income {amountYuan} yuan per head).',
  ),
  impactAssessment: {
    purpose: '发现应保未保',
    necessity: '部门不共享会漏掉最困难的家庭',
    risk: '上门可能打扰',
    measures: '只列入主动走访清单，不影响现有待遇。',
    assessedOn: '2026-10-08',
  },
});
