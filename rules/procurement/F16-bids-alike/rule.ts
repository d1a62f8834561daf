import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F16',
  version: 1,
  topic: 'procurement',
  titles: { zh: '围标雷同', en: 'Bids alike' },
  purpose: {
    zh: '查找同一次招标里报价完全相同、来自同一台设备或法定代表人相同的投标。',
    en: 'Looks for bids of one tender that are equal, come from one device or share a representative.',
  },
  legalBasis: [
    {
      zh: '《招标投标法实施条例》第三十九条、第四十条',
      en: 'Implementing regulations of the Tendering Law, articles 39 and 40',
    },
  ],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    least: wholeNumber({ unit: 'count', zh: '几份相同起提示', en: 'Bids alike from which the rule speaks' }),
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
    'same-price': {
      zh: '招标{detail}（{observedOn}）有报价完全相同的投标，报价{amountYuan}元。',
      en: 'Tender {detail} ({observedOn}) has equal bids of {amountYuan} yuan.',
    },
    'same-origin': {
      zh: '招标{detail}（{observedOn}）有来自同一台设备的投标，报价{amountYuan}元。',
      en: 'Tender {detail} ({observedOn}) has bids from one device, {amountYuan} yuan.',
    },
    'same-person': {
      zh: '招标{detail}（{observedOn}）有法定代表人相同的投标，报价{amountYuan}元。',
      en: 'Tender {detail} ({observedOn}) has bids of one representative, {amountYuan} yuan.',
    },
  },
  headline: { zh: '招标{detail}有雷同的投标', en: 'Tender {detail} has bids alike' },
  notice: noticeToUnit('招标{detail}有雷同的投标，请说明。', 'Tender {detail} has bids that are alike.'),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
