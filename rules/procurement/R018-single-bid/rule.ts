import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R018',
  version: 1,
  topic: 'procurement',
  titles: { zh: '只有一家投标就定标', en: 'Awarded to a single bid' },
  purpose: {
    zh: '查找公开或邀请招标里只有一家投标就定标的情况。',
    en: 'Looks for tenders awarded although only one firm bid.',
  },
  legalBasis: [{ zh: '《招标投标法》及其实施条例', en: 'Tendering Law and its implementing regulations' }],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    leastBids: wholeNumber({ unit: 'count', zh: '至少几家投标', en: 'Least bids' }),
  }),
  knownExcuses: [
    {
      code: 'few-firms',
      zh: '当地能做的单位少',
      en: 'Few firms can do it here',
      hint: { zh: '看招标公告和报名记录', en: 'See the notice and who registered' },
    },
    {
      code: 'emergency',
      zh: '抢险等紧急工程',
      en: 'Urgent works',
      hint: { zh: '看紧急认定文件', en: 'See the paper that says so' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    single: {
      zh: '招标{detail}（{observedOn}）只有一家投标，中标价{amountYuan}元。',
      en: 'Tender {detail} ({observedOn}) had one bid, {amountYuan} yuan.',
    },
  },
  headline: { zh: '招标{detail}：只有一家投标就定标', en: 'Tender {detail}: awarded to a single bid' },
  notice: noticeToUnit(
    '招标{detail}：只有一家投标就定标，请说明。',
    'Tender {detail}: awarded to a single bid; please explain.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
