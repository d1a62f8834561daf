import type { DatasetKindItem } from '@sunlit/api-spec';
import { daysBetween } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { departmentNames } from '#modules/organisation/index.ts';
import { datasetKinds } from './dataset-kinds.ts';
import { findLastAccepted, type DeliveryRow } from './delivery-store.ts';

/** The catalogue of kinds with how fresh each is; a provider sees its own kinds only. */
export async function listDatasetKinds(actor: Actor, locale: Locale): Promise<{ items: DatasetKindItem[] }> {
  authorize(actor, 'dataset.read');
  const kinds = [...(await datasetKinds()).values()].filter(({ provider }) => actor.provider === null || actor.provider === provider);
  return inTransaction(actor, async (trx) => {
    const names = await departmentNames(trx, locale);
    const items: DatasetKindItem[] = [];
    for (const kind of kinds) {
      const last = await findLastAccepted(trx, kind.code);
      items.push({
        code: kind.code,
        title: kind.title,
        providerCode: kind.provider,
        providerName: names.get(kind.provider) ?? kind.provider,
        sensitivity: kind.sensitivity,
        legalBasis: inWords(kind.legalBasis, locale),
        purpose: inWords(kind.purpose, locale),
        authorisationRequired: kind.matching.authorisationRequired,
        mode: kind.delivery.mode,
        rhythm: kind.delivery.rhythm,
        freshnessDays: kind.delivery.freshnessDays,
        fields: kind.fields.map(({ name, type, required, titles }) => ({ name, type, required, titles })),
        lastDelivery: last ? { id: last.id, asOf: last.as_of, receivedAt: last.received_at.toISOString(), rows: last.rows } : null,
        freshness: freshnessOf(last, kind.delivery.freshnessDays),
      });
    }
    return { items };
  });
}

function freshnessOf(last: DeliveryRow | undefined, freshnessDays: number): DatasetKindItem['freshness'] {
  if (!last) return 'never';
  return daysBetween(last.as_of, today()) > freshnessDays ? 'stale' : 'fresh';
}
