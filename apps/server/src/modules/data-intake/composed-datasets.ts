import type { DatasetKind } from '@sunlit/api-spec';
import { isWithin, type CalendarDate, type Id, type RegionCode } from '@sunlit/kernel';
import { chooseDeliveries, composedTableSql } from '#analytics/dataset-store/compose-deliveries.ts';
import { getDatasetStore } from '#analytics/dataset-store/open-dataset-store.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { datasetKinds } from './dataset-kinds.ts';
import { listAcceptedUntil } from './delivery-store.ts';

/** One delivery that a run uses; the list of them is the run's record of its data. */
export interface ChosenDelivery {
  readonly kind: string;
  readonly deliveryId: Id;
  readonly regionCode: RegionCode;
  readonly version: number;
  readonly asOf: CalendarDate;
  readonly rows: number;
}

/**
 * The accepted deliveries that say how things stood on a day, of every kind the actor may see. `concerning` keeps those
 * that speak about a division: its own, those of divisions below, and those of divisions above that include it. Each
 * division's deliveries are composed by themselves: one county's newest file does not replace another county's.
 */
export async function chooseDatasets(actor: Actor, asOf: CalendarDate, concerning?: RegionCode): Promise<ChosenDelivery[]> {
  const kinds = await datasetKinds();
  const rows = await inTransaction(actor, (trx) => listAcceptedUntil(trx, asOf));
  const deliveries = rows
    .filter((row) => concerning === undefined || isWithin(row.region_code, concerning) || isWithin(concerning, row.region_code))
    .map((row) => ({ kind: row.kind, deliveryId: row.id, regionCode: row.region_code, version: row.version, asOf: row.as_of, rows: row.kept }));
  return [...kinds.values()].flatMap((kind) => {
    const byRegion = Map.groupBy(deliveries.filter((delivery) => delivery.kind === kind.code), ({ regionCode }) => regionCode);
    return [...byRegion.values()].flatMap((own) => chooseDeliveries(kind, own, asOf));
  });
}

export interface OpenDataset {
  readonly kind: DatasetKind;
  /** a query in parentheses, usable wherever a table is */
  readonly relation: string;
  readonly latestAsOf: CalendarDate;
}

/** Opens chosen deliveries, decrypted in a private folder, for as long as `work` lasts. Kinds without one are left out. */
export async function withDatasets<Result>(
  chosen: readonly ChosenDelivery[],
  work: (datasets: readonly OpenDataset[], folder: string) => Promise<Result>,
): Promise<Result> {
  const kinds = await datasetKinds();
  return getDatasetStore().open(chosen, (paths, folder) => {
    const datasets = [...kinds.values()].flatMap((kind) => {
      const own = chosen.flatMap((delivery, index) => (delivery.kind === kind.code ? [{ ...delivery, path: paths[index]! }] : []));
      if (own.length === 0) return [];
      const latestAsOf = own.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), '');
      return [{ kind, relation: `(${composedTableSql(kind, own.map(({ path }) => path))})`, latestAsOf }];
    });
    return work(datasets, folder);
  });
}
