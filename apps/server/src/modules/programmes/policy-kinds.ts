import type { PolicyField, PolicyKindItem } from '@sunlit/api-spec';
import { z } from 'zod';
import { dictionary } from '#platform/configuration/dictionaries.ts';

export interface ShippedPolicy {
  value: unknown;
  validFrom: string;
  basis: string;
}

/** A value that may be set at run time: how a person fills it in, what it may be, and what holds where nobody has set it. */
export interface PolicyKind extends PolicyKindItem {
  schema: z.ZodType;
  shipped?: (on: string) => ShippedPolicy | undefined;
}

/** Bounds that keep slips of the pen out; law and local documents say what is right. */
const usual: Record<PolicyField['unit'], { min: number; max: number } | undefined> = {
  fen: { min: 0, max: 1_000_000_000 },
  years: { min: 0, max: 150 },
  months: { min: 0, max: 600 },
  days: { min: 0, max: 3650 },
  'working-days': { min: 1, max: 60 },
  percent: { min: 0, max: 1000 },
  thousandths: { min: 0, max: 1_000_000 },
  count: { min: 0, max: 10_000 },
  'month-of-year': { min: 1, max: 12 },
  flag: undefined,
  codes: undefined,
  choice: undefined,
  pairs: undefined,
  text: undefined,
};

export function policyField(field: Pick<PolicyField, 'name' | 'label' | 'unit'> & Partial<PolicyField>): PolicyField {
  return { min: usual[field.unit]?.min ?? null, max: usual[field.unit]?.max ?? null, choices: [], ...field };
}

export function choicesOf(code: Parameters<typeof dictionary>[0]): PolicyField['choices'] {
  return dictionary(code).map((entry) => ({ code: entry.code, label: { zh: entry.zh, en: entry.en } }));
}

/** A single whole number within its bounds. */
export function numberKind(code: string, title: PolicyKindItem['title'], field: Pick<PolicyField, 'unit'> & Partial<PolicyField>): PolicyKind {
  const full = policyField({ name: null, label: title, ...field });
  return { code, title, fields: [full], schema: z.number().int().min(full.min!).max(full.max!) };
}

const own = (): PolicyKind[] => {
  const exclusive = { zh: '不能同时享受的待遇', en: 'Benefits that exclude each other' };
  return [
    numberKind('line.subsistence-rural-month', { zh: '农村低保月标准', en: 'Rural subsistence line per month' }, { unit: 'fen' }),
    numberKind('line.monitoring-year', { zh: '防返贫监测年收入范围', en: 'Monitoring line per year' }, { unit: 'fen' }),
    {
      code: 'programmes.exclusive',
      title: exclusive,
      fields: [policyField({ name: null, label: exclusive, unit: 'pairs', choices: choicesOf('programme') })],
      schema: z.array(z.tuple([z.string().max(60), z.string().max(60)]).refine(([first, second]) => first !== second)).max(100),
    },
    numberKind('retention.import-days', { zh: '没有写入的导入文件保存天数', en: 'Days to keep an import file that was not written' }, { unit: 'days', min: 1 }),
    numberKind('retention.held-file-days', { zh: '暂存供数的原文件保存天数', en: 'Days to keep the file of a held delivery' }, { unit: 'days', min: 1 }),
    numberKind('publication.online-objections-per-day', { zh: '一份公示一天内网上异议的上限', en: 'Most objections to a notice from the public site in a day' }, { unit: 'count', min: 1, max: 10_000 }),
    numberKind('publication.small-cell', { zh: '公开数字小于该值不显示', en: 'Published figures below this are hidden' }, { unit: 'count', min: 3, max: 50 }),
    numberKind('retention.import-days', { zh: '没有写入的导入文件保存天数', en: 'Days to keep an import file that was not written' }, { unit: 'days', min: 1 }),
    numberKind('retention.held-file-days', { zh: '暂存供数的原文件保存天数', en: 'Days to keep the file of a held delivery' }, { unit: 'days', min: 1 }),
  ];
};

type PolicyKindSource = () => Promise<PolicyKind[]>;
const sources: PolicyKindSource[] = [];

/** Rules and findings stand above this module: whoever knows them says which of their values a region may set. */
export function registerPolicyKinds(source: PolicyKindSource): void {
  sources.push(source);
}

export async function listPolicyKinds(): Promise<PolicyKind[]> {
  return [...own(), ...(await Promise.all(sources.map((source) => source()))).flat()];
}
