import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F14',
  version: 1,
  topic: 'procurement',
  titles: { zh: '发票作废后仍付款或连号', en: 'Voided or consecutive invoices' },
  purpose: {
    zh: '查找已经付款的作废发票，以及同一供应商在不同合同里连号的发票。',
    en: 'Looks for paid invoices that were voided, and invoices in a row of one vendor for different contracts.',
  },
  legalBasis: [{ zh: '《发票管理办法》', en: 'Rules on invoices' }],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    inRow: wholeNumber({ unit: 'count', zh: '连号几张起提示', en: 'Invoices in a row' }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
    {
      code: 'agreed-otherwise',
      zh: '合同或会议另有约定',
      en: 'Agreed otherwise',
      hint: { zh: '看合同条款和会议记录', en: 'See the contract and the minutes' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'void-paid': {
      zh: '发票{detail}于{observedOn}作废，已经付款{amountYuan}元。',
      en: 'Invoice {detail} was voided on {observedOn} and {amountYuan} yuan were paid.',
    },
    'in-row': {
      zh: '发票{detail}（{observedOn}，{amountYuan}元）与同一供应商别的合同的发票连号。',
      en: 'Invoice {detail} ({observedOn}, {amountYuan} yuan) is in a row with those of other contracts.',
    },
  },
  headline: { zh: '发票疑点，涉及{amountYuan}元', en: 'Doubtful invoices, {amountYuan} yuan' },
  notice: noticeToUnit(
    '发票有作废后付款或连号的情况，涉及{amountYuan}元，请说明。',
    'Invoices of {amountYuan} yuan were voided or stand in a row.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
