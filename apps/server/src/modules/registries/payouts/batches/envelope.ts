import { isWithin } from '@sunlit/kernel';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { getPayoutPlan } from '#modules/registries/funds/index.ts';
import { yuan } from '../payee-words.ts';
import { sumCommitted } from './batch-store.ts';

const refused = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Whether the plan has this much left after everything else that is under way. The plan stays locked. */
export async function fitsEnvelope(trx: Trx, planId: string, amountFen: number): Promise<boolean> {
  const plan = await getPayoutPlan(trx, planId, { lock: true });
  return plan.state === 'planned' && amountFen <= plan.plannedFen - (await sumCommitted(trx, planId));
}

/** Neither number nor sum may exceed what the plan has left after everything else that is under way. The plan stays locked. */
export async function requireEnvelope(trx: Trx, planId: string, batch: { regionCode: string; households: number; totalFen: number }): Promise<void> {
  const plan = await getPayoutPlan(trx, planId, { lock: true });
  if (plan.state !== 'planned') throw refused('planId', '这项计划已经取消。');
  if (plan.kind !== 'direct-benefit') throw refused('planId', '这项计划不是到户到人补助，不能据以发放。');
  if (!isWithin(batch.regionCode, plan.regionCode)) throw refused('planId', '这项计划的资金不属于这个区划。');
  if (batch.households > plan.households) throw refused('planId', `计划安排 ${plan.households} 户，清单有 ${batch.households} 户，没有生成批次。`);
  const left = plan.plannedFen - (await sumCommitted(trx, planId));
  if (batch.totalFen > left) throw new AppError('funds-insufficient', `计划还可发放 ${yuan(left)} 元，清单合计 ${yuan(batch.totalFen)} 元，没有生成批次。`);
}
