import type { DatasetKind } from '@sunlit/api-spec';
import type { CalendarDate } from '@sunlit/kernel';
import type { ColumnMapping } from './map-columns.ts';
import type { QualityReport } from './quality-report.ts';

export interface DeliveryFacts {
  readonly asOf: CalendarDate;
  readonly rows: number;
  readonly matchRate: number;
}

export type HoldReason =
  | { readonly code: 'fewer-rows'; readonly ratio: number }
  | { readonly code: 'more-rows'; readonly ratio: number }
  | { readonly code: 'older-period'; readonly previousAsOf: CalendarDate }
  | { readonly code: 'unusual-columns'; readonly confidence: number }
  | { readonly code: 'match-rate'; readonly previous: number; readonly now: number }
  | { readonly code: 'completeness' | 'validity'; readonly field: string; readonly share: number }
  | { readonly code: 'duplicates'; readonly share: number }
  | { readonly code: 'no-rows' };

export type DeliveryVerdict = { readonly decision: 'accept' } | { readonly decision: 'hold'; readonly reasons: readonly HoldReason[] };

/**
 * Whether a delivery may be taken as it is. A far-off one is held for a person to decide, never swallowed and never
 * thrown away. Rows and match rate are compared with the last accepted delivery, the rest with the kind's thresholds.
 */
export function judgeDelivery(
  delivery: { readonly asOf: CalendarDate; readonly report: QualityReport; readonly mapping: ColumnMapping },
  previous: DeliveryFacts | undefined,
  kind: DatasetKind,
): DeliveryVerdict {
  const { report, mapping } = delivery;
  const { quality } = kind;
  const reasons: HoldReason[] = [];
  if (report.accepted === 0) reasons.push({ code: 'no-rows' });
  if (mapping.confidence < 0.7) reasons.push({ code: 'unusual-columns', confidence: mapping.confidence });
  if (previous && kind.delivery.mode === 'full' && previous.rows > 0) {
    const ratio = report.rows / previous.rows;
    if (ratio <= quality.minRowsRatio) reasons.push({ code: 'fewer-rows', ratio });
    if (quality.minRowsRatio > 0 && ratio > 1 / quality.minRowsRatio) reasons.push({ code: 'more-rows', ratio });
  }
  if (previous && delivery.asOf < previous.asOf) reasons.push({ code: 'older-period', previousAsOf: previous.asOf });
  // Half the usual matches means other people's data, or numbers that lost their digits.
  if (previous && previous.matchRate > 0 && report.matchRate < previous.matchRate / 2) {
    reasons.push({ code: 'match-rate', previous: previous.matchRate, now: report.matchRate });
  }
  for (const { field, completeness, validity } of report.fields) {
    if (!kind.fields.some(({ name, required }) => name === field && required)) continue;
    if (completeness < quality.minCompleteness) reasons.push({ code: 'completeness', field, share: completeness });
    if (validity < quality.minValidity) reasons.push({ code: 'validity', field, share: validity });
  }
  const duplicateShare = report.rows === 0 ? 0 : report.duplicates / report.rows;
  if (duplicateShare > quality.maxDuplicates) reasons.push({ code: 'duplicates', share: duplicateShare });
  return reasons.length === 0 ? { decision: 'accept' } : { decision: 'hold', reasons };
}
