import { defineRule, codeList, wholeNumber, noticeOfMissingHelp } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B02',
  version: 1,
  topic: 'missed-benefits',
  titles: { zh: '应享未享教育资助', en: 'Education aid missed' },
  purpose: {
    zh: '查找在册家庭里正在读书、但本学年没有任何教育资助记录的学生。',
    en: 'Looks for students of registered households for whom no education aid is known in the current school year.',
  },
  legalBasis: [
    {
      zh: '家庭经济困难学生资助政策（按学段，由各地规定）',
      en: 'Policies on aid for students from poor families, by stage and region',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'person',
  period: 'year',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['school-enrolment', 'benefit', 'payout'] },
  parameters: z.object({
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
    aidStages: codeList({
      zh: '有资助的学段',
      en: 'Stages for which aid exists',
      choices: [
        { code: 'preschool', zh: '学前教育', en: 'Preschool' },
        { code: 'primary', zh: '小学', en: 'Primary school' },
        { code: 'junior', zh: '初中', en: 'Junior secondary' },
        { code: 'senior', zh: '高中', en: 'Senior secondary' },
        { code: 'vocational', zh: '中等职业教育', en: 'Vocational secondary' },
        { code: 'college', zh: '高等教育', en: 'Higher education' },
        { code: 'special', zh: '特殊教育', en: 'Special education' },
      ],
    }),
  }),
  knownExcuses: [
    {
      code: 'aided-by-school',
      zh: '学校已资助未报送',
      en: 'Aided by the school, not reported',
      hint: { zh: '看学校资助名单', en: 'See the school’s list' },
    },
    { code: 'declined', zh: '本人放弃', en: 'Declined', hint: { zh: '看放弃声明', en: 'See the declaration' } },
    { code: 'in-progress', zh: '正在办理', en: 'Under way', hint: { zh: '看申请进度', en: 'See the application' } },
  ],
  visibility: 'ordinary',
  facts: {
    'student-without-aid': {
      zh: '{dataset}显示：本人在读（{detail}），本学年没有查到教育资助记录。',
      en: '{dataset}: enrolled ({detail}); no education aid is known for this school year.',
    },
  },
  headline: {
    zh: '在读学生本学年未见教育资助（{detail}）',
    en: 'Student without education aid this school year ({detail})',
  },
  notice: noticeOfMissingHelp(
    '您家有学生在读，本学年还没有查到教育资助记录，可能应当享受。',
    'A student of your household has no education aid on record this school year and may be entitled to it.',
  ),
  impactAssessment: {
    purpose: '发现应享未享教育资助',
    necessity: '教育与帮扶数据分属不同部门',
    risk: '学生信息敏感',
    measures: '只比对是否在读和是否受助，不取成绩等信息。',
    assessedOn: '2026-10-08',
  },
});
