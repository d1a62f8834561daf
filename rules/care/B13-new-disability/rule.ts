import { defineRule, noticeOfMissingHelp, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B13',
  version: 1,
  topic: 'care',
  titles: { zh: '新近评定残疾', en: 'Newly certified as disabled' },
  purpose: {
    zh: '查找近期第一次评定残疾、还没有享受残疾人补贴的成员，提示上门了解家庭是否因残返贫。换证的不算。',
    en: 'Looks for members lately certified as disabled for the first time who draw no disability allowance yet, so that somebody visits. A renewed certificate does not count.',
  },
  legalBasis: [
    { zh: '防止返贫监测预警的部门筛查要求', en: 'Department screening against falling back into poverty' },
    { zh: '《中华人民共和国残疾人保障法》', en: 'Law on the Protection of Persons with Disabilities' },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2021-06-01',
  datasets: { required: ['disability'], optional: ['benefit', 'payout', 'death'] },
  parameters: z.object({
    recentDays: wholeNumber({ unit: 'days', zh: '看最近多少天的评定', en: 'How many days back' }),
    upToLevel: wholeNumber({ unit: 'count', zh: '几级以内（1 最重）', en: 'Levels up to this (1 is the most severe)' }),
  }),
  knownExcuses: [
    { code: 'renewed', zh: '是换证，不是新评定', en: 'Renewed, not new', hint: { zh: '看原来的残疾人证', en: 'See the old certificate' } },
    { code: 'in-progress', zh: '补贴正在办理', en: 'The allowance is under way', hint: { zh: '看受理单', en: 'See the receipt' } },
    { code: 'cared-for', zh: '家庭照料和收入稳定', en: 'Cared for, with a steady income', hint: { zh: '上门了解', en: 'Visit and ask' } },
  ],
  visibility: 'ordinary',
  facts: {
    'newly-certified': {
      zh: '{dataset}显示：{observedOn}评定为残疾（{detail}级），没有查到残疾人补贴。',
      en: '{dataset}: certified as disabled on {observedOn} (level {detail}); no disability allowance is known.',
    },
  },
  headline: { zh: '{firstOn}新评定残疾（{detail}级）', en: 'Certified as disabled on {firstOn} (level {detail})' },
  notice: noticeOfMissingHelp(
    '您家有成员{firstOn}新办了残疾人证，我们想了解有什么困难，可能可以享受有关补贴和帮扶。',
    'A member of your household received a disability certificate on {firstOn}. We would like to know what you need; allowances and help may be possible.',
  ),
  impactAssessment: {
    purpose: '发现因残返贫风险',
    necessity: '新发生的残疾常使家庭收入骤减、支出骤增',
    risk: '残疾信息敏感',
    measures: '只取等级和有效期；不公开；只用于主动帮扶。',
    assessedOn: '2026-11-25',
  },
});
