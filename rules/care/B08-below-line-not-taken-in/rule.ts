import { defineRule, noticeOfMissingHelp, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B08',
  version: 1,
  topic: 'care',
  titles: { zh: '收入低于监测线未纳入', en: 'Income below the monitoring line, not taken in' },
  purpose: {
    zh: '查找登记的人均纯收入低于当年监测线、既没有纳入监测也没有享受低保特困的户，提示上门核实。',
    en: 'Looks for households whose recorded income a head lies below the monitoring line of the day and who are neither monitored nor on a subsistence roll, so that somebody visits.',
  },
  legalBasis: [
    { zh: '防止返贫监测数据规则：人均纯收入低于监测线未纳入', en: 'Rule of the monitoring system: income below the line and not taken in' },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2021-06-01',
  datasets: { required: [], optional: ['benefit'] },
  parameters: z.object({
    incomeNotOlderThanYears: wholeNumber({ unit: 'years', zh: '收入最多是几年前的', en: 'How many years old the income may be' }),
  }),
  knownExcuses: [
    { code: 'income-missing', zh: '有收入没有登记', en: 'Income that was not recorded', hint: { zh: '对照收入台账补登记', en: 'Compare the income ledger and add it' } },
    { code: 'one-off-cost', zh: '一次性生产投入拉低收入', en: 'A single outlay lowers the year’s income', hint: { zh: '看经营支出的凭证', en: 'See the papers of the outlay' } },
    { code: 'supported', zh: '有稳定的赡养供养', en: 'Steadily supported by relatives', hint: { zh: '向家人了解赡养情况', en: 'Ask the family who supports them' } },
    { code: 'declined', zh: '农户谢绝纳入', en: 'The household declined', hint: { zh: '看农户签字的说明', en: 'See the signed statement' } },
  ],
  visibility: 'ordinary',
  facts: {
    'below-monitoring-line': {
      zh: '登记信息显示：{detail}年人均纯收入{amountYuan}元，低于监测线，没有纳入监测。',
      en: 'The registry: {amountYuan} yuan a head in {detail}, below the monitoring line; not taken in.',
    },
  },
  headline: { zh: '{detail}年人均纯收入{amountYuan}元，低于监测线', en: '{amountYuan} yuan a head in {detail}, below the monitoring line' },
  notice: noticeOfMissingHelp(
    '登记信息显示您家{detail}年人均纯收入为{amountYuan}元，低于监测线，可能可以得到帮扶。',
    'The registry shows {amountYuan} yuan a head for {detail}, below the monitoring line; help may be possible.',
  ),
  impactAssessment: {
    purpose: '发现应当帮扶而没有纳入的户',
    necessity: '收入下降的户不一定会自己申请',
    risk: '收入登记不全会误报',
    measures: '只用平台已有的收入；先上门了解，命中只是提示，由人核实',
    assessedOn: '2026-11-25',
  },
});
