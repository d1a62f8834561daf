import { defineRule, wholeNumber, yesOrNo, noticeOfMissingHelp } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B07',
  version: 1,
  topic: 'missed-benefits',
  titles: { zh: '重度残疾人护理补贴漏发', en: 'Disability care allowance missed' },
  purpose: {
    zh: '查找持有效重度残疾人证、却没有护理补贴记录的在册人员。已享受特困供养的按当地规定不重复。',
    en: 'Looks for registered people with a valid certificate of severe disability for whom no care allowance is known. Those on destitute support do not draw both, as local policy says.',
  },
  legalBasis: [
    {
      zh: '残疾人两项补贴制度（标准和范围由各地规定）',
      en: 'The two disability allowances; scope and amount are regional',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['disability', 'benefit'], optional: ['payout', 'death'] },
  parameters: z.object({
    upToLevel: wholeNumber({
      unit: 'count',
      zh: '几级以内为重度（1 最重）',
      en: 'Levels up to this are severe (1 is the most severe)',
    }),
    waitMonths: wholeNumber({ unit: 'months', zh: '发证后等待几个月', en: 'Months to wait after the certificate' }),
    recentMonths: wholeNumber({
      unit: 'months',
      zh: '最近几个月有发放即视为已享受',
      en: 'A payment in the last so many months counts as receiving',
    }),
    exemptDestitute: yesOrNo({ zh: '特困供养人员不重复享受', en: 'Those on destitute support do not draw both' }),
  }),
  knownExcuses: [
    {
      code: 'other-care-benefit',
      zh: '已享受工伤护理等待遇',
      en: 'Draws another care benefit',
      hint: { zh: '看工伤或离休待遇', en: 'See the other benefit' },
    },
    { code: 'declined', zh: '本人不愿申请', en: 'Declined', hint: { zh: '记录本人意愿', en: 'Note their wish' } },
    { code: 'in-progress', zh: '正在办理', en: 'Under way', hint: { zh: '看受理单', en: 'See the receipt' } },
  ],
  visibility: 'ordinary',
  facts: {
    'severe-without-allowance': {
      zh: '{dataset}显示：持有效残疾人证（{detail}级，{observedOn}发证），没有查到护理补贴。',
      en: '{dataset}: a valid certificate (level {detail}, issued on {observedOn}); no care allowance is known.',
    },
  },
  headline: {
    zh: '重度残疾（{detail}级）未见护理补贴',
    en: 'Severely disabled (level {detail}) without care allowance',
  },
  notice: noticeOfMissingHelp(
    '您家有成员持重度残疾人证，还没有查到护理补贴，可能应当享受。',
    'A member of your household holds a certificate of severe disability without a care allowance on record and may be entitled to it.',
  ),
  impactAssessment: {
    purpose: '发现残疾补贴漏发',
    necessity: '残联与民政数据分属不同部门',
    risk: '残疾信息敏感',
    measures: '只取等级和有效期；不公开；只用于主动帮扶。',
    assessedOn: '2026-10-08',
  },
});
