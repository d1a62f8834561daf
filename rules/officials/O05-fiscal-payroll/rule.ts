import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O05',
  version: 1,
  topic: 'officials',
  titles: { zh: '财政供养人员在册受助', en: 'On the public payroll and on a list of those helped' },
  purpose: {
    zh: '查找登记在受助家庭里、同时由财政发工资或退休金的人。公益性岗位和编外临时人员不算。',
    en: 'Looks for people registered in a household being helped who are paid, or draw a pension, from the public budget. Public-welfare posts and temporary staff do not count.',
  },
  legalBasis: [
    {
      zh: '《社会救助暂行办法》第十三条：定期核查获得最低生活保障家庭的人口、收入和财产状况',
      en: 'Interim Measures for Social Assistance, art. 13: regular checks of family, income and property',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'red',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['fiscal-payroll'] },
  parameters: z.object({
    recentMonths: wholeNumber({
      unit: 'months',
      zh: '只看最近几个月的工资',
      en: 'Only pay of the last so many months',
    }),
  }),
  knownExcuses: [
    {
      code: 'public-welfare-post',
      zh: '实为公益性岗位',
      en: 'Really a public-welfare post',
      hint: { zh: '看聘用合同', en: 'See the contract' },
    },
    { code: 'left-service', zh: '已离职', en: 'Has left', hint: { zh: '看离职手续', en: 'See the leaving papers' } },
    {
      code: 'different-person',
      zh: '重名或证件录入错误',
      en: 'Another person, or a wrong number',
      hint: { zh: '核对证件号码', en: 'Compare the ID number' },
    },
    {
      code: 'not-family-member',
      zh: '不应登记在该户',
      en: 'Does not belong to this household',
      hint: { zh: '看户籍关系', en: 'See the household register' },
    },
  ],
  visibility: 'discipline-first',
  facts: {
    'on-payroll': {
      zh: '{dataset}显示：本人{detail}由财政发放工资{amountYuan}元。',
      en: '{dataset}: paid {amountYuan} yuan from the public budget in {detail}.',
    },
    'retired-official': {
      zh: '{dataset}显示：本人{detail}领取财政退休待遇{amountYuan}元。',
      en: '{dataset}: drew a public retirement pay of {amountYuan} yuan in {detail}.',
    },
  },
  headline: { zh: '财政供养人员在册受助（{detail}）', en: 'On the public payroll while helped ({detail})' },
  notice: noticeToBeHeard(
    '数据比对发现您有财政供养记录（{detail}），同时登记在受助家庭中。',
    'A comparison of records shows you on the public payroll ({detail}) while registered in a household being helped.',
  ),
  impactAssessment: {
    purpose: '核对受助家庭中的财政供养人员',
    necessity: '涉公职人员，须独立核实',
    risk: '泄露会影响名誉',
    measures: '先由纪检监察机关掌握，有关人员及其亲属不可见；发布前不通知；由人决定。',
    assessedOn: '2026-10-08',
  },
});
