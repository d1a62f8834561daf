import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'F13',
  version: 2,
  topic: 'procurement',
  titles: { zh: '项目给了关联企业', en: 'Contract with a connected firm' },
  purpose: {
    zh: '查找中标或签约企业的法定代表人、股东，是当地在任村干部本人或同户家人的合同。只比对假名，不看姓名。',
    en: 'Looks for contracts whose firm is represented or owned by a village cadre in office nearby, or by somebody of the same household. Compared by pseudonym, never by name.',
  },
  legalBasis: [
    {
      zh: '《招标投标法》第三十二条、《村民委员会组织法》第三十条',
      en: 'Tendering Law, article 32; Organic Law of Villagers’ Committees, article 30',
    },
    {
      zh: '《农村基层干部廉洁履行职责若干规定》',
      en: 'Rules on honest conduct of rural cadres',
    },
  ],
  severity: 'red',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: ['village-cadre'], optional: ['company'] },
  parameters: z.object({
    sameDigits: wholeNumber({
      unit: 'count',
      zh: '区划代码前几位相同算当地（6县、9乡镇、12村）',
      en: 'Leading digits of the division that count as nearby (6 county, 9 town, 12 village)',
    }),
    afterLeavingMonths: wholeNumber({
      unit: 'months',
      zh: '离任几个月内仍算',
      en: 'Months after leaving office that still count',
    }),
  }),
  knownExcuses: [
    {
      code: 'declared',
      zh: '已申报回避，由他人决定',
      en: 'Declared, and decided by others',
      hint: { zh: '看回避记录和会议记录', en: 'See the declaration and the minutes' },
    },
    {
      code: 'collective-firm',
      zh: '村集体企业，按章程由村干部任法定代表人',
      en: 'A firm of the village, represented by its cadre under its charter',
      hint: { zh: '看企业章程和股权', en: 'See the charter and who owns it' },
    },
    {
      code: 'different-person',
      zh: '重名或证件录入错误',
      en: 'Another person, or a wrong number',
      hint: { zh: '核对证件号码', en: 'Compare the ID number' },
    },
  ],
  visibility: 'discipline-first',
  facts: {
    cadre: {
      zh: '合同{detail}（{observedOn}，{amountYuan}元）的签约企业由当地在任村干部代表或持股。',
      en: 'The firm of contract {detail} ({observedOn}, {amountYuan} yuan) is represented or owned by a village cadre nearby.',
    },
    relative: {
      zh: '合同{detail}（{observedOn}，{amountYuan}元）的签约企业由当地在任村干部的同户家人代表或持股。',
      en: 'The firm of contract {detail} ({observedOn}, {amountYuan} yuan) is represented or owned by somebody of a cadre’s household.',
    },
  },
  headline: {
    zh: '合同{detail}（{amountYuan}元）的企业与当地村干部有关联',
    en: 'The firm of contract {detail} ({amountYuan} yuan) is connected with a village cadre',
  },
  notice: noticeToUnit(
    '合同{detail}的签约企业与当地村干部有关联，请说明有关人员是否回避。',
    'The firm of contract {detail} is connected with a village cadre; please say whether those concerned stood aside.',
  ),
  impactAssessment: {
    purpose: '防止项目资金流向关联企业',
    necessity: '巡察、审计多次发现同类问题',
    risk: '泄露会影响名誉；集体企业会误报',
    measures: '用假名比对，只看签了合同的企业；先由纪检监察机关掌握；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
