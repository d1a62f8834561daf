import type { DatasetKind, DeliveryView } from '@sunlit/api-spec';
import type { Locale } from '#platform/http/locale.ts';
import { lightText } from './delivery-messages.ts';
import type { DeliveryReport } from './delivery-store.ts';

type Light = DeliveryView['lights'][number];

/** The five lights of a delivery against the kind's thresholds; `none` where there is nothing to compare. */
export function deliveryLights(kind: DatasetKind, report: DeliveryReport | null, locale: Locale): Light[] {
  const quality = report?.quality ?? null;
  const required = new Set(kind.fields.filter((field) => field.required).map(({ name }) => name));
  const measured = (quality?.fields ?? []).filter(({ field }) => required.has(field));
  const lowest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values));
  const duplicates = quality && quality.rows > 0 ? quality.duplicates / quality.rows : null;
  const change = quality && report?.previous && report.previous.rows > 0 ? quality.rows / report.previous.rows - 1 : null;
  const { minCompleteness, minValidity, maxDuplicates, minRowsRatio } = kind.quality;
  const lights: Omit<Light, 'text'>[] = [
    atLeast('completeness', lowest(measured.map(({ completeness }) => completeness)), minCompleteness),
    atLeast('validity', lowest(measured.map(({ validity }) => validity)), minValidity),
    { code: 'duplicates', value: duplicates, light: duplicates === null ? 'none' : duplicates > maxDuplicates ? 'red' : 'green' },
    matchLight(quality?.matchRate ?? null, report?.previous?.matchRate ?? null),
    { code: 'change', value: change, light: changeLight(change, kind.delivery.mode, minRowsRatio) },
  ];
  return lights.map((light) => ({ ...light, text: lightText(light.code, light.value, locale) }));
}

/** Amber in the lower half of what lies between the threshold and perfection. */
function atLeast(code: 'completeness' | 'validity', value: number | null, minimum: number): Omit<Light, 'text'> {
  if (value === null) return { code, value, light: 'none' };
  return { code, value, light: value < minimum ? 'red' : value < minimum + (1 - minimum) / 2 ? 'amber' : 'green' };
}

function matchLight(now: number | null, previous: number | null): Omit<Light, 'text'> {
  if (now === null || previous === null || previous === 0) return { code: 'match-rate', value: now, light: 'none' };
  return { code: 'match-rate', value: now, light: now < previous / 2 ? 'red' : now < previous * 0.8 ? 'amber' : 'green' };
}

function changeLight(change: number | null, mode: string, minRowsRatio: number): Light['light'] {
  if (change === null || mode !== 'full') return 'none';
  const ratio = change + 1;
  if (ratio < minRowsRatio || ratio > 1 / minRowsRatio) return 'red';
  return Math.abs(change) > 0.2 ? 'amber' : 'green';
}
