import { formatCount, formatShare, useLocalised } from '@sunlit/ui';
import { useT } from '../../messages.ts';
import type { Cockpit } from './cockpit-page.tsx';

type Indicator = Cockpit['indicators'][number];

/** One of the six precisions: one defined figure how it moved, and its definition in plain sight. */
export function IndicatorTile({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const local = useLocalised();
  const show = (value: number | null) =>
    value === null
      ? t('cockpit.indicator.none')
      : indicator.unit === '%'
        ? formatShare(value)
        : `${formatCount(value)} ${indicator.unit}`;
  return (
    <li>
      <span>{local(indicator.title)}</span>
      <strong style={{ fontSize: indicator.value === null ? 15 : 22 }}>{show(indicator.value)}</strong>
      <Trend
        points={indicator.trend}
        label={`${local(indicator.title)}: ${t('cockpit.trend')} ${indicator.trend.map((point) => `${point.month} ${show(point.value)}`).join(', ')}`}
      />
      <p className="soft">{local(indicator.definition)}</p>
    </li>
  );
}

/** Bars from zero, one per month; a month without data leaves its place empty. */
function Trend({ points, label }: { points: Indicator['trend']; label: string }) {
  const highest = Math.max(0, ...points.map((point) => point.value ?? 0));
  if (points.length < 2 || highest === 0) return null;
  return (
    <svg
      viewBox={`0 0 ${points.length * 10} 24`}
      width="100%"
      height="24"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {points.map((point, index) => {
        const height = ((point.value ?? 0) / highest) * 22;
        return <rect key={point.month} x={index * 10 + 1} y={24 - height} width="8" height={height} fill="#e8a317" />;
      })}
    </svg>
  );
}
