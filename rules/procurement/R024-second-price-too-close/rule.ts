import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R024',
  version: 1,
  topic: 'procurement',
  titles: { zh: '第二低价与中标价过近', en: 'Second price too close to the winning one' },
  purpose: {
    zh: '查找中标价最低、第二家有效报价只高出一点点的招标。',
    en: 'Looks for tenders whose winner was lowest by next to nothing.',
  },
  legalBasis: [
    {
      zh: '《招标投标法》第三十二条：投标人不得相互串通投标报价',
      en: 'Tendering Law, article 32: bidders may not agree on their prices',
    },
    {
      zh: '《招标投标法实施条例》第四十条',
      en: 'Regulations on tendering, article 40',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    withinThousandths: wholeNumber({
      unit: 'thousandths',
      zh: '第二家比中标价高出多少以内起提示',
      en: 'How little the second price may be above the winning one',
    }),
  }),
  knownExcuses: [
    {
      code: 'standard-goods',
      zh: '货物规格统一、市场价透明',
      en: 'Standard goods with a known price',
      hint: { zh: '看采购内容和同期市场价', en: 'See what was bought and its price on the market' },
    },
    {
      code: 'price-list',
      zh: '统一按定额或信息价报价',
      en: 'Priced by the same official list',
      hint: { zh: '看招标文件的计价要求', en: 'See what the tender says about pricing' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    close: {
      zh: '招标{detail}：第二家有效报价{amountYuan}元，与中标价相差极小。',
      en: 'Tender {detail}: the second valid bid was {amountYuan} yuan, hardly above the winner.',
    },
  },
  headline: {
    zh: '招标{detail}的第二低价与中标价过近',
    en: 'The second bid of tender {detail} was hardly above the winner',
  },
  notice: noticeToUnit(
    '招标{detail}的第二低价与中标价相差极小，请说明评标情况。',
    'The second bid of tender {detail} was hardly above the winning one.',
  ),
  impactAssessment: {
    purpose: '发现可能的陪标',
    necessity: '审计多次发现同类问题',
    risk: '标准化货物会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
