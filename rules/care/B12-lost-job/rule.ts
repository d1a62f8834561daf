import { codeList, defineRule, noticeOfMissingHelp, wholeNumber, yesOrNo } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B12',
  version: 1,
  topic: 'care',
  titles: { zh: '失去工作未再就业', en: 'Lost work, none found since' },
  purpose: {
    zh: '查找脱贫户、监测户中近期非自愿失去工作或务工返乡、参保缴费和工资都没有再出现的劳动力，提示上门了解并帮助就业。',
    en: 'Looks for members of lifted or monitored households who lately lost their work against their will and whom neither contributions nor payrolls show at work again, so that somebody visits and helps to find work.',
  },
  legalBasis: [
    { zh: '防止返贫监测预警的部门筛查要求', en: 'Department screening against falling back into poverty' },
    { zh: '《中华人民共和国就业促进法》', en: 'Employment Promotion Law' },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2021-06-01',
  datasets: { required: ['unemployment'], optional: ['social-insurance', 'fiscal-payroll', 'death'] },
  parameters: z.object({
    reasons: codeList({
      zh: '哪些原因算失去工作',
      en: 'Reasons that count as losing work',
      choices: [
        { code: 'dismissed', zh: '被辞退', en: 'Dismissed' },
        { code: 'contract-ended', zh: '合同期满', en: 'Contract ended' },
        { code: 'firm-closed', zh: '企业关停', en: 'Firm closed' },
        { code: 'returned', zh: '务工返乡', en: 'Returned from work elsewhere' },
        { code: 'resigned', zh: '本人辞职', en: 'Resigned' },
      ],
    }),
    waitDays: wholeNumber({ unit: 'days', zh: '失业后等待几天', en: 'Days to wait after the work ended' }),
    recentDays: wholeNumber({ unit: 'days', zh: '看最近多少天', en: 'How many days back' }),
    fromAge: wholeNumber({ unit: 'years', zh: '从几周岁', en: 'From this age' }),
    toAge: wholeNumber({ unit: 'years', zh: '到几周岁', en: 'Up to this age' }),
    everyHousehold: yesOrNo({ zh: '不是帮扶对象的农户也提示', en: 'Also for households that are not being helped' }),
  }),
  knownExcuses: [
    { code: 'casual-work', zh: '已打零工或务农', en: 'Casual work or farming', hint: { zh: '上门了解现在的收入', en: 'Ask what they earn now' } },
    { code: 'work-elsewhere', zh: '在外地就业，当地没有参保', en: 'Works elsewhere, insured there or not at all', hint: { zh: '看劳动合同或工资流水', en: 'See the contract or the wages received' } },
    { code: 'training', zh: '正在参加培训', en: 'In training', hint: { zh: '看培训登记', en: 'See the enrolment' } },
    { code: 'caring', zh: '在家照料家人', en: 'Cares for family at home', hint: { zh: '了解照料困难，看是否需要帮助', en: 'Ask what the caring needs' } },
  ],
  visibility: 'ordinary',
  facts: {
    'out-of-work': {
      zh: '{dataset}显示：{observedOn}失去工作，之后没有查到参保缴费或工资。',
      en: '{dataset}: work lost on {observedOn}; no contribution or wage is known since.',
    },
  },
  headline: { zh: '{firstOn}失去工作，未见再就业', en: 'Work lost on {firstOn}, none known since' },
  notice: noticeOfMissingHelp(
    '登记信息显示您家有成员{firstOn}失去工作，我们想了解现在有什么困难，可能可以得到就业帮扶。',
    'A record says that a member of your household lost their work on {firstOn}. We would like to know what you need; help with finding work may be possible.',
  ),
  impactAssessment: {
    purpose: '发现因失去工作返贫风险',
    necessity: '务工收入是农户的主要收入',
    risk: '在外地就业会误报',
    measures: '只看日期、原因类别和是否再就业，不取单位；命中只是提示，由人核实',
    assessedOn: '2026-11-25',
  },
});
