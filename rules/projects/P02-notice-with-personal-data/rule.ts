import { defineRule, noticeToUnit, yesOrNo } from '@sunlit/rule-kit';
import { z } from 'zod';

const standing = {
  zh: (what: string) => `公示{detail}（{observedOn}起）里有${what}，应当立即撤下。`,
  en: (what: string) => `Notice {detail} (since {observedOn}) holds ${what} and should come down at once.`,
};

export default defineRule({
  code: 'P02',
  version: 1,
  topic: 'projects',
  titles: { zh: '公示泄露个人信息', en: 'Personal data in a public notice' },
  purpose: {
    zh: '再查一遍正在公示的内容：发布前的检查没有拦住的，或者不经检查进来的身份证号、电话、账号和病情。',
    en: 'Searches standing notices again for identity numbers, phones, accounts and illness that the check before publishing let through or never saw.',
  },
  legalBasis: [
    {
      zh: '《个人信息保护法》第十条、第二十八条：不得非法公开他人个人信息，敏感个人信息须有特定目的和充分必要性',
      en: 'Personal Information Protection Law, articles 10 and 28',
    },
    {
      zh: '《政府信息公开条例》第十五条：涉及个人隐私的政府信息不得公开',
      en: 'Regulations on open government information, article 15',
    },
  ],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'notice',
  period: 'none',
  effectiveFrom: '2018-05-01',
  datasets: { required: [] },
  parameters: z.object({
    includeIllness: yesOrNo({
      zh: '病情用语也提示',
      en: 'Words of illness too',
    }),
  }),
  knownExcuses: [
    {
      code: 'office-number',
      zh: '是办公电话或单位账号，不是个人的',
      en: 'A phone of an office or an account of a unit, nobody’s own',
      hint: { zh: '打开公示看那个号码是谁的', en: 'Open the notice and see whose it is' },
    },
    {
      code: 'not-about-a-person',
      zh: '说的是政策，不是某个人的病情',
      en: 'About a policy, not about somebody’s illness',
      hint: { zh: '看这句话有没有指到具体的人', en: 'See whether the sentence points to anybody' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'id-number': { zh: standing.zh('证件号码'), en: standing.en('an identity number') },
    phone: { zh: standing.zh('电话号码'), en: standing.en('a telephone number') },
    account: { zh: standing.zh('银行账号'), en: standing.en('a bank account') },
    illness: { zh: standing.zh('病情用语'), en: standing.en('words of illness') },
  },
  headline: { zh: '公示{detail}里有个人信息', en: 'Notice {detail} holds personal data' },
  notice: noticeToUnit(
    '公示{detail}里有不能公开的个人信息，请立即撤下，更正后重新公示。',
    'Notice {detail} holds personal data that may not be published: take it down at once and publish it again without.',
  ),
  impactAssessment: {
    purpose: '尽早撤下泄露个人信息的公示',
    necessity: '发布前的检查会漏，规则也会更新',
    risk: '办公电话会误报',
    measures: '只记号码的种类和公示编号，不记号码本身；命中只是线索，由人决定撤下。',
    assessedOn: '2026-11-25',
  },
});
