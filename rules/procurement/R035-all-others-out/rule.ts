import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R035',
  version: 1,
  topic: 'procurement',
  titles: { zh: '其余投标全部被否决', en: 'All others disqualified' },
  purpose: {
    zh: '查找除中标人外所有投标都被否决的招标。',
    en: 'Looks for tenders where everybody but the winner was disqualified.',
  },
  legalBasis: [{ zh: '《招标投标法》及其实施条例', en: 'Tendering Law and its implementing regulations' }],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    leastOut: wholeNumber({ unit: 'count', zh: '至少否决几家', en: 'Least disqualified' }),
  }),
  knownExcuses: [
    {
      code: 'few-firms',
      zh: '当地能做的单位少',
      en: 'Few firms can do it here',
      hint: { zh: '看招标公告和报名记录', en: 'See the notice and who registered' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'all-out': {
      zh: '招标{detail}（{observedOn}）除中标人外全部被否决，中标价{amountYuan}元。',
      en: 'Tender {detail} ({observedOn}): all but the winner were disqualified, {amountYuan} yuan.',
    },
  },
  headline: { zh: '招标{detail}：其余投标全部被否决', en: 'Tender {detail}: all others disqualified' },
  notice: noticeToUnit(
    '招标{detail}：其余投标全部被否决，请说明。',
    'Tender {detail}: all others disqualified; please explain.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
