import { z } from 'zod';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { numberKind, type PolicyKind } from '#modules/programmes/index.ts';

const showFrom = 'linkage.show-from-percent';

export function linkagePolicyKinds(): PolicyKind[] {
  return [numberKind(showFrom, { zh: '疑似重复：可能性达到多少才列出（%）', en: 'Possible double entries: listed from this probability (%)' }, { unit: 'count', min: 1, max: 99 })];
}

/** Pairs below this are not shown: a division without a value searches nothing. */
export async function leastProbability(trx: Trx, regionCode: string): Promise<number> {
  const found = await findPolicy(trx, showFrom, regionCode, today(), z.number());
  if (!found) throw new Error(`No value is set for ${showFrom}`);
  return found.value / 100;
}
