import { z } from 'zod';
import type { Localised, RegionSummary } from '@sunlit/api-spec';
import { dictionary } from '#platform/configuration/dictionaries.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { standardCode, standardSchema } from '../payout-policy-kinds.ts';

/** A standard as a batch keeps it: value, place, day and basis. */
export const keptStandard = standardSchema.extend({ regionCode: z.string(), validFrom: z.string(), basis: z.string() });
export type KeptStandard = z.output<typeof keptStandard>;

/** The standard in force for a division on a day. */
export async function getStandard(trx: Trx, programmeCode: string, regionCode: string, on: string): Promise<KeptStandard> {
  if (!dictionary('programme').some(({ code }) => code === programmeCode)) throw new AppError('request-invalid', undefined, { fields: [{ path: 'programmeCode', message: '没有这种待遇。' }] });
  const policy = await findPolicy(trx, standardCode(programmeCode), regionCode, on, standardSchema);
  if (!policy) throw new AppError('wrong-state', '这种待遇在这一天还没有发放标准，请先在“政策参数”里设定。');
  return { ...policy.value, regionCode: policy.regionCode, validFrom: policy.validFrom, basis: policy.basis };
}

export function standardView(standard: KeptStandard, name: (code: string) => RegionSummary) {
  const { regionCode, ...rest } = standard;
  return { ...rest, region: name(regionCode) };
}

export function programmeView(code: string): { code: string; title: Localised } {
  const entry = dictionary('programme').find((one) => one.code === code);
  return { code, title: entry ? { zh: entry.zh, en: entry.en } : { zh: code, en: code } };
}
