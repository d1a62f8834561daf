import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R030',
  version: 1,
  topic: 'procurement',
  titles: { zh: '迟到的投标中标', en: 'A late bid won' },
  purpose: { zh: '查找截止以后才收到却中标的投标。', en: 'Looks for winning bids received after the deadline.' },
  legalBasis: [{ zh: '《招标投标法》及其实施条例', en: 'Tendering Law and its implementing regulations' }],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    fromFen: wholeNumber({ unit: 'fen', zh: '中标价达到多少起提示', en: 'Winning bid from which the rule speaks' }),
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
    late: {
      zh: '招标{detail}（{observedOn}）中标的投标在截止以后才收到，中标价{amountYuan}元。',
      en: 'Tender {detail} ({observedOn}): the winning bid of {amountYuan} yuan came late.',
    },
  },
  headline: { zh: '招标{detail}：迟到的投标中标', en: 'Tender {detail}: a late bid won' },
  notice: noticeToUnit('招标{detail}：迟到的投标中标，请说明。', 'Tender {detail}: a late bid won; please explain.'),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
