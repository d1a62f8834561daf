import type { Localised } from '@sunlit/api-spec';
import { formatYuan } from '@sunlit/kernel';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';
import { help, titled, type Procedure } from './definitions.ts';
import type { StepRow } from './procedure-store.ts';

interface Fact {
  label: Localised;
  value: string;
}
type Words = { zh: string; en: string };

const labels: Record<string, Words> = {
  visitedOn: { zh: '入户日期', en: 'Visited on' },
  present: { zh: '在场的家庭成员', en: 'Present' },
  situation: { zh: '家庭情况', en: 'Situation' },
  incomePerCapitaFen: { zh: '人均纯收入（元）', en: 'Income per head (yuan)' },
  selfPaidFen: { zh: '合规自付支出（元）', en: 'Self-paid expense (yuan)' },
  risks: { zh: '风险', en: 'Risks' },
  classCode: { zh: '类别', en: 'Class' },
  food: { zh: '吃穿', en: 'Food and clothing' },
  education: { zh: '义务教育', en: 'Compulsory schooling' },
  medical: { zh: '基本医疗', en: 'Medical care' },
  housing: { zh: '住房安全', en: 'Safe housing' },
  water: { zh: '饮水安全', en: 'Safe water' },
  opinion: { zh: '意见', en: 'Opinion' },
  signedOn: { zh: '签字日期', en: 'Signed on' },
  signedBy: { zh: '签字人', en: 'Signed by' },
  conclusion: { zh: '比对结论', en: 'Conclusion' },
  obstacle: { zh: '有无影响认定的情况', en: 'Stands in the way' },
  heldOn: { zh: '评议日期', en: 'Held on' },
  chair: { zh: '主持人', en: 'Chair' },
  eligible: { zh: '应到人数', en: 'Entitled' },
  attendees: { zh: '到会与回避', en: 'Present, stood aside' },
  votesFor: { zh: '赞成', en: 'For' },
  votesAgainst: { zh: '反对', en: 'Against' },
  abstained: { zh: '弃权', en: 'Abstained' },
  minutes: { zh: '记录', en: 'Minutes' },
  signatures: { zh: '签字', en: 'Signatures' },
  confirmations: { zh: '确认', en: 'Confirmed' },
  contact: { zh: '意见反映', en: 'Whom to tell' },
  approve: { zh: '结论', en: 'Conclusion' },
  from: { zh: '起始日', en: 'From' },
};
const words: Record<string, Words> = {
  ok: { zh: '有保障', en: 'safe' },
  problem: { zh: '有问题', en: 'a problem' },
  'not-checked': { zh: '没有查看', en: 'not looked at' },
  suggested: { zh: '建议纳入（或消除）', en: 'suggested' },
  'not-suggested': { zh: '不建议', en: 'not suggested' },
  self: { zh: '本人', en: 'themselves' },
  guardian: { zh: '监护人', en: 'guardian' },
  proxy: { zh: '代签', en: 'proxy' },
};
const approval: Record<string, Words> = { true: { zh: '同意', en: 'approved' }, false: { zh: '不同意', en: 'not approved' } };
const presence: Record<string, Words> = { true: { zh: '有', en: 'yes' }, false: { zh: '无', en: 'no' } };

/** What a step's form said, in words; names of villagers who voted are counted, not listed. */
export function stepFacts(step: StepRow, procedure: Procedure, en: boolean): Fact[] {
  if (step.form_enc === null) return [];
  const form = JSON.parse(decryptValue('case-form', step.form_enc)) as Record<string, unknown>;
  return Object.entries(labels).flatMap(([name, label]) => {
    const value = form[name];
    if (value === undefined || value === null || value === '') return [];
    const said = inWords(name, value, procedure, en);
    return said === '' ? [] : [{ label, value: said }];
  });
}

function inWords(name: string, value: unknown, procedure: Procedure, en: boolean): string {
  const say = (one: Words | undefined, plain: string) => (one ? (en ? one.en : one.zh) : plain);
  const comma = en ? ', ' : '、';
  const title = (list: readonly ({ code: string } & Words)[], code: string) => {
    const found = titled(list, code).title;
    return en ? found.en : found.zh;
  };
  if (name === 'approve') return say(approval[String(value)], '');
  if (name === 'obstacle') return say(presence[String(value)], '');
  if (name === 'classCode') return title(procedure.definition.classes, String(value));
  if (name === 'risks') return (value as string[]).map((code) => title(help().risks, code)).join(comma);
  if (name === 'confirmations') return (value as string[]).map((code) => title(procedure.definition.confirmations, code)).join(comma);
  if (name === 'signatures') return (value as { code: string; signedOn: string }[]).map((one) => `${title(procedure.definition.signatures, one.code)} ${one.signedOn}`).join(comma);
  if (name === 'attendees') {
    const all = value as { votes: boolean; relation: string }[];
    const aside = all.filter((one) => one.relation !== 'none').length;
    return en ? `${all.length} present, ${aside} stood aside` : `到会 ${all.length} 人，回避 ${aside} 人`;
  }
  if (name.endsWith('Fen')) return formatYuan(Number(value));
  return say(words[String(value)], withoutPersonalData(String(value)));
}
