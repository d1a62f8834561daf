import { defineRule, yesOrNo, noticeToBeHeard } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'O06',
  version: 1,
  topic: 'officials',
  titles: { zh: '村干部本人在册受助', en: 'Village cadre on a list of those helped' },
  purpose: {
    zh: '查找在任村干部、网格员本人登记在受助家庭里的情况。已备案不等于有问题，也不等于没有问题，都需要核实。',
    en: 'Looks for village cadres and grid workers in office who are themselves registered in a household being helped. A filing is neither guilt nor innocence; both are checked.',
  },
  legalBasis: [
    { zh: '《中华人民共和国村民委员会组织法》', en: 'Organic Law of Villagers’ Committees' },
    {
      zh: '基层干部及近亲属享受待遇备案规定（地方）',
      en: 'Local rules on filing benefits of grass-roots cadres and their relatives',
    },
    { zh: '《政务数据共享条例》：依法共享用于履行职责的政务数据', en: 'Regulations on the Sharing of Government Data' },
  ],
  severity: 'red',
  direction: 'receives-but-should-not',
  subjectKind: 'person',
  period: 'none',
  effectiveFrom: '2017-06-01',
  datasets: { required: ['village-cadre'] },
  parameters: z.object({
    includeGridWorkers: yesOrNo({ zh: '是否包括网格员', en: 'Whether grid workers are included' }),
  }),
  knownExcuses: [
    {
      code: 'entitled-and-filed',
      zh: '符合条件且已备案公示',
      en: 'Entitled, filed and published',
      hint: { zh: '看备案表、评议和公示记录', en: 'See the filing, the meeting and the notice' },
    },
    { code: 'left-office', zh: '已离任', en: 'Has left office', hint: { zh: '看离任文件', en: 'See the papers' } },
    {
      code: 'different-person',
      zh: '重名或证件录入错误',
      en: 'Another person, or a wrong number',
      hint: { zh: '核对证件号码', en: 'Compare the ID number' },
    },
  ],
  visibility: 'discipline-first',
  facts: {
    'cadre-without-filing': {
      zh: '{dataset}显示：本人自{observedOn}起任职，没有享受待遇的备案记录。',
      en: '{dataset}: in office since {observedOn}; no filing about benefits.',
    },
    'cadre-with-filing': {
      zh: '{dataset}显示：本人自{observedOn}起任职，已有备案记录。',
      en: '{dataset}: in office since {observedOn}; a filing exists.',
    },
  },
  headline: {
    zh: '村干部本人在册受助（{firstOn}起任职）',
    en: 'Village cadre helped as a household member (in office since {firstOn})',
  },
  notice: noticeToBeHeard(
    '数据比对发现您自{firstOn}起担任村干部，同时登记在受助家庭中。',
    'A comparison of records shows you in village office since {firstOn} while registered in a household being helped.',
  ),
  impactAssessment: {
    purpose: '核对村干部本人享受待遇',
    necessity: '防止优亲厚友',
    risk: '泄露会影响名誉',
    measures: '先由纪检监察机关掌握，有关人员及其亲属不可见；发布前不通知；由人决定。',
    assessedOn: '2026-10-08',
  },
});
