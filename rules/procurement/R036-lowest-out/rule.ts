import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R036',
  version: 1,
  topic: 'procurement',
  titles: { zh: '只按价格评标却否决最低价', en: 'Lowest bid disqualified' },
  purpose: {
    zh: '查找只按价格评标、最低报价却被否决的招标。',
    en: 'Looks for tenders judged by price alone whose lowest bid was disqualified.',
  },
  legalBasis: [{ zh: '《招标投标法》及其实施条例', en: 'Tendering Law and its implementing regulations' }],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    gapPercent: wholeNumber({
      unit: 'percent',
      zh: '中标价高出最低价百分之几起提示',
      en: 'Per cent above the lowest bid',
    }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'lowest-out': {
      zh: '招标{detail}（{observedOn}）最低报价被否决，中标价{amountYuan}元。',
      en: 'Tender {detail} ({observedOn}): the lowest bid was disqualified, {amountYuan} yuan won.',
    },
  },
  headline: { zh: '招标{detail}：只按价格评标却否决最低价', en: 'Tender {detail}: lowest bid disqualified' },
  notice: noticeToUnit(
    '招标{detail}：只按价格评标却否决最低价，请说明。',
    'Tender {detail}: lowest bid disqualified; please explain.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
