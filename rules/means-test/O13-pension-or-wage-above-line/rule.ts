import { defineRule, wholeNumber, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O13',
  version: 1,
  topic: 'means-test',
  titles: { zh: '养老金或缴费工资推算收入超线', en: 'Pension or insured wage above the line' },
  purpose: {
    zh: '把家庭成员最近一个月的养老金和单位申报的缴费基数相加，按一年推算人均收入，明显高于监测线时提示。自己参保按最低基数缴费的不算工资。',
    en: 'Adds up the members’ latest monthly pensions and the contribution bases declared by employers, takes them as a year’s income per head, and speaks when that is clearly above the monitoring line. A base chosen by a self-insured person is no wage.',
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
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['social-insurance'] },
  parameters: z.object({
    percentOfLine: wholeNumber({
      unit: 'percent',
      zh: '超过监测线的百分之多少起提示',
      en: 'Percent of the line above which the rule speaks',
    }),
    recentMonths: wholeNumber({
      unit: 'months',
      zh: '只看最近几个月的记录',
      en: 'Only records of the last so many months',
    }),
  }),
  knownExcuses: [
    {
      code: 'rigid-expenses',
      zh: '有大额刚性支出',
      en: 'Large unavoidable expenses',
      hint: { zh: '看医疗、教育、护理支出', en: 'See medical, school and care costs' },
    },
    {
      code: 'job-ended',
      zh: '已离职',
      en: 'The job has ended',
      hint: { zh: '看停缴月份和离职证明', en: 'See the month contributions ended' },
    },
    {
      code: 'base-not-wage',
      zh: '缴费基数高于实际工资',
      en: 'The base is higher than the wage',
      hint: { zh: '看工资条', en: 'See pay slips' },
    },
    {
      code: 'not-living-together',
      zh: '成员已分开生活',
      en: 'The member lives apart',
      hint: { zh: '看户籍和实际居住', en: 'See the register and where he lives' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'monthly-pension': {
      zh: '{dataset}显示：成员{detail}领取养老金{amountYuan}元。',
      en: '{dataset}: a member drew a pension of {amountYuan} yuan in {detail}.',
    },
    'contribution-base': {
      zh: '{dataset}显示：成员{detail}由单位缴费，月缴费基数{amountYuan}元。',
      en: '{dataset}: a member was insured by an employer in {detail} on a monthly base of {amountYuan} yuan.',
    },
  },
  headline: {
    zh: '推算收入高于监测线（月合计{amountYuan}元）',
    en: 'Estimated income above the line ({amountYuan} yuan a month together)',
  },
  notice: noticeToBeHeard(
    '数据比对发现您家有{count}项养老金或工资记录，每月合计{amountYuan}元，推算的人均收入高于监测线。',
    'A comparison of records shows {count} pensions or wages in your household, {amountYuan} yuan a month together; the estimated income per head is above the monitoring line.',
  ),
  impactAssessment: {
    purpose: '核对受助家庭收入',
    necessity: '养老金和工资是主要的可核实收入',
    risk: '推算不等于实际收入，刚性支出未计',
    measures: '只比对在册受助家庭，用假名比对，不保留无关人员数据；命中只是线索，先核实、先听取说明，由人决定。',
    assessedOn: '2026-10-08',
  },
});
