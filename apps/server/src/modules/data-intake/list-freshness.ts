import { daysBetween, isWithin, type RegionCode } from '@sunlit/kernel';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { departmentNames } from '#modules/organisation/index.ts';
import { datasetKinds } from './dataset-kinds.ts';
import { listAcceptedUntil } from './delivery-store.ts';

export interface KindFreshness {
  dataset: string;
  title: { zh: string; en: string };
  provider: string;
  asOf: string | null;
  state: 'fresh' | 'stale' | 'never';
}

/**
 * How fresh each kind is for a division: a county lives on what the city's department delivers, so deliveries of the
 * divisions above count. Days and names only, which everybody may know.
 */
export async function listFreshness(regionCode: RegionCode, locale: Locale = 'zh-CN'): Promise<KindFreshness[]> {
  const kinds = await datasetKinds();
  const on = today();
  return inTransaction(systemActor, async (trx) => {
    const names = await departmentNames(trx, locale);
    const newest = new Map<string, string>();
    for (const row of await listAcceptedUntil(trx, on)) {
      if (!isWithin(row.region_code, regionCode) && !isWithin(regionCode, row.region_code)) continue;
      if (row.as_of > (newest.get(row.kind) ?? '')) newest.set(row.kind, row.as_of);
    }
    return [...kinds.values()].map((kind) => {
      const asOf = newest.get(kind.code) ?? null;
      const state = asOf === null ? 'never' : daysBetween(asOf, on) > kind.delivery.freshnessDays ? 'stale' : 'fresh';
      return { dataset: kind.code, title: kind.title, provider: names.get(kind.provider) ?? kind.provider, asOf, state };
    });
  });
}
