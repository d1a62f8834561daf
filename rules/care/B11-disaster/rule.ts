import { defineRule, noticeOfMissingHelp, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B11',
  version: 1,
  topic: 'care',
  titles: { zh: '受灾未见救助', en: 'Hit by a disaster, no relief known' },
  purpose: {
    zh: '把近期灾情登记的损失按户累计，达到预警线或者房屋倒塌、严重损坏，受灾以后又没有临时救助的，提示上门。',
    en: 'Adds up a household’s recent losses from disasters; at the warning line, or with a house fallen or badly damaged, and without relief since, somebody should visit.',
  },
  legalBasis: [
    { zh: '防止返贫监测预警的部门筛查要求（预警线由各地规定）', en: 'Department screening against falling back into poverty; lines are regional' },
    { zh: '《自然灾害救助条例》', en: 'Regulations on Natural Disaster Relief' },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'orange',
  direction: 'should-receive-but-does-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2021-06-01',
  datasets: { required: ['disaster'], optional: ['benefit'] },
  parameters: z.object({
    recentDays: wholeNumber({ unit: 'days', zh: '看最近多少天的灾情', en: 'How many days back' }),
    lossFen: wholeNumber({ unit: 'fen', zh: '一户损失预警线', en: 'Warning line for a household’s losses' }),
  }),
  knownExcuses: [
    { code: 'insured', zh: '农业保险或商业保险已理赔', en: 'Paid by insurance', hint: { zh: '看理赔单', en: 'See the claim' } },
    { code: 'relief-not-recorded', zh: '已救助，没有登记', en: 'Helped, not recorded', hint: { zh: '看救灾发放表', en: 'See the list of relief handed out' } },
    { code: 'recovered', zh: '已恢复生产生活', en: 'Recovered already', hint: { zh: '上门看恢复情况', en: 'See how they live now' } },
    { code: 'loss-overstated', zh: '损失登记有误', en: 'The loss was recorded wrongly', hint: { zh: '到应急部门核对登记', en: 'Check the record with emergency management' } },
  ],
  visibility: 'ordinary',
  facts: {
    'house-hit': { zh: '{dataset}显示：{observedOn}房屋倒塌或严重损坏，登记损失{amountYuan}元。', en: '{dataset}: the house fell or was badly damaged on {observedOn}; a loss of {amountYuan} yuan on record.' },
    loss: { zh: '{dataset}显示：{observedOn}受灾，登记损失{amountYuan}元。', en: '{dataset}: hit on {observedOn}; a loss of {amountYuan} yuan on record.' },
  },
  headline: { zh: '{firstOn}受灾，登记损失{amountYuan}元，未见救助', en: 'Hit on {firstOn}, {amountYuan} yuan lost, no relief known' },
  notice: noticeOfMissingHelp(
    '灾情登记显示您家{firstOn}受灾，我们想了解现在有什么困难，可能可以申请救助。',
    'A record of {firstOn} says that your household was hit by a disaster. We would like to know what you need; relief may be possible.',
  ),
  impactAssessment: {
    purpose: '发现因灾返贫风险',
    necessity: '受灾的户最需要及时上门',
    risk: '损失估计不准会误报',
    measures: '只取灾种、损失类别、日期和金额；先上门了解，命中只是提示，由人核实',
    assessedOn: '2026-11-25',
  },
});
