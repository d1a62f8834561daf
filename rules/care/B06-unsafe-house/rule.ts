import { defineRule, noticeOfMissingHelp, wholeNumber, yesOrNo } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B06',
  version: 1,
  topic: 'care',
  titles: { zh: '住房鉴定为危房仍在居住', en: 'Living in an unsafe house' },
  purpose: {
    zh: '查找最近一次鉴定为C级或D级、仍有人居住的帮扶对象家庭，提示上门落实安全住房。',
    en: 'Looks for assisted households whose house was last graded C or D and is still lived in, so that somebody sees to safe housing.',
  },
  legalBasis: [
    { zh: '防止返贫监测预警的部门筛查要求', en: 'Department screening against falling back into poverty' },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'red',
  direction: 'should-receive-but-does-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2021-06-01',
  datasets: { required: ['house-safety'] },
  parameters: z.object({
    waitDays: wholeNumber({ unit: 'days', zh: '鉴定后等待几天', en: 'Days to wait after the assessment' }),
    everyHousehold: yesOrNo({ zh: '不是帮扶对象的农户也提示', en: 'Also for households that are not being helped' }),
  }),
  knownExcuses: [
    { code: 'lives-elsewhere', zh: '实际住在别处安全住房', en: 'Lives in another, safe house', hint: { zh: '上门看实际居住地', en: 'See where they live' } },
    { code: 'made-safe', zh: '已改造，尚未重新鉴定', en: 'Made safe, not assessed again yet', hint: { zh: '看竣工验收资料', en: 'See the papers of completion' } },
    { code: 'outbuilding', zh: '鉴定的是附属用房', en: 'The assessment was of an outbuilding', hint: { zh: '对照鉴定报告的位置', en: 'Compare the place in the report' } },
  ],
  visibility: 'ordinary',
  facts: {
    'lives-in-unsafe-house': {
      zh: '{dataset}显示：{observedOn}鉴定为{detail}级，仍在居住。',
      en: '{dataset}: graded {detail} on {observedOn} and still lived in.',
    },
  },
  headline: { zh: '{firstOn}鉴定为{detail}级，仍在居住', en: 'Graded {detail} on {firstOn}, still lived in' },
  notice: noticeOfMissingHelp(
    '您家的住房在{firstOn}的鉴定中不够安全，可能可以享受住房安全保障。',
    'Your house was found not safe enough on {firstOn}; help with safe housing may be possible.',
  ),
  impactAssessment: {
    purpose: '发现住危房的家庭',
    necessity: '住房安全是基本保障',
    risk: '鉴定更新不及时会误报',
    measures: '只取等级、日期和是否居住；先上门看实际居住，命中只是提示，由人核实',
    assessedOn: '2026-11-25',
  },
});
