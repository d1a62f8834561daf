import { z } from 'zod';
import { dictionary } from '#platform/configuration/dictionaries.ts';
import { numberKind, policyField, type PolicyKind } from '#modules/programmes/index.ts';

export const standardSchema = z.object({ amountFen: z.number().int().min(1).max(100_000_000), perPerson: z.boolean() }).strict();
export const standardCode = (programmeCode: string) => `payout.standard.${programmeCode}`;
export const longestHoldCode = 'payout.hold.longest-days';
export const longestHoldSchema = z.number().int().min(1).max(365);

/** What benefits pay and how long a payment may be held: dated values that a region sets with their basis. */
export function payoutPolicyKinds(): PolicyKind[] {
  return [
    ...dictionary('programme').map(({ code, zh, en }) => ({
      code: standardCode(code),
      title: { zh: `${zh}发放标准`, en: `Standard of: ${en}` },
      fields: [
        policyField({ name: 'amountFen', label: { zh: '每月金额', en: 'Amount a month' }, unit: 'fen', min: 1, max: 100_000_000 }),
        policyField({ name: 'perPerson', label: { zh: '按人计发（否则按户）', en: 'Counted per person (else per household)' }, unit: 'flag' }),
      ],
      schema: standardSchema,
    })),
    numberKind(longestHoldCode, { zh: '缓发最长天数', en: 'Longest time a payment may be held' }, { unit: 'days', min: 1, max: 365 }),
  ];
}
