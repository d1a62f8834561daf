import type { QualityContext } from '@sunlit/rule-kit';
import { z } from 'zod';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { numberKind, type PolicyKind } from '#modules/programmes/index.ts';

/** Values that checks read, each dated and regional: `quality.<name>`, except lines that belong to the programmes. */
const own = {
  'identified-income-year': { code: 'quality.identified-income-year', title: { zh: '数据质量：识别时人均纯收入偏高的界线', en: 'Data quality: per-capita income that looks too high when identified' }, unit: 'fen' },
  'work-income-month-low': { code: 'quality.work-income-month-low', title: { zh: '数据质量：务工月收入偏低的界线', en: 'Data quality: monthly work income that looks too low' }, unit: 'fen' },
  'work-income-month-high': { code: 'quality.work-income-month-high', title: { zh: '数据质量：务工月收入偏高的界线', en: 'Data quality: monthly work income that looks too high' }, unit: 'fen' },
} as const;
const lines = { 'monitoring-year': 'line.monitoring-year' } as const;



export function qualityPolicyKinds(): PolicyKind[] {
  return Object.values(own).map(({ code, title, unit }) => numberKind(code, title, { unit }));
}

/** What checks may ask on a day for a county; a check whose value nobody has set is passed over by `usable`. */
export async function qualityContext(trx: Trx, countyCode: string, asOf = today()): Promise<{ context: QualityContext; has: (name: string) => boolean }> {
  const values = new Map<string, number>();
  for (const [name, code] of [...Object.entries(own).map(([key, { code }]) => [key, code] as const), ...Object.entries(lines)]) {
    const found = await findPolicy(trx, code, countyCode, asOf, z.number());
    if (found) values.set(name, found.value);
  }
  const value = (name: string): number => {
    const found = values.get(name);
    if (found === undefined) throw new Error(`No value is set for ${name}`);
    return found;
  };
  return { context: { asOf, value }, has: (name) => values.has(name) };
}
