import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R003',
  version: 1,
  topic: 'procurement',
  titles: { zh: '投标时间太短', en: 'Submission period too short' },
  purpose: {
    zh: '查找公开招标里从公告到截止少于法定天数的招标。',
    en: 'Looks for open tenders with fewer days to bid than the law asks.',
  },
  legalBasis: [{ zh: '《招标投标法》及其实施条例', en: 'Tendering Law and its implementing regulations' }],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    leastDays: wholeNumber({ unit: 'days', zh: '至少几天', en: 'Least days' }),
  }),
  knownExcuses: [
    {
      code: 'emergency',
      zh: '抢险等紧急工程',
      en: 'Urgent works',
      hint: { zh: '看紧急认定文件', en: 'See the paper that says so' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    short: {
      zh: '招标{detail}：{observedOn}公告，投标时间少于规定。',
      en: 'Tender {detail}: published on {observedOn}, too few days to bid.',
    },
  },
  headline: { zh: '招标{detail}：投标时间太短', en: 'Tender {detail}: submission period too short' },
  notice: noticeToUnit(
    '招标{detail}：投标时间太短，请说明。',
    'Tender {detail}: submission period too short; please explain.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
