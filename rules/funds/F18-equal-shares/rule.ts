import { defineRule, codeList, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F18',
  version: 1,
  topic: 'funds',
  titles: { zh: '应有差别的资金平均分', en: 'Equal shares where they should differ' },
  purpose: {
    zh: '查找要求按劳动、困难程度等区别分配的资金，实际每户一样多。',
    en: 'Looks for money that is to be shared by work or need and that gave every household the same.',
  },
  legalBasis: [
    {
      zh: '《关于加强扶贫项目资产后续管理的指导意见》（国办函〔2021〕51号）：采取差异化分配方式',
      en: 'Guiding opinions on assets of aid projects (2021/51): shares are to differ',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'indicator',
  period: 'none',
  effectiveFrom: '2021-05-01',
  datasets: { required: [] },
  parameters: z.object({
    uses: codeList({
      zh: '哪些用途应有差别',
      en: 'Uses whose shares should differ',
      choices: [
        { code: 'income-distribution', zh: '资产收益分配到户', en: 'Sharing income of assets' },
        { code: 'industry', zh: '产业发展', en: 'Industry and farming' },
        { code: 'employment', zh: '就业帮扶', en: 'Help to find work' },
      ],
    }),
    moreThan: wholeNumber({ unit: 'count', zh: '多于几户起提示', en: 'Households above which the rule speaks' }),
  }),
  knownExcuses: [
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
    },
    {
      code: 'equal-by-right',
      zh: '成员按股份平均享有',
      en: 'Members hold equal shares',
      hint: { zh: '看折股量化方案', en: 'See how shares were made' },
    },
    {
      code: 'same-situation',
      zh: '各户情况相同',
      en: 'All households are alike',
      hint: { zh: '看名单和评定记录', en: 'See the list and the appraisal' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    equal: {
      zh: '截至{observedOn}，{detail}户每户都得{amountYuan}元。',
      en: 'By {observedOn} each of {detail} households got {amountYuan} yuan.',
    },
  },
  headline: {
    zh: '{detail}户每户一样多，都是{amountYuan}元',
    en: '{detail} households got the same, {amountYuan} yuan each',
  },
  notice: noticeToUnit(
    '{detail}户每户都分到{amountYuan}元，请说明分配办法。',
    'Each of {detail} households got {amountYuan} yuan; please explain how shares were set.',
  ),
  impactAssessment: {
    purpose: '让分配向劳动和困难户倾斜',
    necessity: '审计多次发现简单平均分配',
    risk: '按股份平均分会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
