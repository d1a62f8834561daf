import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O04',
  version: 1,
  topic: 'means-test',
  titles: { zh: '注册企业或个体户', en: 'Registered in a company' },
  purpose: {
    zh: '查找正在受助家庭成员登记为法定代表人、股东、监事或经营者的存续企业。小店、合作社和村集体的法定代表人不算；在外省有多家企业时提示可能是身份被冒用。',
    en: 'Looks for living companies in which a member of a household being helped is legal representative, shareholder, supervisor or operator. Tiny shops and people who sign for a co-operative or the village collective do not count; several companies in other provinces point to a stolen identity.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十三条：定期核查获得最低生活保障家庭的人口、收入和财产状况',
      en: 'Interim Measures for Social Assistance, art. 13: regular checks of family, income and property',
    },
    {
      zh: '当地社会救助家庭经济状况核对办法（标准由各地规定，按参数执行）',
      en: 'Local rules on checking the means of assisted households; limits are regional parameters',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'yellow',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['company'] },
  parameters: z.object({
    tinyShopCapitalFen: wholeNumber({
      unit: 'fen',
      zh: '个体工商户注册资本不超过此值的不计',
      en: 'Sole traders with capital up to this do not count',
    }),
    stolenIdentityFrom: wholeNumber({
      unit: 'count',
      zh: '外省企业达到几家起提示可能被冒名',
      en: 'Companies in other provinces from which a stolen identity is likely',
    }),
  }),
  knownExcuses: [
    {
      code: 'stolen-identity',
      zh: '身份被冒用注册',
      en: 'Identity stolen to register',
      hint: { zh: '先帮助本人向登记机关申请撤销冒名登记', en: 'First help the person ask the registry to undo it' },
    },
    {
      code: 'tiny-shop',
      zh: '夫妻小店',
      en: 'A tiny family shop',
      hint: { zh: '看实际规模和收入', en: 'See its size and income' },
    },
    {
      code: 'cooperative-representative',
      zh: '代表合作社或集体',
      en: 'Represents a co-operative or the collective',
      hint: { zh: '看章程和分红', en: 'See the articles and dividends' },
    },
    {
      code: 'dormant',
      zh: '未实际经营',
      en: 'Never traded',
      hint: { zh: '看纳税和开票记录', en: 'See tax and invoices' },
    },
    {
      code: 'nominal-holder',
      zh: '代他人持股',
      en: 'Holds for someone else',
      hint: { zh: '看出资凭证', en: 'See who paid in' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'registered-in-company': {
      zh: '{dataset}显示：{observedOn}成立的“{detail}”登记有本人，注册资本{amountYuan}元，状态存续。',
      en: '{dataset}: registered in “{detail}”, founded on {observedOn}, capital {amountYuan} yuan, active.',
    },
    'possibly-stolen-identity': {
      zh: '{dataset}显示：外省多家企业登记有本人，其中“{detail}”{observedOn}成立，注册资本{amountYuan}元。请先核实是否被冒名。',
      en: '{dataset}: registered in several companies in other provinces, among them “{detail}”, founded on {observedOn}, capital {amountYuan} yuan. First check whether the identity was stolen.',
    },
  },
  headline: { zh: '登记在{count}家存续企业中（{detail}）', en: 'Registered in {count} active companies ({detail})' },
  notice: noticeToBeHeard(
    '数据比对发现您登记在{count}家企业中（{detail}）。如果您不知道这些企业，可能是身份被人冒用，我们会帮您向登记机关反映。',
    'A comparison of records shows you registered in {count} companies ({detail}). If you do not know them, someone may have used your identity; we will help you report it.',
  ),
  impactAssessment: {
    purpose: '核对受助家庭经营情况',
    necessity: '企业登记可独立核实',
    risk: '冒名登记会伤害无辜的人',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
