import { defineRule, wholeNumber, yesOrNo, noticeOfMissingHelp } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B03',
  version: 1,
  topic: 'care',
  titles: { zh: '适龄儿童少年不在学', en: 'Child of school age on no roll' },
  purpose: {
    zh: '查找按学年开始日计算处于义务教育年龄、却不在任何学校学籍上的孩子。送教上门、特殊教育、休学、已初中毕业的不算。',
    en: 'Looks for children of compulsory-school age on the day the school year began who are on no school’s roll. Home teaching, special schools, approved suspension and finished junior school do not count.',
  },
  legalBasis: [
    { zh: '《中华人民共和国义务教育法》', en: 'Compulsory Education Law' },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'red',
  direction: 'should-receive-but-does-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['school-enrolment'], optional: ['death'] },
  parameters: z.object({
    fromAge: wholeNumber({ unit: 'years', zh: '从几周岁', en: 'From this age' }),
    toAge: wholeNumber({ unit: 'years', zh: '到几周岁', en: 'Up to this age' }),
    schoolYearStartMonth: wholeNumber({
      unit: 'month-of-year',
      zh: '学年从几月开始',
      en: 'Month in which the school year begins',
    }),
    waitMonths: wholeNumber({
      unit: 'months',
      zh: '开学后等待几个月',
      en: 'Months to wait after the school year begins',
    }),
    preschoolBelowAge: wholeNumber({
      unit: 'years',
      zh: '不满此年龄在学前班也算在学',
      en: 'Below this age preschool counts as school',
    }),
    suspensionCountsAsEnrolled: yesOrNo({ zh: '批准休学视为在学', en: 'Approved suspension counts as enrolled' }),
  }),
  knownExcuses: [
    {
      code: 'school-elsewhere',
      zh: '在外地就读',
      en: 'At school elsewhere',
      hint: { zh: '看外地学籍或就读证明', en: 'See the roll or a certificate there' },
    },
    {
      code: 'illness',
      zh: '因病因残不能上学',
      en: 'Cannot attend for illness or disability',
      hint: { zh: '看医院证明，落实送教上门', en: 'See the certificate; arrange home teaching' },
    },
    { code: 'deferred', zh: '已批准缓学', en: 'Deferral approved', hint: { zh: '看批准文件', en: 'See the approval' } },
    {
      code: 'id-mismatch',
      zh: '学籍证件号录入错误',
      en: 'Wrong number on the roll',
      hint: { zh: '到学校核对', en: 'Check at the school' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'not-on-any-roll': {
      zh: '登记信息显示：到{observedOn}已满{detail}周岁，在学籍数据中没有查到。',
      en: 'The registry: aged {detail} on {observedOn}, and on no school roll.',
    },
  },
  headline: { zh: '{detail}周岁，不在任何学籍上', en: 'Aged {detail}, on no school roll' },
  notice: noticeOfMissingHelp(
    '您家有一个适龄孩子（{detail}周岁）没有查到学籍，我们想了解孩子上学有没有困难。',
    'A child of your household (aged {detail}) is on no school roll; we would like to know whether anything makes schooling difficult.',
  ),
  impactAssessment: {
    purpose: '控辍保学',
    necessity: '孩子的受教育权',
    risk: '跨省就读会误报',
    measures: '先由学校和村里关心核实，不作任何处罚依据。',
    assessedOn: '2026-10-08',
  },
});
