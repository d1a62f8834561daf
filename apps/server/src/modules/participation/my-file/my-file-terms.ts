import { z } from 'zod';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { numberKind, type PolicyKind } from '#modules/programmes/index.ts';

const codes = { letterDays: 'my-file.letter-days', answerWorkingDays: 'my-file.answer-working-days', confidentialDays: 'my-file.confidential-days' } as const;

export function myFilePolicyKinds(): PolicyKind[] {
  return [
    numberKind(codes.letterDays, { zh: '本人查询信的有效天数', en: 'Days a letter to one’s own file is good for' }, { unit: 'days', min: 1, max: 1000 }),
    numberKind(codes.answerWorkingDays, { zh: '答复本人申请的工作日', en: 'Working days to answer a resident about their file' }, { unit: 'days', min: 1, max: 60 }),
    numberKind(codes.confidentialDays, { zh: '纪检和审计查询最迟公开的天数', en: 'Days after which looks by inspection and audit appear' }, { unit: 'days', min: 1, max: 1000 }),
  ];
}

/** The value in force today in a division. */
export async function termOf(trx: Trx, term: keyof typeof codes, regionCode: string): Promise<number> {
  const policy = await findPolicy(trx, codes[term], regionCode, today(), z.number().int().positive());
  if (!policy) throw new Error(`No value of ${codes[term]} is in force.`);
  return policy.value;
}
