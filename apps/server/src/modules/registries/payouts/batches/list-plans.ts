import type { QueryOf, ResponseOf, listPayoutPlans as endpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listPayoutPlans } from '#modules/registries/funds/index.ts';
import { sumCommitted } from './batch-store.ts';

/** What a batch of a division can be paid from, less what is listed or sent already. */
export async function listPlans(actor: Actor, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  const regionCode = query.regionCode ?? actor.regionCode;
  authorize(actor, 'payout.prepare', { regionCode });
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const items = [];
    for (const plan of await listPayoutPlans(trx, regionCode)) {
      const leftFen = plan.plannedFen - (await sumCommitted(trx, plan.id));
      if (leftFen > 0) items.push({ id: plan.id, title: plan.title, region: name(plan.regionCode), households: plan.households, leftFen });
    }
    return { items };
  });
}
