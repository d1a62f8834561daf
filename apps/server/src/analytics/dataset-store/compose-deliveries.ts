import type { DatasetKind } from '@sunlit/api-spec';
import type { CalendarDate, Id, RegionCode } from '@sunlit/kernel';
import { datasetBaseColumns } from '@sunlit/rule-kit';
import { snapshotTableOf } from '../dataset-kinds/load-dataset-kinds.ts';
import { sqlName, sqlText } from '../duckdb/sql-text.ts';

export interface ComposableDelivery {
  readonly deliveryId: Id;
  /** a county delivers for itself only, so the newest is looked for in each region */
  readonly regionCode: RegionCode;
  readonly asOf: CalendarDate;
}

/**
 * The deliveries that say how things stood on a day: of a full kind each region's newest one up to that day (of two for
 * the same day the one received later, and ids sort by time); of a delta or event kind all up to that day, the oldest first.
 */
export function chooseDeliveries<D extends ComposableDelivery>(kind: DatasetKind, deliveries: readonly D[], asOf: CalendarDate): D[] {
  const until = deliveries
    .filter((delivery) => delivery.asOf <= asOf)
    .sort((a, b) => a.asOf.localeCompare(b.asOf) || a.deliveryId.localeCompare(b.deliveryId));
  if (kind.delivery.mode !== 'full') return until;
  return until.filter((delivery, index) => !until.some((later, place) => place > index && later.regionCode === delivery.regionCode));
}

/**
 * SELECT of a kind's table from the Parquet files of its chosen deliveries, oldest first. Deltas overlap: a row that an
 * earlier delivery holds too counts once, but a row that stands twice in one delivery (a payment made twice) stays two.
 */
export function composedTableSql(kind: DatasetKind, parquetPaths: readonly string[]): string {
  const columns = Object.entries(snapshotTableOf(kind));
  const names = columns.map(([name]) => sqlName(name));
  if (parquetPaths.length === 0) {
    return `SELECT ${columns.map(([name, type]) => `CAST(NULL AS ${type}) AS ${sqlName(name)}`).join(', ')} WHERE false`;
  }
  const read = (path: string, order: number): string => `SELECT ${names.join(', ')}, ${order} AS delivery_order FROM read_parquet(${sqlText(path)})`;
  if (parquetPaths.length === 1) return `SELECT ${names.join(', ')} FROM read_parquet(${sqlText(parquetPaths[0]!)})`;
  const union = parquetPaths.map(read).join(' UNION ALL ');
  const content = columns.map(([name]) => name).filter((name) => !(name in datasetBaseColumns)).map(sqlName).join(', ');
  return `SELECT ${names.join(', ')} FROM (
    SELECT *, row_number() OVER (PARTITION BY ${content}, delivery_order ORDER BY source_row) AS copy FROM (${union}))
    QUALIFY row_number() OVER (PARTITION BY ${content}, copy ORDER BY delivery_order) = 1`;
}
