import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'R067',
  version: 1,
  topic: 'procurement',
  titles: { zh: '合同节点逾期未完成', en: 'Milestone of a contract overdue' },
  purpose: {
    zh: '查找履行中的合同，约定的节点过期很久还没有确认完成。',
    en: 'Looks for running contracts with a milestone long past its day that nobody confirmed.',
  },
  legalBasis: [
    {
      zh: '《民法典》第五百零九条：当事人应当按照约定全面履行自己的义务',
      en: 'Civil Code, article 509: duties are performed as agreed',
    },
  ],
  severity: 'yellow',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    afterDays: wholeNumber({ unit: 'days', zh: '过期多少天起提示', en: 'Days after which the rule speaks' }),
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
    {
      code: 'force-majeure',
      zh: '天气、疫病等不可抗力',
      en: 'Weather or another force beyond control',
      hint: { zh: '看停工记录和顺延签证', en: 'See the records of the stop' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    overdue: {
      zh: '合同{detail}约定{observedOn}完成的节点（{amountYuan}元）还没有确认完成。',
      en: 'A milestone of contract {detail} due on {observedOn} ({amountYuan} yuan) is not confirmed.',
    },
  },
  headline: {
    zh: '合同{detail}有{count}个节点逾期未完成',
    en: 'Contract {detail}: {count} milestones overdue',
  },
  notice: noticeToUnit('合同{detail}有节点逾期未完成，请说明。', 'Milestones of contract {detail} are overdue.'),
  impactAssessment: {
    purpose: '早发现工期拖延',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资金的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
