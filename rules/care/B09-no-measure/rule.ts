import { defineRule, noticeOfMissingHelp, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'B09',
  version: 1,
  topic: 'care',
  titles: { zh: '识别后没有帮扶措施', en: 'No measure after identification' },
  purpose: {
    zh: '查找纳入满规定天数、还没有承诺任何帮扶措施的户，提示有人去落实。',
    en: 'Looks for households taken in for longer than the days set and promised no measure, so that somebody sees to it.',
  },
  legalBasis: [
    {
      zh: '防止返贫监测数据规则：识别满一个月未制定帮扶措施',
      en: 'Rule of the monitoring system: no measure a month after identification',
    },
  ],
  severity: 'blue',
  direction: 'should-receive-but-does-not',
  subjectKind: 'household',
  period: 'none',
  effectiveFrom: '2021-06-01',
  datasets: { required: [] },
  parameters: z.object({
    withinDays: wholeNumber({
      unit: 'days',
      zh: '纳入后多少天内须有措施',
      en: 'Days within which a measure must be promised',
    }),
  }),
  knownExcuses: [
    {
      code: 'not-recorded',
      zh: '已经帮扶，没有登记',
      en: 'Helped, not recorded',
      hint: { zh: '看帮扶记录，补登记', en: 'See what was done and record it' },
    },
    {
      code: 'refused',
      zh: '农户谢绝帮扶',
      en: 'The household declined',
      hint: { zh: '看农户签字的说明', en: 'See the signed statement' },
    },
    {
      code: 'natural',
      zh: '风险已自然消除',
      en: 'The risk is gone by itself',
      hint: { zh: '核实后办理风险消除', en: 'Verify it and end the monitoring' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    'no-measure': {
      zh: '{observedOn}纳入，至今没有登记任何帮扶措施。',
      en: 'Taken in on {observedOn}; no measure on record since.',
    },
  },
  headline: { zh: '{firstOn}纳入后没有帮扶措施', en: 'Taken in on {firstOn}, no measure since' },
  notice: noticeOfMissingHelp(
    '您家已纳入帮扶，但还没有登记帮扶措施。',
    'Your household was taken in for help, but no measure is on record yet.',
  ),
  impactAssessment: {
    purpose: '让纳入的户都得到帮扶',
    necessity: '识别不帮扶等于没有识别',
    risk: '没有及时登记的会提示',
    measures: '只看天数和项数，不看是什么风险；命中只是提示，由人核实',
    assessedOn: '2026-11-25',
  },
});
